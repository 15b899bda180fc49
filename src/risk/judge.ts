import type { Segments } from '../features/segment.ts'
import type { Reading } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import { isExplained } from './assess.ts'
import { TIERS } from './assessment.ts'
import type { Environments } from './environment.ts'
import { leadingFactors } from './factors.ts'
import { factorsDigest, standingDigest } from './gist.ts'
import type { Marks } from './marks.ts'
import { glanceAt } from './routine.ts'
import { tellingReadings, verdictOf } from './verdict.ts'

const CALM: readonly Reading[] = []

/** Judges customers one by one and marks what it finds. */
export interface Judge {
  /** By a glance where that will do, else by reading all signals; true: a glance did. */
  look(index: number, history: History): boolean
  /** By reading the signals that say something, unless it is known that none would. */
  read(index: number, history: History, isCalm?: boolean): void
}

export function judgeOver(environments: Environments, groups: Segments | null, marks: Marks): Judge {
  const routine = { score: 0, priority: 0 }

  function read(index: number, history: History, isCalm = false): void {
    const env = environments.of(index)
    const verdict = verdictOf(history, env, isCalm ? CALM : tellingReadings(history, env))
    const { tier, reason, readings, stage, score, priority } = verdict
    const layer = groups?.layerWith(index, score, reason === 'already-gone').name
    marks.scores[index] = score
    marks.priorities[index] = priority
    marks.tiers[index] = TIERS.indexOf(tier)
    marks.standings[index] = standingDigest({
      tier,
      reason,
      readings,
      stage: stage?.stage.name ?? null,
      layer,
    })
    marks.factors[index] = isExplained(verdict, env)
      ? Number.NaN
      : factorsDigest(leadingFactors(readings, history, env.profile))
  }

  return {
    look(index, history) {
      const glance = glanceAt(history, index, environments, routine)
      if (glance !== 'routine') {
        read(index, history, glance === 'calm')
        return false
      }
      marks.scores[index] = routine.score
      marks.priorities[index] = routine.priority
      return true
    },
    read,
  }
}
