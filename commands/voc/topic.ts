import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { churnKinds } from '../../src/features/reported-kinds.ts'
import { FOLLOWED_DAYS } from '../../src/judging/theme-told.ts'
import { ENOUGH } from '../../src/reports/figure.ts'
import { followedBeside } from '../../src/reports/followed.ts'
import { knownShare } from '../../src/reports/interval.ts'
import type { OutsideEvent } from '../../src/reports/outside-event.ts'
import type { Period } from '../../src/reports/period.ts'
import type { TopicCount } from '../../src/reports/theme-effect.ts'
import { shareChange } from '../../src/reports/topic-rank.ts'
import type { Topic } from '../../src/voice/cues.ts'
import { NAMED_ALERTS } from '../../templates/theme-alerts.ts'
import { TOPIC_SITES, type TopicPart, type VocTopicCardData } from '../../templates/voc-topic.ts'
import { dataAgeHours } from '../case/customer.ts'
import { nameOf } from '../case/move.ts'
import { outsideInEither, outsideOf } from '../outside/around.ts'
import { lastMonths } from './overview.ts'
import type { TopicList } from './topics.ts'

const ALL = { by: 'all' } as const
const NONE: TopicCount = { read: 0, about: 0, negative: 0 }
const QUOTES = 3
/** Whether somebody left is known late, so that words are followed from this long ago. */
const FOLLOWED_BACK = 730 * DAY

/** One topic: its parts, where it is spoken of, in which words, and what followed. */
export async function topicPage(
  ctx: Context,
  list: TopicList,
  topic: Topic,
  period: Period,
): Promise<VocTopicCardData> {
  const { before, from, to } = period
  const { voiceTopics } = ctx.store
  const counts = await voiceTopics.counts(topic.id, ALL, [before, from, to])
  const [past, now] = [0, 1].map((bin) => counts.find((row) => row.bin === bin) ?? NONE)
  const sites = await voiceTopics.counts(topic.id, { by: 'site' }, [from, to])
  const churn = churnKinds(ctx.profile)
  const at = ctx.clock.now()
  const span = { from: new Date(+at - FOLLOWED_BACK), to: at, days: FOLLOWED_DAYS, now: at, churn }
  const { voiced, others } = await voiceTopics.followed({ topic: topic.id, ...span })
  const starts = lastMonths(ctx)
  const outside = await outsideInEither(ctx, { from: before, to }, { from: starts[0] ?? from, to: at })
  const theme = await ctx.store.themes.openOf(topic.id)
  return {
    id: topic.id,
    name: list.nameOf(topic.id),
    period,
    now: now!,
    share: knownShare(now!.about, now!.read),
    shareChange: shareChange(now!.about, now!.read, past!.about, past!.read),
    bad: knownShare(now!.negative, now!.about),
    badChange: shareChange(now!.negative, now!.about, past!.negative, past!.about),
    parts: await partsOf(ctx, list, topic, period),
    sites: sites
      .filter(({ key, about }) => key !== null && about > 0)
      .sort((a, b) => b.negative - a.negative || b.about - a.about || (a.key! < b.key! ? -1 : 1))
      .slice(0, TOPIC_SITES)
      .map((row) => ({
        ...row,
        name: row.key!,
        share: knownShare(row.about, row.read),
        bad: knownShare(row.negative, row.about),
      })),
    quotes: await voiceTopics.quotes([topic.id], from, to, QUOTES),
    followed: followedBeside(voiced, others),
    alerts: await voiceTopics.alerts({ topic: topic.id, ...span, limit: NAMED_ALERTS }),
    followedDays: FOLLOWED_DAYS,
    inactiveDays: churn.inactiveDays,
    months: await complaintsByMonth(ctx, topic.id, starts, outside),
    outside,
    theme:
      theme === null
        ? null
        : { no: theme.no, ownerName: nameOf(ctx, theme.owner), department: theme.department },
    enough: ENOUGH,
    dataAgeHours: await dataAgeHours(ctx),
  }
}

/** Its sub-topics, the most complained of first. */
async function partsOf(ctx: Context, list: TopicList, topic: Topic, period: Period): Promise<TopicPart[]> {
  const { before, from, to } = period
  const { currency } = ctx.config.company
  const all = await ctx.store.voiceTopics.ranking(before, from, to, currency)
  return all
    .filter((row) => row.topic.startsWith(`${topic.id}.`) && row.count > 0)
    .sort((a, b) => b.negative - a.negative || b.count - a.count || (a.topic < b.topic ? -1 : 1))
    .map((row) => ({
      id: row.topic,
      name: list.topics.find(({ id }) => id === row.topic)?.name ?? list.nameOf(row.topic),
      about: row.count,
      negative: row.negative,
      bad: knownShare(row.negative, row.count),
    }))
}

async function complaintsByMonth(
  ctx: Context,
  topic: string,
  starts: readonly Date[],
  outside: readonly OutsideEvent[],
) {
  const inMonth = outsideOf(ctx, outside, starts)
  const counts = await ctx.store.voiceTopics.counts(topic, ALL, [...starts, ctx.clock.now()])
  return starts.map((at, month) => {
    const { read, negative } = counts.find(({ bin }) => bin === month) ?? NONE
    const value = read < ENOUGH ? null : negative / read
    return { at: +at, value, of: read, outside: inMonth[month]! }
  })
}
