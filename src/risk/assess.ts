import type { Profile } from '../features/profile.ts'
import { isGone } from '../signals/gone.ts'
import type { Reading, Signal } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import type { Assessment } from './assessment.ts'
import { causeOf } from './cause.ts'
import { factorsOf } from './factors.ts'
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
}

/** Judges one customer at the history's instant: reads every signal, then tier, score, cause, priority, factors. */
export function assess(history: History, env: AssessmentEnvironment): Assessment {
  const { profile } = env
  const readings = readAll(history, env.signals)
  const highValue = isHighValue(history, profile, env.highValueFrom)
  const { tier, reason } = decideTier({ readings, highValue, gone: isGone(history, profile) })
  const score = coldStartScore(readings, history, profile.rhythm.kind)
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
    factors: factorsOf(readings, history, profile, env.median),
    profile: `${profile.name}@${profile.version}`,
    model: 'rules',
    horizon: env.horizon,
  }
}

/** The readings as plain values: a reading may work out its date when asked, and it is asked here, once. */
function readAll(history: History, signals: readonly Signal[]): Reading[] {
  return signals.flatMap((signal) => {
    const reading = signal.read(history)
    return reading === null ? [] : [{ ...reading }]
  })
}

function typicalLtv({ profile, median }: AssessmentEnvironment): number {
  const typical = profile.ltv === undefined ? Number.NaN : median(profile.ltv)
  return Number.isFinite(typical) ? typical : 0
}
