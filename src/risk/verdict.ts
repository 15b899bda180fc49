import type { Profile } from '../features/profile.ts'
import { type StageFound, stageOf } from '../features/stages.ts'
import { howGone, silentDays } from '../signals/gone.ts'
import type { Reading, Signal } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import type { MoodOf } from '../voice/mood.ts'
import {
  type Cause,
  type Factor,
  type Forecast,
  hasLeft,
  type Lever,
  type Tier,
  type TierReason,
} from './assessment.ts'
import type { Bands } from './bands.ts'
import { causeOf } from './cause.ts'
import { type Mute, mutedBy } from './mute.ts'
import { type Odds, priorityOf } from './priority.ts'
import { coldStartScore } from './score.ts'
import { decideTier, type Weighed } from './tier.ts'
import { isHighValue, ltvOf } from './value.ts'

/** What judging needs besides the customer's own history. */
export interface AssessmentEnvironment {
  readonly signals: readonly Signal[]
  readonly profile: Profile
  /** LTV from which a customer is of high value, minor units (see highValueThreshold). */
  readonly highValueFrom: number
  /** A feature's median among similar customers; NaN when not known. */
  readonly median: (feature: string) => number
  /** Instant of the newest record anywhere, milliseconds. */
  readonly horizon: number
  /** What people have judged to be no risk about this customer. */
  readonly mutes?: readonly Mute[]
  /** What the model in use says of this customer; absent: none does, and rules judge alone. */
  readonly model?: ModelView | undefined
  readonly bands?: Bands | undefined
  /** What outcomes have taught of each likely reason; absent: the starting values. */
  readonly odds?: Odds | undefined
  /** Reads the mood of a voice; absent: ratings alone tell who is content. */
  readonly mood?: MoodOf | undefined
}

/** One customer through the model in use. */
export interface ModelView {
  /** As people see it, `M-3`. */
  readonly name: string
  readonly forecast: Forecast
  /** The probability were nothing known of what the customer said; NaN: not asked, for it is no alert anyway. */
  readonly unspoken: number
  /** What the probability rests on and what would lower it; null: this model cannot be explained. */
  readonly explain: (() => Explanation) | null
}

export interface Explanation {
  readonly factors: readonly Factor[]
  readonly lever: Lever | null
}

/** How one customer is judged at one instant: what is decided, without the words and dates that say why. */
export interface Verdict {
  readonly tier: Tier
  readonly reason: TierReason
  /** See Assessment. */
  readonly score: number
  readonly priority: number
  readonly highValue: boolean
  readonly cause: Cause
  /** As the signals gave them: dates and sentences are worked out when they are read, which is dear. */
  readonly readings: readonly Reading[]
  /** The step on the way out; null: none can be seen. */
  readonly stage: StageFound | null
}

/**
 * Judges one customer at the history's instant: tier, score, cause and priority. `readings`: those of every signal, or of
 * all that tell (see tellingReadings).
 */
export function verdictOf(
  history: History,
  env: AssessmentEnvironment,
  readings: readonly Reading[] = readAll(history, env),
): Verdict {
  const { profile } = env
  const highValue = isHighValue(history, profile, env.highValueFrom)
  const { model } = env
  const { tier, reason } = decideTier({
    readings,
    highValue,
    gone: howGone(history, profile),
    forecast: model === undefined ? null : weighed(model, silentDays(history, profile)),
    bands: env.bands,
  })
  const score = model?.forecast.probability ?? coldStartScore(readings, history, profile.rhythm.kind)
  const cause = causeOf(readings, history, profile, env.mood)
  const ltvMinor = ltvOf(history, profile)?.minor ?? null
  const typicalLtvMinor = ltvMinor === null ? typicalLtv(env) : 0
  return {
    tier,
    reason,
    score,
    priority: priorityOf({ score, ltvMinor, cause, typicalLtvMinor, odds: env.odds }),
    highValue,
    cause,
    readings,
    // Who has left is on no way out any more.
    stage: hasLeft({ reason }) ? null : stageOf(history, profile),
  }
}

function weighed({ forecast: { probability, days }, unspoken }: ModelView, silent: number): Weighed {
  return { probability, days, unspoken, silentDays: silent }
}

/**
 * The readings that decide a verdict: with one that fired or is held back, those that would do neither are not read. Without
 * any, all are read: that nothing is known differs from nothing being wrong.
 */
export function tellingReadings(history: History, env: AssessmentEnvironment): readonly Reading[] {
  const { signals, mutes } = env
  // What is muted counts, whichever signal would have said it.
  if (mutes !== undefined && mutes.length > 0) return readAll(history, env)
  const telling: Reading[] = []
  const read: (Reading | null | undefined)[] = []
  let isTold = false
  for (const signal of signals) {
    const reading = signal.isCalm?.(history) === true ? undefined : signal.read(history)
    read.push(reading)
    if (reading === undefined || reading === null) continue
    telling.push(reading)
    isTold ||= reading.fired || reading.held !== undefined
  }
  if (isTold) return telling
  const all: Reading[] = []
  for (let nth = 0; nth < signals.length; nth += 1) {
    const known = read[nth]
    const reading = known === undefined ? signals[nth]!.read(history) : known
    if (reading !== null) all.push(reading)
  }
  return all
}

function readAll(history: History, { signals, mutes = [] }: AssessmentEnvironment): Reading[] {
  const readings: Reading[] = []
  for (const signal of signals) {
    const reading =
      mutes.length === 0 ? signal.read(history) : signal.read(history, mutedBy(mutes, signal.name))
    if (reading !== null) readings.push(reading)
  }
  return readings
}

/** LTV taken for a customer whose own is unknown, minor units. */
export function typicalLtv({ profile, median }: AssessmentEnvironment): number {
  const typical = profile.ltv === undefined ? Number.NaN : median(profile.ltv)
  return Number.isFinite(typical) ? typical : 0
}
