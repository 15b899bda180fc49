import { feedHealth } from '../features/feed-health.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { InUseKeeper } from '../modelling/in-use.ts'
import { openScorer, type Scorer } from '../risk/scorer.ts'
import { coldStartSignals } from '../signals/index.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { compileLexicon, type Lexicon } from '../voice/lexicon.ts'
import { changedEntries } from '../voice/lexicon-changes.ts'
import type { MoodOf } from '../voice/mood.ts'

/** Puts judging together: signals over the timeline, with the words as admins changed them, and the model in use. */
export function openScoring(parts: {
  readonly profile: Profile
  readonly timeZone: string
  readonly lexicon: Lexicon
  readonly mood: MoodOf
  readonly segmentPlan: SegmentPlan
  readonly timeline: Timeline
  readonly inUse: InUseKeeper
}): Scorer {
  const { profile, timeZone, lexicon, mood, segmentPlan, timeline, inUse } = parts
  const labels = new Map(Object.entries(profile.kinds))
  return openScorer({
    profile,
    histories: timeline,
    mood,
    plan: segmentPlan,
    feeds: (asOf) => feedHealth(timeline.feedCounts(asOf), asOf, { labels }),
    signals: ({ wordsDays, lexicon: changes = [] }, background) => {
      const present = compileLexicon(changedEntries(lexicon.entries, changes))
      return coldStartSignals(profile, present, timeZone, wordsDays, background)
    },
    forecaster: async () => (await inUse.current())?.forecaster ?? null,
  })
}
