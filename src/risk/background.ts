import { DAY } from '../clock.ts'
import { type FeedFinding, unhealthyKinds } from '../features/feed-health.ts'
import type { Segments } from '../features/segment.ts'
import { type MoodPriors, moodPriors } from '../signals/baseline.ts'
import type { Background } from '../signals/index.ts'
import type { MoodOf } from '../voice/mood.ts'
import { type Pause, pauses } from './pause.ts'
import { groupsOf } from './similar.ts'
import type { HistoriesAt } from './snapshot.ts'

/** The newest voices are what is judged, not what it is judged against. */
const JUDGED_DAYS = 7

export interface BackgroundParts {
  /** Reads the mood of a voice; without it no mood is judged. */
  readonly mood?: MoodOf
  /** The feeds that cannot be trusted as of an instant. */
  readonly feeds?: (asOf: number) => readonly FeedFinding[]
}

/**
 * What no single history tells: which feeds are not to be trusted, and how moods usually are among similar customers.
 * `usual`: the latter, where it is known already; else everyone's voices are read for it.
 */
export async function backgroundOf(
  snapshot: HistoriesAt,
  { mood, feeds }: BackgroundParts,
  segments: Segments | null,
  usual: MoodPriors | null,
  pause: Pause,
): Promise<Background> {
  const broken = feeds === undefined ? {} : { unhealthy: unhealthyKinds(feeds(snapshot.asOf)) }
  if (mood === undefined) return broken
  const priors = usual ?? (await usualMoods(snapshot, mood, segments, pause))
  const groupOf = groupsOf(snapshot.facts, segments)
  const priorOf = (customer: string) => {
    const index = snapshot.indexOf(customer)
    return index === undefined ? priors.everyone : priors.of(groupOf(index))
  }
  return { ...broken, mood, priorOf }
}

/** How moods usually are here, by the group of similar customers; everyone's voices are read, except the newest. */
export async function usualMoods(
  snapshot: HistoriesAt,
  mood: MoodOf,
  segments: Segments | null,
  pause: Pause = pauses(),
): Promise<MoodPriors> {
  const until = snapshot.asOf - JUDGED_DAYS * DAY
  const groupOf = groupsOf(snapshot.facts, segments)
  const spoken: { readonly group: number; readonly moods: readonly number[] }[] = []
  for (let index = 0; index < snapshot.size; index += 1) {
    const rest = pause()
    if (rest !== null) await rest
    const { voices } = snapshot.history(index)
    if (voices.length === 0) continue
    const before = voices.filter(({ at }) => at < until)
    spoken.push({ group: groupOf(index), moods: before.flatMap((voice) => mood(voice)?.score ?? []) })
  }
  return moodPriors(spoken)
}
