import type { FeedFinding } from '../features/feed-health.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { MoodPriors } from '../signals/baseline.ts'
import type { Background } from '../signals/index.ts'
import type { Signal } from '../signals/signal.ts'
import type { Facts, History } from '../timeline/history.ts'
import type { LexiconChange } from '../voice/lexicon-changes.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessment.ts'
import { type BackgroundParts, backgroundOf, usualMoods } from './background.ts'
import type { Bands } from './bands.ts'
import { environmentOf, highValueLine, type Judging, sortedAt } from './environment.ts'
import type { Forecaster, Forecasts } from './forecaster.ts'
import { type Look, lookAt } from './look.ts'
import type { Mute } from './mute.ts'
import { judgeNight, type Verdicts } from './night.ts'
import { pauses } from './pause.ts'
import { withSegments } from './place.ts'
import { toldOf } from './shares.ts'
import { sharedMedians, similarInSteps } from './similar.ts'
import type { HistoriesAt } from './snapshot.ts'
import { forecastAll } from './unspoken.ts'

/** What the scorer asks of the timeline. */
export interface Histories {
  /** A customer's place among all. */
  indexOf(customer: string): number | undefined
  refresh(signal?: AbortSignal): Promise<unknown>
  /** @param voicesOf whose voices are seen; absent: everyone's */
  at(asOf: number, signal?: AbortSignal, voicesOf?: readonly string[]): Promise<HistoriesAt>
  history(index: number, asOf: number): History
}

/** Figures an admin can set that scoring depends on. */
export interface ScoringTerms {
  readonly wordsDays: number
  readonly topShare: number
  /** What people have judged to be no risk, by customer id. */
  readonly mutes?: ReadonlyMap<string, readonly Mute[]>
  /** Words added and switched off from chat. */
  readonly lexicon?: readonly LexiconChange[]
  /** From which probability on a customer is in which tier; default DEFAULT_BANDS. */
  readonly bands?: Bands
  /** True: as if no model were in use. */
  readonly rulesOnly?: boolean
}

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
   * Judges some customers as of an instant, by id, against everyone as they are then: the verdicts are those that `assess`
   * gives. Whom nobody knows is left out. How moods usually are here is asked once in ten minutes: for that everyone's
   * voices are read.
   */
  assessSome(
    customers: readonly string[],
    asOf: Date,
    terms: ScoringTerms,
  ): Promise<ReadonlyMap<string, Assessment>>
  /** Brings the histories up to date and gives everyone's numbers. */
  look(asOf: Date): Promise<Look>
  /** One customer's numbers as of an instant, without their voices; null when unknown. */
  history(customer: string, asOf: Date): Promise<History | null>
  /** The feeds that look broken as of an instant, so that silence in them says nothing. */
  feeds(asOf: Date): Promise<readonly FeedFinding[]>
}

export interface ScorerParts extends BackgroundParts {
  readonly profile: Profile
  readonly histories: Histories
  /** Those of `coldStartSignals`, in the histories' time zone: threads that judge make their own. */
  readonly signals: (terms: ScoringTerms, background: Background) => readonly Signal[]
  /** How customers are sorted; similar customers are those of one RFM class. Without it, of one declared value tier. */
  readonly plan?: SegmentPlan
  /** The model in use; null: there is none, or it cannot be used. */
  readonly forecaster?: () => Promise<Forecaster | null>
}

export function openScorer(parts: ScorerParts): Scorer {
  const { histories, signals } = parts
  const judgingAt = async (
    snapshot: HistoriesAt,
    terms: ScoringTerms,
    signal?: AbortSignal,
    usual: MoodPriors | null = null,
  ): Promise<Judging> => {
    const highValueFrom = await highValueLine(snapshot, parts.profile, terms.topShare, pauses(signal))
    const segments = await sortedAt(snapshot, parts, highValueFrom)
    const background = await backgroundOf(snapshot, parts, segments, usual, pauses(signal))
    return {
      signals: signals(terms, background),
      highValueFrom,
      unhealthy: background.unhealthy,
      segments,
      mutes: terms.mutes,
      bands: terms.bands,
      forecasts: terms.rulesOnly === true ? null : await forecastsOf(snapshot, parts, terms.bands, signal),
    }
  }
  let moods: { readonly asOf: number; readonly usual: MoodPriors | null } | null = null
  /** How moods usually are changes over months. */
  const usualAt = async (asOf: number, { topShare }: ScoringTerms): Promise<MoodPriors | null> => {
    if (parts.mood === undefined) return null
    if (moods === null || Math.abs(asOf - moods.asOf) > USUAL_FOR_MS) {
      const everyone = await histories.at(asOf)
      const highValueFrom = await highValueLine(everyone, parts.profile, topShare, pauses())
      const segments = await sortedAt(everyone, parts, highValueFrom)
      moods = { asOf, usual: await usualMoods(everyone, parts.mood, segments) }
    }
    return moods.usual
  }
  return {
    assess: async (asOf, terms, signal) => {
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const judging = await judgingAt(snapshot, terms, signal)
      const environment = environmentOf(snapshot, parts, judging)
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
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const judging = await judgingAt(snapshot, terms, signal)
      const medians = sharedMedians(snapshot.features.names.length)
      const similar = { ...(await similarInSteps(snapshot, judging.segments)), medians }
      const environments = environmentOf(snapshot, parts, { ...judging, similar })
      const { facts, size, indexOf } = snapshot
      const told = snapshot.shares === null ? null : toldOf(snapshot, judging, similar, parts.plan)
      const night = { environments, groups: judging.segments, told }
      const verdicts = await judgeNight(snapshot, night, pauses(signal))
      return { ...about(snapshot, judging), facts, size, indexOf, ...verdicts }
    },
    assessSome: async (customers, asOf, terms) => {
      await histories.refresh()
      const at = asOf.getTime()
      const usual = await usualAt(at, terms)
      const snapshot = await histories.at(at, undefined, customers)
      const judging = await judgingAt(snapshot, terms, undefined, usual)
      const environment = environmentOf(snapshot, parts, judging)
      const assessments = new Map<string, Assessment>()
      const pause = pauses()
      for (const customer of customers) {
        const index = snapshot.indexOf(customer)
        if (index === undefined) continue
        const assessment = assess(snapshot.history(index), environment.of(index))
        assessments.set(customer, withSegments(index, assessment, judging.segments))
        await pause()
      }
      return assessments
    },
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

function about(snapshot: HistoriesAt, { forecasts }: Judging): Omit<Night, 'assessments'> {
  return {
    asOf: snapshot.asOf,
    model: forecasts?.forecaster.name ?? 'rules',
    horizon: snapshot.horizon,
    historyOf: (customer) => {
      const index = snapshot.indexOf(customer)
      return index === undefined ? null : snapshot.history(index)
    },
  }
}

async function forecastsOf(
  snapshot: HistoriesAt,
  { profile, forecaster }: { profile: Profile; forecaster?: () => Promise<Forecaster | null> },
  bands?: Bands,
  signal?: AbortSignal,
): Promise<Forecasts | null> {
  const inUse = (await forecaster?.()) ?? null
  return inUse === null ? null : await forecastAll(inUse, snapshot, profile, bands, signal)
}

const USUAL_FOR_MS = 10 * 60_000
