import { isGone } from '../signals/gone.ts'
import type { Signal } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import { bandOf, DEFAULT_BANDS } from './bands.ts'
import { causeOf } from './cause.ts'
import { priorityOf } from './priority.ts'
import { coldStartScore } from './score.ts'
import { ltvOf } from './value.ts'
import { type AssessmentEnvironment, typicalLtv } from './verdict.ts'

/** What is kept of someone who is plainly routine. */
export interface Routine {
  readonly score: number
  readonly priority: number
}

/** Evidence from these kinds speaks for a cause (see causeOf), whoever reads it. */
const TELLING: readonly string[] = ['voice', 'competitor_seen']

/**
 * The score and priority of someone who is plainly routine, as `assess` would give them, without reading any signal;
 * null: only `assess` can tell. Most people are plainly routine on most nights, and reading every signal of theirs is
 * what a night would otherwise be spent on.
 */
export function routineOf(history: History, env: AssessmentEnvironment): Routine | null {
  const { profile, signals, mutes = [], model, bands = DEFAULT_BANDS } = env
  if (mutes.length > 0) return null
  const probability = model?.forecast.probability ?? null
  if (isGone(history, profile) && probability !== null) {
    // Whoever has left is routine whatever the signals say; these may only speak for a cause.
    if (!signals.every((signal) => isCauseless(signal, history, env))) return null
  } else {
    if (bandOf(probability, bands) !== null) return null
    if (!signals.every((signal) => isCalm(signal, history))) return null
  }
  const score = probability ?? coldStartScore([], history, profile.rhythm.kind)
  const ltvMinor = ltvOf(history, profile)?.minor ?? null
  const priority = priorityOf({
    score,
    ltvMinor,
    cause: causeOf([], history, profile),
    typicalLtvMinor: ltvMinor === null ? typicalLtv(env) : 0,
  })
  return { score, priority }
}

function isCalm(signal: Signal, history: History): boolean {
  return signal.isCalm?.(history) ?? false
}

/** True when nothing that this signal could say names a cause. */
function isCauseless(signal: Signal, history: History, { profile }: AssessmentEnvironment): boolean {
  if (signal.name === 'silence') return true
  if (signal.name === 'change' && profile.change.every(({ basis }) => !TELLING.includes(basis))) return true
  return isCalm(signal, history)
}
