import type { Profile } from '../features/profile.ts'
import { type Mutable, plainReading } from '../signals/dated.ts'
import type { Reading, SignalName } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import { type Assessment, isAlertTier, type SegmentNames } from './assessment.ts'
import { factorsOf } from './factors.ts'
import { ltvOf } from './value.ts'
import { type AssessmentEnvironment, type Explanation, type Verdict, verdictOf } from './verdict.ts'

/** Judges one customer at the history's instant, with everything needed to say why. */
export function assess(history: History, env: AssessmentEnvironment): Assessment {
  return assessmentOf(verdictOf(history, env), history, env)
}

/** A verdict with everything needed to say why: dates, factors, what would lower the score, the newest events. */
export function assessmentOf(
  verdict: Verdict,
  history: History,
  env: AssessmentEnvironment,
  segments: SegmentNames | null = null,
): Assessment {
  const { profile } = env
  const { tier, stage } = verdict
  const readings: Reading[] = []
  const fired: SignalName[] = []
  for (const reading of verdict.readings) {
    readings.push(plainReading(reading))
    if (reading.fired) fired.push(reading.signal)
  }
  const forecast = env.model?.forecast
  const explained = explanationOf(verdict, env)
  const assessment: Mutable<Assessment> = {
    customer: history.customer.id,
    asOf: history.asOf,
    tier,
    reason: verdict.reason,
    signals: fired,
    score: verdict.score,
    priority: verdict.priority,
    highValue: verdict.highValue,
    cause: verdict.cause,
    readings,
    factors: explained?.factors ?? factorsOf(readings, history, profile, env.median),
    stage: stage === null ? null : { name: stage.stage.name, sentence: stage.sentence },
    profile: `${profile.name}@${profile.version}`,
    model: env.model?.name ?? 'rules',
    horizon: env.horizon,
  }
  // One by one: an object put together of others is made several times as slowly, and a night makes very many.
  const ltv = ltvOf(history, profile)
  if (ltv?.estimated === true && ltv.minor > 0) assessment.ltvEstimateMinor = ltv.minor
  if (forecast !== undefined) assessment.forecast = forecast
  if (explained !== null && explained.lever !== null) assessment.lever = explained.lever
  if (isAlertTier(tier)) assessment.beats = newestBeats(history, profile)
  if (segments !== null) assessment.segments = segments
  return assessment
}

/** Explaining is dear: only those who get a card are explained. Null: the rules' factors stand. */
function explanationOf(verdict: Verdict, env: AssessmentEnvironment): Explanation | null {
  return isExplained(verdict, env) ? env.model!.explain!() : null
}

/** True when the factors are the model's, not the rules'. */
export function isExplained({ tier }: Pick<Verdict, 'tier'>, { model }: AssessmentEnvironment): boolean {
  return isAlertTier(tier) && model !== undefined && model.explain !== null
}

/** Enough to see a rhythm, few enough to keep with every alert. */
const BEATS = 12

function newestBeats(history: History, { rhythm: { kind } }: Profile): NonNullable<Assessment['beats']> {
  return { event: kind, at: Array.from(history.events(kind).at.subarray(-BEATS)) }
}
