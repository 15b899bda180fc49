import type { Block, Template, View } from '../src/chat/card.ts'
import type { Beside, Followed } from '../src/reports/followed.ts'
import type { Change, Estimate } from '../src/reports/interval.ts'
import type { OutsideEvent } from '../src/reports/outside-event.ts'
import type { Period } from '../src/reports/period.ts'
import type { TopicCount } from '../src/reports/theme-effect.ts'
import type { TopicAlerts, TopicQuote } from '../src/reports/voice-rows.ts'
import type { Locale, Text } from '../src/text.ts'
import { outsideBlocks } from './calendar.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { number } from './numbers.ts'
import { alertBlocks } from './theme-alerts.ts'
import { dataAge } from './times.ts'
import {
  changeWords,
  estimateCell,
  type MonthValue,
  monthChart,
  moreOrLess,
  periodWords,
  quoteBlock,
  rangesNote,
} from './voc-words.ts'

/** Stores a card can hold. */
export const TOPIC_SITES = 8

export interface TopicPart {
  readonly id: string
  readonly name: Text
  readonly about: number
  readonly negative: number
  readonly bad: Estimate | null
}

export interface VocTopicCardData {
  readonly id: string
  readonly name: Text
  readonly period: Period
  readonly now: TopicCount
  /** Of all voices, those about it. */
  readonly share: Estimate | null
  readonly shareChange: Change | null
  /** Of those about it, the negative ones. */
  readonly bad: Estimate | null
  readonly badChange: Change | null
  readonly parts: readonly TopicPart[]
  readonly sites: readonly (TopicCount & {
    readonly name: string
    readonly share: Estimate | null
    readonly bad: Estimate | null
  })[]
  readonly quotes: readonly TopicQuote[]
  readonly followed: Followed
  /** The alerts among what followed. */
  readonly alerts: TopicAlerts
  /** Days after the words that are looked at, and of inactivity after which somebody counts as gone. */
  readonly followedDays: number
  readonly inactiveDays: number
  /** Complaints of it among all voices, by month. */
  readonly months: readonly MonthValue[]
  /** What happened in that time and in those months, by its first day. */
  readonly outside: readonly OutsideEvent[]
  /** Being mended; null: nobody is at it. */
  readonly theme: {
    readonly no: number
    readonly ownerName: Text | null
    readonly department: string | null
  } | null
  /** Fewer than this make no figure. */
  readonly enough: number
  readonly dataAgeHours: number
}

const SHARE = { unit: 'share', better: 'down' } as const

/** One topic: how often and how badly it is spoken of, where, in which words, and what followed. */
export const vocTopicCard: Template<VocTopicCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const { about, negative } = data.now
  const title = t(`话题：${shown(data.name.zh, 60)}`, `Topic: ${shown(data.name.en, 60)}`)
  const count = t(`${about} 条提到，${negative} 条差评`, `${about} voices, ${negative} negative`)
  const chart = monthChart(
    t('每月差评占全部反馈的比例', 'Complaints of it among all voices, by month'),
    'share',
    data.months,
    view,
  )
  const head: Block[] = [
    about === 0
      ? { kind: 'text', text: t('这段时间没有人提到。', 'Nobody spoke of it in this time.') }
      : { kind: 'fields', fields: fields(data, view) },
    ...(chart === null ? [] : [chart]),
    ...outsideBlocks(data.outside, view),
    ...partBlocks(data, view),
  ]
  const tail: Block[] = [
    { kind: 'text', text: followedWords(data, view) },
    { kind: 'note', text: followedNote(data, view) },
    ...alertBlocks(data.alerts, data.followedDays, view),
    themeBlock(data, view),
    rangesNote(data.enough, view, dataAge(data.dataAgeHours, view)),
  ]
  const quotes = data.quotes.slice(0, LIMITS.blocks - head.length - tail.length)
  return withinLimits({
    accent: data.badChange?.clear && data.badChange.by > 0 ? 'P2' : 'neutral',
    title,
    subtitle: `${count} · ${periodWords(data.period, view)}`,
    blocks: [...head, ...quotes.map((quote) => quoteBlock(quote, null, view)), ...tail],
    buttons: [],
    fallback: `${title}${t('，', ': ')}${count}`,
  })
}

function fields(data: VocTopicCardData, { locale }: View) {
  const t = speaker(locale)
  const { read, about } = data.now
  return [
    { label: t('占全部反馈', 'Of all voices'), value: estimateCell('share', data.share, read, locale) },
    { label: t('提及比上期', 'Mentions against before'), value: moreOrLess(data.shareChange, locale) },
    { label: t('差评率', 'Negative'), value: estimateCell('share', data.bad, about, locale) },
    {
      label: t('差评率比上期', 'Negative against before'),
      value: changeWords(SHARE, data.badChange, locale),
    },
  ]
}

function partBlocks({ parts, sites }: VocTopicCardData, { locale }: View): Block[] {
  const t = speaker(locale)
  const table = (first: string, rows: readonly (readonly string[])[]): Block => ({
    kind: 'table',
    columns: [first, ...t('提到|差评|差评率', 'Voices|Negative|Share negative').split('|')],
    rows: rows.map((cells) => ({ cells })),
  })
  const cells = (name: string, each: { about: number; negative: number; bad: Estimate | null }) => [
    shown(name, LIMITS.name),
    number(each.about, locale),
    number(each.negative, locale),
    estimateCell('share', each.bad, each.about, locale),
  ]
  return [
    ...(parts.length === 0
      ? []
      : [
          table(
            t('细分', 'Part'),
            parts.slice(0, 10).map((part) => cells(part.name[locale], part)),
          ),
        ]),
    ...(sites.length === 0
      ? []
      : [
          table(
            t('门店', 'Store'),
            sites.map((site) => cells(site.name, site)),
          ),
        ]),
  ]
}

function followedWords({ followed, followedDays }: VocTopicCardData, view: View): string {
  const t = speaker(view.locale)
  return [
    t(
      `抱怨之后的 ${followedDays} 天里，与说过话但没抱怨这一点的客户相比（近两年）：`,
      `Within ${followedDays} days of a complaint, beside customers who never complained of it (two years):`,
    ),
    `${t('收到预警：', 'Alerted: ')}${besideWords(followed.alerted, view)}`,
    `${t('离开：', 'Left: ')}${besideWords(followed.left, view)}`,
  ].join('\n')
}

/** It goes with the topic; that it came from it nobody can say from this. */
function followedNote({ inactiveDays }: VocTopicCardData, { locale }: View): string {
  return speaker(locale)(
    `是否离开要再过 ${inactiveDays} 天才能确定，太近的不计入；预警从系统第一次评分之后算起。同时发生，不等于由它引起。`,
    `Whether somebody left is known ${inactiveDays} days later; later words are not counted. Alerts are counted from the first scoring on. What goes with a topic need not come from it.`,
  )
}

function besideWords({ voiced, others, difference }: Beside, { locale }: View): string {
  const t = speaker(locale)
  const side = ({ count, of, estimate }: Beside['voiced']) =>
    estimate === null
      ? t(`数据还不够（${count}/${of}）`, `not enough data yet (${count} of ${of})`)
      : t(
          `${estimateCell('share', estimate, of, locale)}，${count}/${of} 人`,
          `${estimateCell('share', estimate, of, locale)}, ${number(count, locale)} of ${number(of, locale)}`,
        )
  const both = t(
    zh`抱怨过的${side(voiced)}；没抱怨的${side(others)}`,
    `${side(voiced)}; others ${side(others)}`,
  )
  return difference === null ? both : both + differenceWords(difference, locale)
}

function differenceWords({ by, clear }: Change, locale: Locale): string {
  const t = speaker(locale)
  const points = number(Math.abs(by) * 100, locale)
  if (!clear) return t('；差别不明显', '; the difference is not clear')
  return by > 0
    ? t(`；高 ${points} 个百分点`, `; higher by ${points} pts`)
    : t(`；低 ${points} 个百分点`, `; lower by ${points} pts`)
}

function themeBlock({ id, theme }: VocTopicCardData, { locale }: View): Block {
  const t = speaker(locale)
  if (theme === null) {
    return {
      kind: 'note',
      text: t(
        `还没有人负责改进。交给同事：theme add ${id} 部门 负责人 2026-12-01`,
        `Nobody is mending it. To hand it over: theme add ${id} DEPARTMENT OWNER 2026-12-01`,
      ),
    }
  }
  const who = [
    theme.ownerName === null ? null : personName(theme.ownerName, locale),
    theme.department === null ? null : shown(theme.department, LIMITS.name),
  ].filter(Boolean)
  return {
    kind: 'note',
    text: t(
      `正在改进：T-${theme.no}（${who.join('，')}）`,
      `Being mended: T-${theme.no} (${who.join(', ')})`,
    ),
  }
}
