import type { AlertState } from '../src/alerts/alert.ts'
import type { Button, Template, View } from '../src/chat/card.ts'
import type { FeedFinding } from '../src/features/feed-health.ts'
import { type Assessment, isAlertTier, knownLtv, type Ltv } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { briefReason } from './brief.ts'
import { percent } from './forecast.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerName, personName } from './names.ts'
import { type MoneyView, roundMoney } from './numbers.ts'
import { pageButtons, pageOf } from './pages.ts'
import { feedNote } from './standing.ts'
import { dataAge, duration } from './times.ts'
import { alertNo, customerNo, STATE, TIER } from './words.ts'

/** Rows a page can hold and still be a card; more are cut off, so page by this. */
export const TOP_PAGE = 20

/** Places gained since the night before, negative: lost; `new`: was not on the list; null: there was no night before. */
export type Moved = number | 'new' | null

export interface TopRow {
  readonly rank: number
  readonly moved: Moved
  /** Their card waits because their CSM's day is full. */
  readonly deferred: boolean
  /** Scored and not contacted, and whoever reads it may know. */
  readonly held?: boolean
  readonly customer: CustomerFacts
  readonly assessment: Assessment
  /** The customer's open case; null when there is none (deferred, or not an alert tier). */
  readonly alert: {
    readonly no: number
    readonly state: AlertState
    readonly ownerName: Text | null
    readonly openedAt: Date
  } | null
}

export interface TopCardData {
  /** What was asked, as typed: "top 20 store 虹桥店". */
  readonly asked: string
  readonly rows: readonly TopRow[]
  /** No customer is known at all. */
  readonly isEmpty?: boolean
  /** Customers the list was taken from, over all pages. */
  readonly total: number
  /** Of those asked for, how many are new since the night before; null: there was no night before. */
  readonly newcomers: number | null
  /** Counts from 1. */
  readonly page: number
  readonly pages: number
  readonly money: MoneyView
  readonly dataAgeHours: number
  /** Feeds that look broken; absent: none. */
  readonly feeds?: readonly FeedFinding[]
  readonly maskNames: boolean
  /** Whoever reads it may ask those who have the cases how they stand. */
  readonly mayAsk?: boolean
}

/** Customers by priority, a row each. */
export const topCard: Template<TopCardData> = (data, view) => {
  const t = speaker(view.locale)
  const asked = shown(data.asked, 60)
  const title = t('风险客户排行', 'Customers at risk')
  if (data.rows.length === 0) {
    const text = data.isEmpty
      ? t(
          '还没有任何客户。请接入数据源，或把数据发到 /ingest；下次拉取并评分之后，这里就有名单。',
          'No customers are known yet. Connect a source or post to /ingest: the list fills with the next pull and scoring.',
        )
      : data.total === 0
        ? t(
            '目前没有需要留意的客户，下次评分后再看。',
            'Nobody needs attention right now. Ask again after the next scoring.',
          )
        : t(`这一页没有客户，一共 ${data.total} 位。`, `Nobody on this page; there are ${data.total} in all.`)
    return withinLimits({
      accent: 'neutral',
      title,
      subtitle: asked,
      blocks: [
        { kind: 'text', text },
        ...(data.isEmpty ? [] : [{ kind: 'note' as const, text: dataNote(data, view) }]),
      ],
      buttons: [],
      fallback: `${title}${t('：', ': ')}${text}`,
    })
  }
  const count = t(`共 ${data.total} 位`, `${data.total} in all`) + newcomers(data, view) + pageOf(data, view)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${asked} · ${count}`,
    blocks: [
      {
        kind: 'table',
        columns: columns(data, view),
        rows: data.rows.slice(0, TOP_PAGE).map((row) => ({
          cells: cells(row, data, view),
          ...(isAlertTier(row.assessment.tier) ? { tier: row.assessment.tier } : {}),
          command: `show ${customerNo(row.customer.no)}`,
        })),
      },
      { kind: 'note', text: dataNote(data, view) },
    ],
    table: shown(data.asked, LIMITS.title),
    buttons: [...askButton(data, view), ...pageButtons(data, 'top', query(data.asked), view)],
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

/** How old the data is, and which of it does not come in. */
function dataNote({ dataAgeHours, feeds = [] }: TopCardData, view: View): string {
  const broken = feedNote(feeds, null, view)
  const parts = [dataAge(dataAgeHours, view), ...(broken === null ? [] : [broken])]
  return parts.join(speaker(view.locale)('', ' '))
}

function askButton({ rows, mayAsk = false }: TopCardData, { locale }: View): Button[] {
  if (!mayAsk || !rows.some(({ alert }) => alert?.ownerName != null)) return []
  return [{ command: 'ask', label: speaker(locale)('问负责人', 'Ask the owner'), style: 'plain', args: '' }]
}

function newcomers({ newcomers: fresh }: TopCardData, { locale }: View): string {
  if (fresh === null || fresh === 0) return ''
  return speaker(locale)(`，新上榜 ${fresh} 位`, `, ${fresh} new since last night`)
}

/** "3 ▲2", "4 ▼1", "5 新": the place, and how it changed since the night before. */
function place({ rank, moved }: TopRow, { locale }: View): string {
  if (moved === null || moved === 0) return String(rank)
  if (moved === 'new') return `${rank} ${speaker(locale)('新', 'new')}`
  return `${rank} ${moved > 0 ? '▲' : '▼'}${Math.abs(moved)}`
}

function columns({ rows }: TopCardData, { locale }: View): string[] {
  const days = daysAhead(rows)
  const t = speaker(locale)
  const [place, tier, ...others] = t(
    '#|等级|客户|终身价值|原因|负责人|单号',
    '#|Tier|Customer|Lifetime value|Why|Owner|Case',
  ).split('|')
  const chance = days === null ? [] : [t(zh`${days} 天内流失概率`, `Chance in ${days} days`)]
  return [place!, tier!, ...chance, ...others]
}

/** As far ahead as the model in use looks; null: rules judged alone, whose score is no probability. */
function daysAhead(rows: readonly TopRow[]): number | null {
  return rows.find(({ assessment }) => assessment.forecast !== undefined)?.assessment.forecast?.days ?? null
}

function cells(row: TopRow, data: TopCardData, view: View): string[] {
  const { customer, assessment, alert } = row
  const { locale } = view
  const { money, maskNames } = data
  const name = shown(customerName(customer, maskNames, locale), 18)
  const tier = isAlertTier(assessment.tier) ? assessment.tier : TIER[assessment.tier][locale]
  return [
    place(row, view),
    tier,
    ...(daysAhead(data.rows) === null ? [] : [chanceCell(assessment)]),
    `${customerNo(customer.no)} ${name}`,
    ltvCell(knownLtv(customer, assessment), money.currency, view),
    briefReason(assessment, { view, money, maskNames, name: customer.name }),
    ownerCell(row, view),
    alert === null ? '—' : alertNo(alert.no),
  ]
}

function chanceCell({ forecast }: Assessment): string {
  return forecast === undefined ? '—' : percent(forecast.probability)
}

function ltvCell(ltv: Ltv | null, currency: string, { locale }: View): string {
  if (ltv === null) return '—'
  const mark = ltv.estimated ? speaker(locale)('（估）', ' est.') : ''
  return `${roundMoney(ltv.minor, currency, locale)}${mark}`
}

/** Who has it and how far they are, or for how long nobody has. */
function ownerCell({ alert, deferred, held = false }: TopRow, view: View): string {
  const t = speaker(view.locale)
  if (alert === null && held) return t('留作对照', 'Held out')
  if (alert === null) return deferred ? t('延后', 'Deferred') : t('未预警', 'No case')
  if (alert.ownerName !== null) {
    const state = alert.state === 'claimed' ? '' : ` · ${STATE[alert.state][view.locale]}`
    return `${shown(personName(alert.ownerName, view.locale), 14)}${state}`
  }
  if (alert.state !== 'open') return STATE[alert.state][view.locale]
  const waited = +view.now - +alert.openedAt
  if (waited < 60_000) return STATE.open[view.locale]
  const waiting = duration(waited, view.locale)
  return t(`${waiting}无人认领`, `Unclaimed for ${waiting}`)
}

/** The asked words without the command and the page, to ask for another page with. */
export function query(asked: string): string {
  return shown(asked, LIMITS.title)
    .replace(/^\S+\s*/, '')
    .replace(/\s*\bpage \d+$/, '')
}
