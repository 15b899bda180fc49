import { feedHealth } from '../features/feed-health.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { InUseKeeper } from '../modelling/in-use.ts'
import { openScorer, type Scorer } from '../risk/scorer.ts'
import { coldStartSignals } from '../signals/index.ts'
import { withRules } from '../signals/rule-changes.ts'
import type { Timeline } from '../timeline/timeline.ts'
import type { PresentLexicon } from '../voice/lexicon-changes.ts'
import type { MoodOf } from '../voice/mood.ts'

/** Puts judging together: signals over the timeline, with the words as admins changed them, and the model in use. */
export function openScoring(parts: {
  readonly profile: Profile
  readonly timeZone: string
  readonly present: PresentLexicon
  readonly mood: MoodOf
  readonly segmentPlan: SegmentPlan
  readonly timeline: Timeline
  readonly inUse: InUseKeeper
}): Scorer {
  const { profile, timeZone, present, mood, segmentPlan, timeline, inUse } = parts
  const labels = new Map(Object.entries(profile.kinds))
  return openScorer({
    profile,
    histories: timeline,
    mood,
    plan: segmentPlan,
    feeds: (asOf) => feedHealth(timeline.feedCounts(asOf), asOf, { labels }),
    signals: ({ wordsDays, lexicon = [], rules, signalTerms: terms }, background) =>
      coldStartSignals(withRules(profile, rules), present(lexicon), timeZone, wordsDays, {
        ...background,
        terms,
      }),
    forecaster: async () => (await inUse.current())?.forecaster ?? null,
  })
}
