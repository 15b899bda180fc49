import type { Profile } from '../features/profile.ts'
import { stageOf } from '../features/stages.ts'
import { isGone, silentDays } from '../signals/gone.ts'
import type { Evidence, Reading, Signal } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import {
  type Assessment,
  type Factor,
  type Forecast,
  isAlertTier,
  type Lever,
  type StageSeen,
} from './assessment.ts'
import type { Bands } from './bands.ts'
import { causeOf } from './cause.ts'
import { factorsOf } from './factors.ts'
import { type Mute, mutedBy } from './mute.ts'
import { priorityOf } from './priority.ts'
import { coldStartScore } from './score.ts'
import { decideTier } from './tier.ts'
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
  readonly model?: ModelView
  readonly bands?: Bands
}

/** One customer through the model in use. */
export interface ModelView {
  /** As people see it, `M-3`. */
  readonly name: string
  readonly forecast: Forecast
  /** The probability were nothing known of what the customer said; NaN: not asked, for it is no alert anyway. */
  readonly unspoken: number
  /** What the probability rests on and what would lower it; null: this model cannot be explained. */
  explain(): { readonly factors: readonly Factor[]; readonly lever: Lever | null } | null
}

/** Judges one customer at the history's instant: reads every signal, then tier, score, cause, priority, factors. */
export function assess(history: History, env: AssessmentEnvironment): Assessment {
  const { profile } = env
  const readings = readAll(history, env.signals, env.mutes ?? [])
  const highValue = isHighValue(history, profile, env.highValueFrom)
  const gone = isGone(history, profile)
  const forecast = env.model?.forecast
  const { tier, reason } = decideTier({
    readings,
    highValue,
    gone,
    forecast:
      env.model === undefined
        ? null
        : { ...env.model.forecast, unspoken: env.model.unspoken, silentDays: silentDays(history, profile) },
    ...(env.bands === undefined ? {} : { bands: env.bands }),
  })
  const score = forecast?.probability ?? coldStartScore(readings, history, profile.rhythm.kind)
  // Explaining is dear: only those who get a card are explained.
  const explained = isAlertTier(tier) ? (env.model?.explain() ?? null) : null
  const cause = causeOf(readings, history, profile)
  const ltvMinor = ltvOf(history, profile)?.minor ?? null
  return {
    customer: history.customer.id,
    asOf: history.asOf,
    tier,
    reason,
    signals: readings.filter(({ fired }) => fired).map(({ signal }) => signal),
    score,
    priority: priorityOf({ score, ltvMinor, cause, typicalLtvMinor: typicalLtv(env) }),
    highValue,
    cause,
    readings,
    factors: explained?.factors ?? factorsOf(readings, history, profile, env.median),
    ...(forecast === undefined ? {} : { forecast }),
    ...(explained === null || explained.lever === null ? {} : { lever: explained.lever }),
    // Who has left is on no way out any more.
    stage: gone ? null : stageSeen(history, profile),
    ...(isAlertTier(tier) ? { beats: newestBeats(history, profile) } : {}),
    profile: `${profile.name}@${profile.version}`,
    model: env.model?.name ?? 'rules',
    horizon: env.horizon,
  }
}

function stageSeen(history: History, profile: Profile): StageSeen | null {
  const found = stageOf(history, profile)
  return found === null ? null : { name: found.stage.name, sentence: found.sentence }
}

/** Enough to see a rhythm, few enough to keep with every alert. */
const BEATS = 12

function newestBeats(history: History, { rhythm: { kind } }: Profile): NonNullable<Assessment['beats']> {
  return { event: kind, at: [...history.events(kind).at.slice(-BEATS)] }
}

/** The readings as plain values: a reading may work out its dates when asked, and it is asked here, once. */
function readAll(history: History, signals: readonly Signal[], mutes: readonly Mute[]): Reading[] {
  return signals.flatMap((signal) => {
    const reading =
      mutes.length === 0 ? signal.read(history) : signal.read(history, mutedBy(mutes, signal.name))
    if (reading === null) return []
    const { evidence, muted } = reading
    return [
      {
        ...reading,
        evidence: evidence.map(plain),
        ...(muted === undefined ? {} : { muted: muted.map(plain) }),
      },
    ]
  })
}

function plain(piece: Evidence): Evidence {
  return { ...piece }
}

/** LTV taken for a customer whose own is unknown, minor units. */
export function typicalLtv({ profile, median }: AssessmentEnvironment): number {
  const typical = profile.ltv === undefined ? Number.NaN : median(profile.ltv)
  return Number.isFinite(typical) ? typical : 0
}
