import type { Chart, View } from '../src/chat/card.ts'
import { DAY } from '../src/clock.ts'
import type { MonthCount, MoodPoint } from '../src/features/trends.ts'
import type { Tier } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import { labelled } from './evidence.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS } from './limits.ts'
import { number } from './numbers.ts'
import { day, daysBetween, month } from './times.ts'
import { riskWord } from './words.ts'

/** The small pictures of one customer's last months. Each is null where there is too little to draw. */

/** One night's look at a customer; `score` is 0..1 and ranks, it is no probability. */
export interface RiskPoint {
  readonly asOf: Date
  readonly score: number
  readonly tier: Tier
}

export interface Trends {
  /** Nights, oldest first. */
  readonly risk: readonly RiskPoint[]
  /** What was said in the last year, oldest first. */
  readonly mood: readonly MoodPoint[]
  /** How often the profile's main activity happened, by month. */
  readonly activity: { readonly label: Text; readonly months: readonly MonthCount[] }
}

/** Room for the two ends of the axis. */
const MOST = LIMITS.points - 2

export function trendCharts({ risk, mood, activity }: Trends, view: View): Chart[] {
  const charts = [
    riskChart(risk, view),
    moodChart(mood, view),
    activityChart(activity.label, activity.months, view),
  ]
  return charts.filter((chart) => chart !== null)
}

function riskChart(nights: readonly RiskPoint[], view: View): Chart | null {
  const shown = nights.slice(-MOST)
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const t = speaker(view.locale)
  const words = (tier: Tier): string => riskWord(tier, view.locale)
  return {
    kind: 'chart',
    title: t('风险走势', 'Risk'),
    says: capital(riskSays(shown, words, view)),
    draw: 'line',
    range: { low: 0, high: 1 },
    points: shown.map(({ asOf, score, tier }) => ({
      at: +asOf,
      value: score,
      label: t(`${day(asOf, view)}：${words(tier)}`, `${capital(day(asOf, view))}: ${words(tier)}`),
    })),
    ends: { from: capital(day(first.asOf, view)), to: capital(day(last.asOf, view)) },
  }
}

function riskSays(nights: readonly RiskPoint[], words: (tier: Tier) => string, view: View): string {
  const t = speaker(view.locale)
  const [first, last] = [nights[0]!, nights.at(-1)!]
  const days = daysBetween(first.asOf, last.asOf)
  const [from, to] = [words(first.tier), words(last.tier)]
  if (from !== to)
    return t(
      zh`${days} 天前${from}，现在${to}`,
      `${from} ${days} ${days === 1 ? 'day' : 'days'} ago, ${to} now`,
    )
  const highest = nights.reduce((worst, night) => (night.score > worst.score ? night : worst))
  const top = words(highest.tier)
  if (top === to)
    return t(zh`近 ${days} 天一直${to}`, `${to} for the last ${days === 1 ? 'day' : `${days} days`}`)
  return t(
    zh`现在${to}，${day(highest.asOf, view)} 曾为${top}`,
    `${to} now; ${top} at its worst (${day(highest.asOf, view)})`,
  )
}

function moodChart(said: readonly MoodPoint[], view: View): Chart | null {
  const shown = said.slice(-MOST)
  const last = shown.at(-1)
  if (last === undefined || shown.length < 2) return null
  const t = speaker(view.locale)
  const { locale } = view
  const score = (mood: number) => number(mood, locale)
  const mean = score(shown.reduce((sum, { mood }) => sum + mood, 0) / shown.length)
  const start = said.length > shown.length ? shown[0]!.at : Math.min(shown[0]!.at, +view.now - 365 * DAY)
  const edge = (at: number) => ({ at, value: null, label: '' })
  return {
    kind: 'chart',
    title: t('情绪与评分', 'Mood'),
    says: t(
      `近一年 ${shown.length} 条反馈，平均 ${mean} 分，最近 ${score(last.mood)} 分（满分 10 分）`,
      `${shown.length} voices in a year: ${mean} of 10 on average, ${score(last.mood)} the latest`,
    ),
    draw: 'line',
    range: { low: 0, high: 10 },
    points: [
      edge(start),
      ...shown.map(({ at, mood }) => ({
        at,
        value: mood,
        label: t(`${day(at, view)}：${score(mood)} 分`, `${capital(day(at, view))}: ${score(mood)}`),
      })),
      edge(+view.now),
    ],
    ends: { from: month(start, view), to: t('今天', 'Today') },
  }
}

function activityChart(label: Text, months: readonly MonthCount[], view: View): Chart | null {
  const shown = months.slice(-MOST)
  const total = shown.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const t = speaker(view.locale)
  // Whole months of the calendar: named, for the customer's figures count 90 and 365 days.
  const recent = shown.slice(-3)
  const lately = recent.reduce((sum, { count }) => sum + count, 0)
  const since = (months: readonly MonthCount[]) => month(months[0]!.at, view)
  const times = (count: number) => number(count, view.locale)
  return {
    kind: 'chart',
    title: t(`每月${label.zh}`, `${labelled(label, 'en')} a month`),
    says: t(
      `${since(shown)}以来共 ${times(total)} 次，其中${since(recent)}以来 ${times(lately)} 次`,
      `${times(total)} since ${since(shown)}, ${times(lately)} of them since ${since(recent)}`,
    ),
    draw: 'bars',
    points: shown.map(({ at, count }) => ({
      at,
      value: count,
      label: t(`${month(at, view)}：${times(count)} 次`, `${month(at, view)}: ${times(count)}`),
    })),
    ends: { from: month(shown[0]!.at, view), to: t('本月', 'This month') },
  }
}
