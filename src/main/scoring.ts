import { feedHealth } from '../features/feed-health.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { InUseKeeper } from '../modelling/in-use.ts'
import { openScorer, type Scorer } from '../risk/scorer.ts'
import { coldStartSignals } from '../signals/index.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { compileLexicon, type Lexicon } from '../voice/lexicon.ts'
import { changedEntries, type LexiconChange } from '../voice/lexicon-changes.ts'
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
  const wordsNow = presentWords(lexicon)
  return openScorer({
    profile,
    histories: timeline,
    mood,
    plan: segmentPlan,
    feeds: (asOf) => feedHealth(timeline.feedCounts(asOf), asOf, { labels }),
    signals: ({ wordsDays, lexicon: changes = [] }, background) => {
      return coldStartSignals(profile, wordsNow(changes), timeZone, wordsDays, background)
    },
    forecaster: async () => (await inUse.current())?.forecaster ?? null,
  })
}

/** The words as changed from chat, compiled once for as long as they stay so: whoever is judged at once must not wait for that. */
function presentWords(shipped: Lexicon): (changes: readonly LexiconChange[]) => Lexicon {
  let made: { readonly key: string; readonly lexicon: Lexicon } | null = null
  return (changes) => {
    const key = JSON.stringify(changes)
    if (made?.key !== key) made = { key, lexicon: compileLexicon(changedEntries(shipped.entries, changes)) }
    return made.lexicon
  }
}
