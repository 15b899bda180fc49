import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { churnKinds } from '../../src/features/reported-kinds.ts'
import { ENOUGH } from '../../src/reports/figure.ts'
import type { OutsideEvent } from '../../src/reports/outside-event.ts'
import { type Period, periodOf } from '../../src/reports/period.ts'
import { type RankedTopic, rankTopics } from '../../src/reports/topic-rank.ts'
import {
  enough,
  METRICS,
  type MetricName,
  type MetricSums,
  metricFigures,
  NO_VOICES,
} from '../../src/reports/voice-metric.ts'
import type { TopicQuote } from '../../src/reports/voice-rows.ts'
import { metricTargets } from '../../src/settings/metric.ts'
import type { VocCardData } from '../../templates/voc.ts'
import { VOC_TOPICS } from '../../templates/voc.ts'
import { dataAgeHours, moneyView } from '../case/customer.ts'
import { outsideInEither, outsideOf } from '../outside/around.ts'
import { topicList } from './topics.ts'

const ALL = { by: 'all' } as const
/** Topics that are quoted. */
const QUOTED = 3

/** How customers speak, and what hurts them most. */
export async function overview(ctx: Context, period: Period): Promise<Omit<VocCardData, 'asked'>> {
  const { before, from, to } = period
  const settings = await ctx.settings()
  const [now, past, usual] = await threeSums(ctx, period)
  const figures = metricFigures({
    ...{ now, before: past, usual },
    targets: metricTargets(settings.value),
    days: (+to - +from) / DAY,
  })
  const ranking = await ctx.store.voiceTopics.ranking(before, from, to, ctx.config.company.currency)
  const ranked = rankTopics(ranking, { now: now.voices.read, before: past.voices.read })
  const list = await topicList(ctx)
  const top = ranked.slice(0, VOC_TOPICS)
  const quotes = await ctx.store.voiceTopics.quotes(
    top.slice(0, QUOTED).map(({ topic }) => topic),
    from,
    to,
    QUOTED,
  )
  const starts = lastMonths(ctx)
  const outside = await outsideInEither(
    ctx,
    { from: before, to },
    { from: starts[0] ?? from, to: ctx.clock.now() },
  )
  return {
    period,
    outside,
    figures,
    voices: now.voices.voices,
    unread: now.voices.voices - now.voices.read,
    topics: top.map((topic) => ({ ...topic, name: list.nameOf(topic.topic) })),
    allTopics: ranked.length,
    quotes: oneEach(top, quotes).map((quote) => ({ ...quote, name: list.nameOf(quote.topic) })),
    trends: await trendsOf(ctx, starts, outside),
    enough: ENOUGH,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  }
}

/** The first words on each topic that no topic above it has shown. */
function oneEach(topics: readonly RankedTopic[], quotes: readonly TopicQuote[]): TopicQuote[] {
  const shown = new Set<string>()
  return topics.flatMap(({ topic }) => {
    const quote = quotes.find((each) => each.topic === topic && !shown.has(each.text))
    if (quote === undefined) return []
    shown.add(quote.text)
    return [quote]
  })
}

/** Now, the stretch before, and the twelve months before. */
async function threeSums(ctx: Context, { before, from, to }: Period) {
  const { voiceFigures } = ctx.store
  const churn = churnKinds(ctx.profile)
  const sums = async (start: Date, end: Date, withKept: boolean): Promise<MetricSums> => {
    const [voices = NO_VOICES] = await voiceFigures.sums(ALL, [start, end])
    const kept = withKept ? (await voiceFigures.kept(ALL, start, end, churn))[0] : undefined
    return { voices, kept: kept ?? null }
  }
  return [
    await sums(from, to, true),
    await sums(before, from, true),
    // What is kept over a year and over a month are two things: no benchmark.
    await sums(new Date(+from - 365 * DAY), from, false),
  ] as const
}

/** Metrics that are drawn over the months, each where two of them have enough voices. */
const DRAWN: readonly MetricName[] = ['negative', 'sentiment', 'nps', 'csat', 'ces']

async function trendsOf(
  ctx: Context,
  starts: readonly Date[],
  outside: readonly OutsideEvent[],
): Promise<VocCardData['trends']> {
  const inMonth = outsideOf(ctx, outside, starts)
  const sums = await ctx.store.voiceFigures.sums(ALL, [...starts, ctx.clock.now()])
  return METRICS.filter(({ name }) => DRAWN.includes(name)).map((metric) => ({
    metric,
    months: starts.map((at, month) => {
      const voices = sums.find(({ bin }) => bin === month) ?? NO_VOICES
      const estimate = metric.of({ voices, kept: null })
      const value = enough(estimate)?.value ?? null
      return { at: +at, value, of: estimate?.of ?? 0, outside: inMonth[month]! }
    }),
  }))
}

const MONTHS = 12

/** First instants of the last twelve calendar months, the unfinished one last. */
export function lastMonths(ctx: Context): Date[] {
  const now = ctx.clock.now()
  const { timeZone } = ctx.config.company
  return Array.from({ length: MONTHS }, (_, index) => {
    const said = { kind: 'calendar', unit: 'month', back: MONTHS - 1 - index } as const
    // A month that begins this very instant has no past yet.
    return periodOf(said, now, timeZone)?.from ?? now
  }).filter((at) => +at < +now)
}
