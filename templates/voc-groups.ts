import type { Block, Template } from '../src/chat/card.ts'
import type { Estimate } from '../src/reports/interval.ts'
import type { Period } from '../src/reports/period.ts'
import type { Metric, MetricName } from '../src/reports/voice-metric.ts'
import { type Text, text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { type MoneyView, number, roundMoney } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { dataAge } from './times.ts'
import { estimateCell, METRIC, periodWords, rangesNote, TOPIC_NAME } from './voc-words.ts'

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
  /** What it speaks of more than the others. */
  readonly terms: readonly Text[]
}

export interface VocGroupsCardData extends Paging {
  readonly by: 'site' | 'product' | 'region' | 'segment'
  readonly period: Period
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
}
const SHOWN: readonly MetricName[] = ['negative', 'nps', 'csat', 'rating', 'churn']

/** Stores, products, regions or segments side by side: voices, who left, what was sold, what each speaks of. */
export const vocGroupsCard: Template<VocGroupsCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const by = BY[data.by]
  const title = t(`客户之声（按${by.zh}）`, `Voice of the customer, by ${by.en.toLowerCase()}`)
  const count = t(`共 ${data.total} 行`, `${data.total} rows`) + pageOf(data, view)
  const figures: Block = {
    kind: 'table',
    columns: [
      by[locale],
      t('声音', 'Voices'),
      ...SHOWN.map((name) => METRIC[name][locale]),
      t('销售额', 'Sales'),
    ],
    rows: data.rows.slice(0, VOC_GROUPS).map((row) => ({
      cells: [
        shown(row.name[locale], LIMITS.cell),
        number(row.voices, locale),
        ...SHOWN.map((name) => {
          const { metric, estimate, of } = row.figures.find((each) => each.metric.name === name)!
          return estimateCell(metric.unit, estimate, of, locale)
        }),
        row.salesMinor === null ? '—' : roundMoney(row.salesMinor, data.money.currency, locale),
      ],
    })),
  }
  const speaking = data.rows.filter(({ terms }) => terms.length > 0).slice(0, VOC_GROUPS)
  const terms: Block[] =
    speaking.length === 0
      ? []
      : [
          {
            kind: 'fields',
            fields: speaking.map(({ name, terms: own }) => ({
              label: t(
                `${shown(name.zh, LIMITS.cell)} 的特征话题`,
                `${shown(name.en, LIMITS.cell)} speaks more of`,
              ),
              value: own.map((term) => shown(term[locale], TOPIC_NAME)).join(t('、', ', ')),
            })),
          },
        ]
  const nothing: Block = {
    kind: 'text',
    text: t(`这段时间没有带${by.zh}的记录。`, `No record of this time names a ${by.en.toLowerCase()}.`),
  }
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${count} · ${periodWords(data.period, view)}`,
    blocks: [
      ...(data.rows.length === 0 ? [nothing] : [figures, ...terms]),
      rangesNote(data.enough, view),
      {
        kind: 'note',
        text:
          t(
            '特征话题：与其余相比提得明显更多（对数几率，已对少见的话题打折扣）。',
            'What one speaks more of: topics and tags named clearly more often than by the others (log-odds, rare ones discounted). ',
          ) + dataAge(data.dataAgeHours, view),
      },
    ],
    buttons: pageButtons(data, 'voc', data.by, view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}
