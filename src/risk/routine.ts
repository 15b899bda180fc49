import type { Profile } from '../features/profile.ts'
import { hasFallen } from '../signals/change.ts'
import { isGone } from '../signals/gone.ts'
import type { Signal } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import { bandOf, DEFAULT_BANDS } from './bands.ts'
import { causeOf } from './cause.ts'
import type { Environments } from './environment.ts'
import { priorityOf } from './priority.ts'
import { coldStartScore } from './score.ts'
import { ltvOf } from './value.ts'
import { typicalLtv } from './verdict.ts'

/** What is kept of someone who is plainly routine. */
export interface Routine {
  score: number
  priority: number
}

/**
 * What a glance tells. `routine`: everything; `calm`: that no signal would fire or be held back and the model's band
 * decides alone; `unclear`: nothing, every signal is to be read.
 */
export type Glance = 'routine' | 'calm' | 'unclear'

/** Evidence from these kinds speaks for a cause (see causeOf), whoever reads it. */
const TELLING: readonly string[] = ['voice', 'competitor_seen']

/**
 * Looks at someone without reading any signal: most people are plainly routine on most nights, and reading every signal
 * of theirs is what a night would otherwise be spent on. For a `routine` one, `found` is the score and priority that
 * `assess` would give them.
 */
export function glanceAt(
  history: History,
  index: number,
  environments: Environments,
  found: Routine,
): Glance {
  const { profile, signals, bands = DEFAULT_BANDS } = environments
  if (environments.isMuted(index)) return 'unclear'
  const probability = environments.probability(index)
  if (probability !== null && isGone(history, profile)) {
    // Whoever has left is routine unless a voice of theirs says otherwise; whoever said nothing has only a cause to be told.
    for (const signal of signals) if (!isCauseless(signal, history, profile)) return 'unclear'
  } else {
    for (const signal of signals) if (!isCalm(signal, history)) return 'unclear'
    if (bandOf(probability, bands) !== null) return 'calm'
  }
  const score = probability ?? coldStartScore([], history, profile.rhythm.kind)
  const ltvMinor = ltvOf(history, profile)?.minor ?? null
  found.score = score
  found.priority = priorityOf({
    score,
    ltvMinor,
    cause: causeOf([], history, profile, environments.mood),
    typicalLtvMinor: ltvMinor === null ? typicalLtv(environments.of(index)) : 0,
    odds: environments.odds,
  })
  return 'routine'
}

function isCalm(signal: Signal, history: History): boolean {
  return signal.isCalm?.(history) ?? false
}

/** True when nothing that this signal could say names a cause. */
function isCauseless(signal: Signal, history: History, profile: Profile): boolean {
  if (signal.name === 'silence') return true
  if (signal.name === 'change' && !hasFallen(history, profile, TELLING)) return true
  return isCalm(signal, history)
}
