import type { Block, Chart, View } from '../src/chat/card.ts'
import type { Change, Estimate } from '../src/reports/interval.ts'
import type { Period } from '../src/reports/period.ts'
import type { Metric, MetricName } from '../src/reports/voice-metric.ts'
import type { TopicQuote } from '../src/reports/voice-rows.ts'
import { type Locale, type Text, text } from '../src/text.ts'
import { eventNo } from './calendar.ts'
import { capital, speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { maskedVoice } from './names.ts'
import { number } from './numbers.ts'
import { day, month } from './times.ts'
import { customerNo } from './words.ts'

/** How the figures of voices are written, the same on every card. */

export const METRIC: Readonly<Record<MetricName, Text>> = {
  nps: text('净推荐值 NPS', 'NPS'),
  csat: text('满意率 CSAT', 'CSAT (satisfied)'),
  ces: text('省力程度 CES', 'CES (ease, of 10)'),
  rating: text('平均评分', 'Rating (of 10)'),
  sentiment: text('平均情绪', 'Mood (-1 to 1)'),
  negative: text('负面占比', 'Negative voices'),
  retention: text('留存率', 'Retention'),
  churn: text('流失率', 'Churn'),
}

export const TELLS: Readonly<Record<Metric['tells'], Text>> = {
  leading: text('先行', 'leading'),
  lagging: text('滞后', 'lagging'),
}

/** "37.5%", "+42", "7.4", "-0.15". */
export function valueWords(unit: Metric['unit'], value: number, locale: Locale): string {
  switch (unit) {
    case 'share':
      return `${plain(value * 100, locale)}%`
    case 'points':
      return signed(Math.round(value), 0)
    case 'mood':
      return signed(value, 2)
    case 'score':
      return plain(value, locale)
  }
}

/** "31 至 46%" / "31 to 46%": where the truth probably lies. */
export function rangeWords(unit: Metric['unit'], { low, high }: Estimate, locale: Locale): string {
  const [from, to] = [low, high].map((edge) => {
    if (unit === 'share') return number(Math.round(edge * 100), locale)
    return valueWords(unit, edge, locale)
  })
  return `${from} ${speaker(locale)('至', 'to')} ${to}${unit === 'share' ? '%' : ''}`
}

/** A share with its range, in one cell: "38%（31 至 46）"; too few: "不足（4）". */
export function estimateCell(
  unit: Metric['unit'],
  estimate: Estimate | null,
  of: number,
  locale: Locale,
): string {
  const t = speaker(locale)
  if (estimate === null) return of === 0 ? '—' : t(`不足（${of}）`, `too few (${of})`)
  const range = rangeWords(unit, estimate, locale).replace(/%$/, '')
  return `${valueWords(unit, estimate.value, locale)}${t(`（${range}）`, ` (${range})`)}`
}

/** "+5.2 点，变好" / "+5.2 pts, better"; where it may be chance, that is said instead. */
export function changeWords(
  { unit, better }: Pick<Metric, 'unit' | 'better'>,
  change: Change | null,
  locale: Locale,
): string {
  const t = speaker(locale)
  if (change === null) return '—'
  const by = unit === 'share' ? change.by * 100 : change.by
  const moved = signed(by, unit === 'mood' ? 2 : 1) + (unit === 'share' ? t(' 个百分点', ' pts') : '')
  if (!change.clear) return t(`不明显（${moved}）`, `not clear (${moved})`)
  const isBetter = change.by > 0 === (better === 'up')
  return isBetter ? t(`变好（${moved}）`, `better (${moved})`) : t(`变差（${moved}）`, `worse (${moved})`)
}

/** The same for how often something is said, which is neither good nor bad in itself. */
export function moreOrLess(change: Change | null, locale: Locale): string {
  const t = speaker(locale)
  if (change === null) return '—'
  const moved = signed(change.by * 100, 1) + t(' 个百分点', ' pts')
  if (!change.clear) return t(`不明显（${moved}）`, `not clear (${moved})`)
  return change.by > 0 ? t(`变多（${moved}）`, `more (${moved})`) : t(`变少（${moved}）`, `less (${moved})`)
}

export function periodWords({ from, to }: Period, view: View): string {
  const last = new Date(+to - 1)
  return `${capital(day(from, view))} – ${day(last, view)}`
}

/** Some words of a customer with phone numbers, addresses and their name masked, and whose they are by number only. */
export function quoteBlock(quote: TopicQuote, about: string | null, view: View): Block {
  const { customerNo: no, customerName, at, site } = quote
  const whose = no === null ? speaker(view.locale)('不知道是谁', 'author unknown') : customerNo(no)
  return {
    kind: 'quote',
    text: shown(maskedVoice(quote.text, customerName), LIMITS.quote),
    by: [about, whose, site, day(at, view)].filter(Boolean).join(' · '),
  }
}

/** Graphemes of a topic with the one it is part of. */
export const TOPIC_NAME = 48

/** One month of something; `value` null: too few voices to judge by. */
export interface MonthValue {
  /** Its first instant. */
  readonly at: number
  readonly value: number | null
  readonly of: number
  /** Numbers of the outside events in it. */
  readonly outside: readonly number[]
}

/** What the top of a line stands for at least, so that next to nothing does not look like much. */
const LEAST_HIGH: Readonly<Record<Metric['unit'], number>> = { share: 0.1, points: 10, score: 10, mood: 0.1 }

/** A line over months; null while fewer than two are known. */
export function monthChart(
  title: string,
  unit: Metric['unit'],
  months: readonly MonthValue[],
  view: View,
): Chart | null {
  const t = speaker(view.locale)
  const known = months.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const values = known.map(({ value }) => value)
  const written = (value: number) => valueWords(unit, value, view.locale)
  const [from, to] = [month(first.at, view), month(last.at, view)]
  return {
    kind: 'chart',
    title,
    says: t(
      `${from} ${written(first.value)}，${to} ${written(last.value)}`,
      `${written(first.value)} in ${from}, ${written(last.value)} in ${to}`,
    ),
    draw: 'line',
    range: { low: Math.min(0, ...values), high: Math.max(LEAST_HIGH[unit], ...values) },
    points: months.map(({ at, value, of, outside }) => {
      const said =
        value === null
          ? t(`${month(at, view)}：不足（${of}）`, `${month(at, view)}: too few`)
          : t(`${month(at, view)}：${written(value)}`, `${month(at, view)}: ${written(value)}`)
      const [event, ...more] = outside
      if (event === undefined) return { at, value, label: said }
      const note = `${eventNo(event)}${more.length > 0 ? '…' : ''}`
      return { at, value, label: `${said} · ${note}`, note }
    }),
    ends: { from: month(months[0]!.at, view), to: t('本月', 'This month') },
  }
}

/** Bars below one another, in the order of `rows`; null while fewer than two are known. */
export function rankChart(
  title: string,
  rows: readonly { readonly name: string; readonly value: number; readonly shown: string }[],
  high?: number,
): Chart | null {
  const [first] = rows
  if (first === undefined || rows.length < 2) return null
  const told = rows.map(({ name, shown: words }) => `${shown(name, 14)} ${words}`)
  return {
    kind: 'chart',
    title,
    says: told.slice(0, 3).join(' · '),
    draw: 'ranks',
    points: rows.map(({ value }, index) => ({ at: index, value, label: told[index]! })),
    ...(high === undefined ? {} : { range: { low: 0, high } }),
    ends: { from: '', to: '' },
  }
}

/** Every card that rests on samples says what its ranges are. */
export function rangesNote(least: number, { locale }: View, more = ''): Block {
  const t = speaker(locale)
  const ranges = t(
    `括号内是 95% 置信区间；不足 ${least} 条不下结论；“不明显”表示差异可能只是偶然。`,
    `In brackets the 95% interval. Below ${least} there is not enough data yet; "not clear" may be chance.`,
  )
  return { kind: 'note', text: more === '' ? ranges : `${ranges}${t('', ' ')}${more}` }
}

function plain(value: number, locale: Locale): string {
  return number(value, locale)
}

/** "+5.2", "-3", "0". */
export function signed(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits)) + 0
  return rounded > 0 ? `+${rounded}` : String(rounded)
}
