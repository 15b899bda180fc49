import type { FeatureMatrix } from '../features/kernel.ts'
import type { Segments } from '../features/segment.ts'
import type { MoodPriors } from '../signals/baseline.ts'
import type { Background } from '../signals/index.ts'
import { withRules } from '../signals/rule-changes.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessment.ts'
import { backgroundOf, usualMoods } from './background.ts'
import { environmentOf, sortedAt } from './environment.ts'
import { pauses } from './pause.ts'
import { withSegments } from './place.ts'
import { forecastsOf, type ScorerParts, type ScoringTerms, type SomeJudged } from './scorer-parts.ts'
import { type MedianAmongSimilar, mediansAmongSimilar, similarInSteps } from './similar.ts'
import { historyIn } from './snapshot.ts'

/** So long everyone stays as they were looked at; then a new look is taken behind whoever asks. Milliseconds. */
const FRESH_MS = 60_000
/** Older than that they are looked at first. Milliseconds. */
const USABLE_MS = 10 * 60_000
/** So long after the last who asked, their memory is let go. Milliseconds. */
const IDLE_MS = 5 * 60_000

/** Everyone as they were at an instant: what some are judged against. */
interface Everyone {
  readonly asOf: number
  readonly size: number
  /** The last of them: while they are the last of so many, everyone stands where they stood. */
  readonly last: string | null
  /** Rows of those judged since are newer. */
  features: FeatureMatrix
  readonly topShare: number
  readonly highValueFrom: number
  readonly segments: Segments | null
  readonly background: Background
  readonly median: MedianAmongSimilar
}

/** Judges some customers from their own rows, without looking at everyone each time. */
export function openAtOnce(parts: ScorerParts) {
  const { histories } = parts
  let known: Everyone | null = null
  let isRenewing = false
  let idle: NodeJS.Timeout | undefined
  let moods: { readonly asOf: number; readonly usual: MoodPriors } | null = null

  /** How moods usually are changes over months; for that everyone's voices are read. */
  const usualAt = async (asOf: number, { topShare }: ScoringTerms): Promise<MoodPriors | null> => {
    if (parts.mood === undefined) return null
    if (moods === null || Math.abs(asOf - moods.asOf) > USABLE_MS) {
      const everyone = await histories.at(asOf)
      const { segments } = await sortedAt(everyone, parts, topShare, pauses())
      moods = { asOf, usual: await usualMoods(everyone, parts.mood, segments) }
    }
    return moods.usual
  }
  const lookAt = async (asOf: number, terms: ScoringTerms): Promise<Everyone> => {
    await histories.refresh()
    const usual = await usualAt(asOf, terms)
    const snapshot = await histories.at(asOf, undefined, [])
    const { size, facts, features } = snapshot
    const { highValueFrom, segments } = await sortedAt(snapshot, parts, terms.topShare, pauses())
    const median = mediansAmongSimilar(snapshot, segments, await similarInSteps(snapshot, segments))
    return {
      ...{ asOf, size, features, highValueFrom, segments, topShare: terms.topShare },
      last: facts.at(size - 1)?.id ?? null,
      background: await backgroundOf(snapshot, parts, segments, usual, pauses()),
      // Whoever came since is like nobody yet.
      median: (index, feature) => (index < size ? median(index, feature) : Number.NaN),
    }
  }
  const isUsable = ({ size, last, topShare, asOf }: Everyone, now: number, terms: ScoringTerms): boolean =>
    (last === null ? size === 0 : histories.indexOf(last) === size - 1) &&
    topShare === terms.topShare &&
    Math.abs(now - asOf) <= USABLE_MS
  const everyoneAt = async (asOf: number, terms: ScoringTerms): Promise<Everyone> => {
    if (known === null || !isUsable(known, asOf, terms)) {
      known = await lookAt(asOf, terms)
      return known
    }
    if (!isRenewing && Math.abs(asOf - known.asOf) > FRESH_MS) {
      isRenewing = true
      lookAt(asOf, terms)
        .then((fresh) => {
          known = fresh
        })
        // Whoever asks once it is too old to be used hears of it.
        .catch(() => {})
        .finally(() => {
          isRenewing = false
        })
    }
    return known
  }
  /** The next look is at everyone. */
  const forget = (): void => {
    known = null
  }
  const forgetLater = (): void => {
    clearTimeout(idle)
    idle = setTimeout(forget, IDLE_MS)
    idle.unref()
  }
  return {
    forget,
    assessSome: async (
      customers: readonly string[],
      asOf: number,
      terms: ScoringTerms,
    ): Promise<SomeJudged> => {
      forgetLater()
      const everyone = await everyoneAt(asOf, terms)
      if (customers.some((customer) => histories.indexOf(customer) === undefined)) await histories.refresh()
      const snapshot = await histories.at(asOf, undefined, customers, everyone.features)
      everyone.features = snapshot.features
      const places = customers.flatMap((customer) => snapshot.indexOf(customer) ?? [])
      const { segments, highValueFrom, background, median, size } = everyone
      const forecasts = await forecastsOf(snapshot, parts, terms, undefined, places)
      const { mutes, bands, odds } = terms
      const judging = { segments, highValueFrom, median, forecasts, mutes, bands, odds, mood: parts.mood }
      const environment = environmentOf(snapshot, {
        ...judging,
        profile: withRules(parts.profile, terms.rules),
        signals: parts.signals(terms, background),
      })
      const assessments = new Map<string, Assessment>()
      const pause = pauses()
      for (const index of places) {
        const assessment = assess(snapshot.history(index), environment.of(index))
        const sorted = withSegments(index, assessment, index < size ? segments : null)
        assessments.set(assessment.customer, sorted)
        await pause()
      }
      return { assessments, historyOf: historyIn(snapshot) }
    },
  }
}
