import type { Block, Template, View } from '../src/chat/card.ts'
import type { OutsideEvent } from '../src/reports/outside-event.ts'
import type { Period } from '../src/reports/period.ts'
import type { RankedTopic } from '../src/reports/topic-rank.ts'
import type { Metric, MetricFigure } from '../src/reports/voice-metric.ts'
import type { TopicQuote } from '../src/reports/voice-rows.ts'
import { type Text, text } from '../src/text.ts'
import { outsideBlocks } from './calendar.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { counted, type MoneyView, number, roundMoney } from './numbers.ts'
import { dataAge } from './times.ts'
import {
  changeWords,
  estimateCell,
  METRIC,
  type MonthValue,
  monthChart,
  moreOrLess,
  periodWords,
  quoteBlock,
  rangesNote,
  TELLS,
  TOPIC_NAME,
  valueWords,
} from './voc-words.ts'

/** Topics a card can hold. */
export const VOC_TOPICS = 8

export interface VocCardData {
  readonly period: Period
  /** That time as typed, for the same of it from another side; empty: the usual one. */
  readonly asked: string
  readonly figures: readonly MetricFigure[]
  readonly voices: number
  /** Without words, or not read yet. */
  readonly unread: number
  /** Those that hurt most, first. */
  readonly topics: readonly (RankedTopic & { readonly name: Text })[]
  readonly allTopics: number
  readonly quotes: readonly (TopicQuote & { readonly name: Text })[]
  /** Some of the metrics in the last twelve months. */
  readonly trends: readonly { readonly metric: Metric; readonly months: readonly MonthValue[] }[]
  /** What happened in that time and in those months, by its first day. */
  readonly outside: readonly OutsideEvent[]
  /** Fewer than this make no figure. */
  readonly enough: number
  readonly money: MoneyView
  readonly dataAgeHours: number
}

/** How customers speak: every metric beside its target and the time before, and the topics that hurt most. */
export const vocCard: Template<VocCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('客户之声', 'Voice of the customer')
  const count = t(`${number(data.voices, locale)} 条反馈`, counted(data.voices, 'voice'))
  const charts = data.trends.flatMap(({ metric: { name, unit }, months }) => {
    const called = METRIC[name]
    return monthChart(t(`每月${called.zh}`, `${called.en} by month`), unit, months, view) ?? []
  })
  const missed = data.figures.filter(({ standing }) => standing === 'missed')
  const head: Block[] = [
    metricTable(data.figures, view),
    ...charts,
    ...outsideBlocks(data.outside, view),
    ...topicBlocks(data, view),
  ]
  const quotes = data.quotes.slice(0, Math.max(0, LIMITS.blocks - head.length - 2))
  const blocks: Block[] = [
    ...head,
    ...quotes.map((quote) => quoteBlock(quote, quote.name[locale], view)),
    rangesNote(data.enough, view),
    { kind: 'note', text: retentionNote(view) + dataAge(data.dataAgeHours, view) },
  ]
  return withinLimits({
    accent: missed.length > 0 ? 'P2' : 'neutral',
    title,
    subtitle: `${count} · ${periodWords(data.period, view)}`,
    blocks,
    buttons: [
      ...SIDES.map(({ side, zh, en }) => ({
        command: 'voc',
        label: t(zh, en),
        style: 'plain' as const,
        args: `${side} ${data.asked}`.trim(),
      })),
      { command: 'survey', label: t('待访客户', 'Whom to ask'), style: 'plain', args: '' },
    ],
    fallback: `${title}${t('：', ': ')}${count}${missed.length === 0 ? '' : missedWords(missed, view)}`,
  })
}

function missedWords(missed: readonly MetricFigure[], { locale }: View): string {
  const names = missed.map(({ metric }) => METRIC[metric.name][locale])
  return speaker(locale)(`，未达标：${names.join('、')}`, `, below target: ${names.join(', ')}`)
}

function metricTable(figures: readonly MetricFigure[], { locale }: View): Block {
  const t = speaker(locale)
  return {
    kind: 'table',
    columns: t(
      '指标|数值|比上期|目标|过去一年|类型',
      'Metric|Value|Against before|Target|Year before|Kind',
    ).split('|'),
    rows: figures.map(({ metric, estimate, of, change, usual, target, standing }) => ({
      cells: [
        METRIC[metric.name][locale],
        estimateCell(metric.unit, estimate, of, locale),
        changeWords(metric, change, locale),
        `${valueWords(metric.unit, target, locale)}${STANDING[standing][locale]}`,
        usual === null ? '—' : valueWords(metric.unit, usual.value, locale),
        TELLS[metric.tells][locale],
      ],
    })),
  }
}

const STANDING: Readonly<Record<MetricFigure['standing'], Text>> = {
  reached: text('，达到', ', reached'),
  missed: text('，未达到', ', missed'),
  open: text('', ''),
}

function topicBlocks(data: VocCardData, { locale }: View): Block[] {
  const t = speaker(locale)
  if (data.topics.length === 0) {
    const none =
      data.voices === 0
        ? t('这段时间没有人说话。', 'Nobody said anything in this time.')
        : t('还没有读出话题。', 'No topic has been read yet.')
    return [{ kind: 'text', text: none }]
  }
  const rows = data.topics.slice(0, VOC_TOPICS).map((topic, index) => ({
    cells: [
      `${index + 1}. ${shown(topic.name[locale], TOPIC_NAME)}`,
      number(topic.count, locale),
      estimateCell('share', topic.bad, topic.count, locale),
      moreOrLess(topic.change, locale),
      number(topic.meanSeverity, locale),
      topic.atStakeMinor === null
        ? t(`${topic.unhappy} 人`, `${topic.unhappy} customers`)
        : roundMoney(topic.atStakeMinor, data.money.currency, locale),
      number(topic.weight * 100, locale),
    ],
    ...(/^[a-z0-9.-]{1,80}$/.test(topic.topic) ? { command: `voc ${topic.topic}` } : {}),
  }))
  const more = data.allTopics - rows.length
  return [
    {
      kind: 'table',
      columns: t(
        '话题|条数|差评率|变化|严重程度|涉及价值|权重',
        'Topic|Voices|Negative|Mentions|Severity|Value at stake|Weight',
      ).split('|'),
      rows,
    },
    {
      kind: 'note',
      text:
        t(
          '权重 = 每千条反馈中的差评数 × 差评的平均严重程度（0–3）× 差评客户的生命周期价值，最高的记 100。',
          'Weight = complaints per 1,000 voices × their mean severity (0–3) × lifetime value of the customers who complained; the first is 100.',
        ) + (more > 0 ? t(`另有 ${more} 个话题。`, ` ${more} more topics.`) : ''),
    },
  ]
}

/** What counts as leaving is a rule of the profile, seen late. */
function retentionNote({ locale }: View): string {
  return speaker(locale)(
    '留存与流失：期初还在的客户里，期末按行业规则算仍在或已走的比例；目标按一年折算到这段时间。',
    'Retention and churn: of the customers still here when the time began, those who by the profile’s rule were here or gone at its end; the target for a year is brought to its length. ',
  )
}

/** From which sides the same time can be looked at. */
const SIDES = [
  { side: 'site', zh: '按门店', en: 'By store' },
  { side: 'product', zh: '按产品', en: 'By product' },
  { side: 'segment', zh: '按客群', en: 'By segment' },
  { side: 'stage', zh: '按旅程', en: 'By stage' },
] as const
