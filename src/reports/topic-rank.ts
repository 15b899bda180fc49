import { type Change, changeBetween, type Estimate, knownShare } from './interval.ts'

/** What was said about one topic in a stretch of time, beside the stretch before. */
export interface TopicSums {
  readonly topic: string
  /** Voices that speak of it, and those that do so badly. */
  readonly count: number
  readonly negative: number
  readonly before: number
  readonly negativeBefore: number
  /** Sum of the severities (0-3) of those that speak badly. */
  readonly severity: number
  /** Customers who spoke badly of it, of how many the lifetime value is known, and its sum in minor units. */
  readonly unhappy: number
  readonly valued: number
  readonly valueMinor: number
}

/** All voices that were read, in either stretch. */
export interface Read {
  readonly now: number
  readonly before: number
}

export interface RankedTopic extends TopicSums {
  /** Complaints among a thousand voices. */
  readonly frequency: number
  /** Mean of 0-3 over those that speak badly. */
  readonly meanSeverity: number
  /** Of the unhappy customers; one whose value is not known counts as the mean of all that are. Null: none is. */
  readonly atStakeMinor: number | null
  /** 0..1, of the first in the list. */
  readonly weight: number
  /** Share of its voices that speak badly; null while they are too few. */
  readonly bad: Estimate | null
  /** How its share of all voices moved; null while too few. */
  readonly change: Change | null
}

/**
 * Topics by how much they hurt: frequency of complaints x their severity x value at stake. Where no customer's value is known at all, the number of
 * unhappy customers stands for it.
 */
export function rankTopics(topics: readonly TopicSums[], read: Read): RankedTopic[] {
  const valued = topics.reduce((sum, topic) => sum + topic.valued, 0)
  const mean = valued === 0 ? null : topics.reduce((sum, topic) => sum + topic.valueMinor, 0) / valued
  const weighed = topics
    .filter(({ count }) => count > 0)
    .map((topic) => {
      const frequency = read.now === 0 ? 0 : (1_000 * topic.negative) / read.now
      const meanSeverity = topic.negative === 0 ? 0 : topic.severity / topic.negative
      const atStakeMinor = mean === null ? null : topic.valueMinor + mean * (topic.unhappy - topic.valued)
      const stake = atStakeMinor ?? topic.unhappy
      return { topic, frequency, meanSeverity, atStakeMinor, raw: frequency * meanSeverity * stake }
    })
    .sort(
      (a, b) => b.raw - a.raw || b.topic.count - a.topic.count || (a.topic.topic < b.topic.topic ? -1 : 1),
    )
  const most = weighed[0]?.raw ?? 0
  return weighed.map(({ topic, raw, ...more }) => ({
    ...topic,
    ...more,
    weight: most === 0 ? 0 : raw / most,
    bad: knownShare(topic.negative, topic.count),
    change: shareChange(topic.count, read.now, topic.before, read.before),
  }))
}

/** How a share moved between two stretches; null where either holds too few to judge by. */
export function shareChange(count: number, of: number, before: number, ofBefore: number): Change | null {
  const [now, past] = [knownShare(count, of), knownShare(before, ofBefore)]
  return now === null || past === null ? null : changeBetween(now, past)
}
