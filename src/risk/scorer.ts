import type { FeedFinding } from '../features/feed-health.ts'
import { withRules } from '../signals/rule-changes.ts'
import type { Facts, History } from '../timeline/history.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessment.ts'
import { openAtOnce } from './at-once.ts'
import { backgroundOf } from './background.ts'
import { environmentOf, type Judging, sortedAt } from './environment.ts'
import { type Look, lookAt } from './look.ts'
import { judgeNight, type Verdicts } from './night.ts'
import { pauses } from './pause.ts'
import { withSegments } from './place.ts'
import { forecastsOf, type ScorerParts, type ScoringTerms, type SomeJudged } from './scorer-parts.ts'
import { toldOf } from './shares.ts'
import { sharedMedians, similarInSteps } from './similar.ts'
import { type HistoriesAt, historyIn } from './snapshot.ts'

export type { Histories, ScorerParts, ScoringTerms } from './scorer-parts.ts'

/** Everyone judged at one instant. */
export interface Night {
  readonly asOf: number
  /** The model that judged with the rules (`M-3`), else `rules`. */
  readonly model: string
  /** One assessment a customer, by ascending customer number. */
  readonly assessments: readonly Assessment[]
  /** Instant of the newest record anywhere; NaN when there is none. */
  readonly horizon: number
  historyOf(customer: string): History | null
}

/** Everyone judged at one instant, in numbers. */
export interface NightlyVerdicts extends Omit<Night, 'assessments'>, Verdicts {
  /** Customers in the order of the verdicts. */
  readonly facts: Facts
  readonly size: number
  /** A customer's place in that order. */
  indexOf(customer: string): number | undefined
}

export interface Scorer {
  /** Brings the histories up to date and judges everyone as of an instant. */
  assess(asOf: Date, terms: ScoringTerms, signal?: AbortSignal): Promise<Night>
  /** The same verdicts for a whole night, in numbers: what is said of a customer is made when it is asked for. */
  night(asOf: Date, terms: ScoringTerms, signal?: AbortSignal): Promise<NightlyVerdicts>
  /**
   * Judges some customers as of an instant, by id, against everyone as they are then, or were at most minutes before: what
   * is usual does not change so soon, and who waits for this cannot wait for everyone. Otherwise the verdicts are those
   * that `assess` gives.
   */
  assessSome(customers: readonly string[], asOf: Date, terms: ScoringTerms): Promise<SomeJudged>
  /** Brings the histories up to date and gives everyone's numbers. */
  look(asOf: Date): Promise<Look>
  /** One customer's numbers as of an instant, without their voices; null when unknown. */
  history(customer: string, asOf: Date): Promise<History | null>
  /** The feeds that look broken as of an instant, so that silence in them says nothing. */
  feeds(asOf: Date): Promise<readonly FeedFinding[]>
}

export function openScorer(parts: ScorerParts): Scorer {
  const { histories, signals } = parts
  const judgingAt = async (
    snapshot: HistoriesAt,
    terms: ScoringTerms,
    signal?: AbortSignal,
  ): Promise<Judging> => {
    // While threads ask the model, this one sorts everyone.
    const [sorted, forecasts] = await both(
      (async () => {
        const { highValueFrom, segments } = await sortedAt(snapshot, parts, terms.topShare, pauses(signal))
        const background = await backgroundOf(snapshot, parts, segments, null, pauses(signal))
        return { highValueFrom, segments, background }
      })(),
      forecastsOf(snapshot, parts, terms, signal),
    )
    const { background, ...places } = sorted
    return {
      ...places,
      profile: withRules(parts.profile, terms.rules),
      signals: signals(terms, background),
      unhealthy: background.unhealthy,
      mutes: terms.mutes,
      bands: terms.bands,
      mood: parts.mood,
      odds: terms.odds,
      forecasts,
    }
  }
  const atOnce = openAtOnce(parts)
  return {
    assess: async (asOf, terms, signal) => {
      atOnce.forget()
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const judging = await judgingAt(snapshot, terms, signal)
      const environment = environmentOf(snapshot, judging)
      const assessments: Assessment[] = []
      const pause = pauses(signal)
      for (let index = 0; index < snapshot.size; index += 1) {
        const assessment = assess(snapshot.history(index), environment.of(index))
        assessments.push(withSegments(index, assessment, judging.segments))
        const rest = pause()
        if (rest !== null) await rest
      }
      return { ...about(snapshot, judging), assessments }
    },
    night: async (asOf, terms, signal) => {
      // A night needs the memory.
      atOnce.forget()
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const judging = await judgingAt(snapshot, terms, signal)
      const medians = sharedMedians(snapshot.features.names.length)
      const similar = { ...(await similarInSteps(snapshot, judging.segments)), medians }
      const environments = environmentOf(snapshot, { ...judging, similar })
      const { facts, size, indexOf } = snapshot
      const told = snapshot.shares === null ? null : toldOf(snapshot, judging, similar, parts.plan, terms)
      const night = { environments, groups: judging.segments, told }
      const verdicts = await judgeNight(snapshot, night, pauses(signal))
      return { ...about(snapshot, judging), facts, size, indexOf, ...verdicts }
    },
    assessSome: (customers, asOf, terms) => atOnce.assessSome(customers, asOf.getTime(), terms),
    look: async (asOf) => {
      await histories.refresh()
      return lookAt(await histories.at(asOf.getTime()), parts)
    },
    history: async (customer, asOf) => {
      await histories.refresh()
      const index = histories.indexOf(customer)
      return index === undefined ? null : histories.history(index, asOf.getTime())
    },
    feeds: async (asOf) => {
      await histories.refresh()
      return parts.feeds?.(asOf.getTime()) ?? []
    },
  }
}

/** Waits for both, so that nothing goes on behind who hears that one has failed. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

function about(snapshot: HistoriesAt, { forecasts }: Judging): Omit<Night, 'assessments'> {
  return {
    asOf: snapshot.asOf,
    model: forecasts?.forecaster.name ?? 'rules',
    horizon: snapshot.horizon,
    historyOf: historyIn(snapshot),
  }
}
