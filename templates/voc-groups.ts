import type { Block, Chart, Template, View } from '../src/chat/card.ts'
import type { Estimate } from '../src/reports/interval.ts'
import type { OutsideEvent } from '../src/reports/outside-event.ts'
import type { Period } from '../src/reports/period.ts'
import type { Metric, MetricFigure, MetricName } from '../src/reports/voice-metric.ts'
import { type Text, text } from '../src/text.ts'
import { eventNo, outsideBlocks } from './calendar.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { type MoneyView, number, roundMoney } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { dataAge } from './times.ts'
import {
  estimateCell,
  METRIC,
  periodWords,
  rangesNote,
  rankChart,
  TOPIC_NAME,
  valueWords,
} from './voc-words.ts'

/** Groups a page can hold. */
export const VOC_GROUPS = 10

export interface VocGroup {
  readonly name: Text
  readonly voices: number
  readonly figures: readonly {
    readonly metric: Metric
    readonly estimate: Estimate | null
    readonly of: number
  }[]
  /** Null: nothing was sold. */
  readonly salesMinor: number | null
  /** Topics it names and words it uses more than the others do. */
  readonly terms: readonly Text[]
  readonly words: readonly string[]
}

export interface VocGroupsCardData extends Paging {
  readonly by: 'site' | 'product' | 'region' | 'segment' | 'stage'
  /** As typed, without the page. */
  readonly asked: string
  readonly period: Period
  /** What happened in that time, by its first day, and what of it is left out. */
  readonly outside: readonly OutsideEvent[]
  readonly excluded: readonly OutsideEvent[]
  /** Everybody together, with the targets. */
  readonly all: {
    readonly voices: number
    readonly figures: readonly MetricFigure[]
    readonly salesMinor: number | null
  }
  /** Those with most voices first. */
  readonly rows: readonly VocGroup[]
  readonly total: number
  /** Fewer than this make no figure. */
  readonly enough: number
  readonly money: MoneyView
  readonly dataAgeHours: number
}

const BY: Readonly<Record<VocGroupsCardData['by'], Text>> = {
  site: text('门店', 'Store'),
  product: text('产品', 'Product'),
  region: text('区域', 'Region'),
  segment: text('客群', 'Segment'),
  stage: text('旅程阶段', 'Journey stage'),
}
const SHOWN: readonly MetricName[] = ['negative', 'nps', 'csat', 'rating', 'churn']

/** Stores, products, regions or segments side by side: voices, who left, what was sold, what each speaks of. */
export const vocGroupsCard: Template<VocGroupsCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const by = BY[data.by]
  const title = t(`客户之声（按${by.zh}）`, `Voice of the customer, by ${by.en.toLowerCase()}`)
  const count = t(`共 ${data.total} 行`, `${data.total} rows`) + pageOf(data, view)
  const figures = figureTable(data, view)
  const speaking = data.rows
    .filter(({ terms, words }) => terms.length + words.length > 0)
    .slice(0, VOC_GROUPS)
  const terms: Block[] =
    speaking.length === 0
      ? []
      : [
          {
            kind: 'fields',
            fields: speaking.map((row) => ({
              label: t(
                zh`${shown(row.name.zh, LIMITS.cell)}的特征`,
                `${shown(row.name.en, LIMITS.cell)} speaks more of`,
              ),
              value: ownWords(row, view),
            })),
          },
        ]
  const chart = negativeChart(data, view)
  const nothing: Block = {
    kind: 'text',
    text: t(`这段时间没有带${by.zh}的记录。`, `No record of this time names a ${by.en.toLowerCase()}.`),
  }
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${count} · ${periodWords(data.period, view)}`,
    blocks: [
      ...(data.rows.length === 0 ? [nothing] : [figures, ...(chart === null ? [] : [chart]), ...terms]),
      ...outsideBlocks(data.outside, view),
      ...excludedBlocks(data, view),
      rangesNote(data.enough, view),
      {
        kind: 'note',
        text:
          t(
            '特征：与其余相比提得明显更多的话题和用词（对数几率，已对少见的打折扣；用词看最近 1 万条）。',
            'Of its own: topics and words it names clearly more often than the others do (log-odds, rare ones discounted; words of the newest 10,000 voices). ',
          ) + dataAge(data.dataAgeHours, view),
      },
    ],
    buttons: pageButtons(data, 'voc', shown(data.asked, 80), view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

/** Each group, then everybody and the targets to hold it against. */
function figureTable({ by, rows, all, money }: VocGroupsCardData, { locale }: View): Block {
  const t = speaker(locale)
  const sales = (minor: number | null) => (minor === null ? '—' : roundMoney(minor, money.currency, locale))
  const cellsOf = (
    name: string,
    { voices, figures, salesMinor }: Pick<VocGroup, 'voices' | 'figures' | 'salesMinor'>,
  ) => [
    name,
    number(voices, locale),
    ...SHOWN.map((wanted) => {
      const { metric, estimate, of } = figures.find((each) => each.metric.name === wanted)!
      return estimateCell(metric.unit, estimate, of, locale)
    }),
    sales(salesMinor),
  ]
  const targets = SHOWN.map((wanted) => {
    const { metric, target } = all.figures.find((each) => each.metric.name === wanted)!
    return valueWords(metric.unit, target, locale)
  })
  return {
    kind: 'table',
    columns: [
      BY[by][locale],
      t('反馈数', 'Voices'),
      ...SHOWN.map((name) => METRIC[name][locale]),
      t('销售额', 'Sales'),
    ],
    rows: [
      ...rows
        .slice(0, VOC_GROUPS)
        .map((row) => ({ cells: cellsOf(shown(row.name[locale], LIMITS.cell), row) })),
      { cells: cellsOf(t('全部', 'All'), all) },
      { cells: [t('目标', 'Target'), '—', ...targets, '—'] },
    ],
  }
}

/** "服务 · 等待；用词：排队、空调" / "Service · Waiting; words: queue, heating". */
function ownWords({ terms, words }: VocGroup, { locale }: View): string {
  const t = speaker(locale)
  const comma = t('、', ', ')
  const topics = terms.map((term) => shown(term[locale], TOPIC_NAME)).join(comma)
  if (words.length === 0) return topics
  const own = words.map((word) => shown(word, 20)).join(comma)
  return [topics, t(`用词：${own}`, `words: ${own}`)].filter(Boolean).join(t('；', '; '))
}

/** How much of what is said is negative, the worst first. */
function negativeChart({ rows }: VocGroupsCardData, { locale }: View): Chart | null {
  const known = rows.slice(0, VOC_GROUPS).flatMap(({ name, figures }) => {
    const estimate = figures.find(({ metric }) => metric.name === 'negative')?.estimate ?? null
    if (estimate === null) return []
    const { value } = estimate
    return [{ name: name[locale], value, shown: valueWords('share', value, locale) }]
  })
  const worst = [...known].sort((a, b) => b.value - a.value)
  return rankChart(METRIC.negative[locale], worst)
}

/** What is left out, and what is not. */
function excludedBlocks({ excluded }: VocGroupsCardData, { locale }: View): Block[] {
  if (excluded.length === 0) return []
  const t = speaker(locale)
  const named = excluded
    .slice(-8)
    .map(({ no }) => eventNo(no))
    .join(t('、', ', '))
  return [
    {
      kind: 'note',
      text: t(
        zh`反馈和销售额已排除${named} 的日子；流失按整段时间算。`,
        `Voices and sales leave out the days of ${named}; churn is over the whole time.`,
      ),
    },
  ]
}
