import type { Segments } from '../features/segment.ts'
import { type AssessmentEnvironment, assess } from './assess.ts'
import { type Assessment, TIERS } from './assessment.ts'
import { withSegments } from './place.ts'
import { routineOf } from './routine.ts'
import type { HistoriesAt } from './snapshot.ts'

/** Everyone's verdict at one instant, customer i of the snapshot; in numbers, for there may be a million. */
export interface Verdicts {
  readonly scores: Float64Array
  readonly priorities: Float64Array
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  /** How many were told at a glance. */
  readonly glances: number
  /** Assessments of all who are not routine, and of those named besides, by ascending customer number. */
  assessmentsOf(named: Iterable<string>): Promise<readonly Assessment[]>
}

/** Glances between two looks at the event loop, and how many of them reading everything takes as long as. */
const STEP = 2_000
const READING = 40
const ROUTINE = TIERS.indexOf('routine')

/**
 * Judges everyone: those who are plainly routine by a glance, the others by reading everything there is about them.
 * `breathe` is waited for between two pieces of work of a few milliseconds.
 */
export async function judgeNight(
  snapshot: HistoriesAt,
  environment: (index: number) => AssessmentEnvironment,
  groups: Segments | null,
  breathe: () => Promise<void>,
): Promise<Verdicts> {
  const { size } = snapshot
  const scores = new Float64Array(size)
  const priorities = new Float64Array(size)
  const tiers = new Uint8Array(size).fill(ROUTINE)
  const judged = new Map<number, Assessment>()
  let effort = 0
  let glances = 0
  for (let index = 0; index < size; index += 1) {
    const history = snapshot.history(index)
    const env = environment(index)
    const routine = routineOf(history, env)
    const assessment = routine === null ? assess(history, env) : null
    if (routine !== null) glances += 1
    effort += routine === null ? READING : 1
    if (effort >= STEP) {
      await breathe()
      effort = 0
    }
    const { score, priority } = routine ?? assessment!
    scores[index] = score
    priorities[index] = priority
    if (assessment === null || assessment.tier === 'routine') continue
    tiers[index] = TIERS.indexOf(assessment.tier)
    judged.set(index, assessment)
  }
  return {
    scores,
    priorities,
    tiers,
    glances,
    assessmentsOf: async (named) => {
      const all = new Map(judged)
      for (const customer of named) {
        const index = snapshot.indexOf(customer)
        if (index === undefined || all.has(index)) continue
        all.set(index, assess(snapshot.history(index), environment(index)))
        if (all.size % (STEP / READING) === 0) await breathe()
      }
      const inOrder = new Map([...all].sort(([a], [b]) => a - b))
      return withSegments(inOrder, groups)
    },
  }
}
