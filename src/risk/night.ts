import type { Segments } from '../features/segment.ts'
import type { History } from '../timeline/history.ts'
import { assessmentOf, isExplained } from './assess.ts'
import { type Assessment, TIERS } from './assessment.ts'
import type { Environments } from './environment.ts'
import { leadingFactors } from './factors.ts'
import { factorsDigest, type Gist, standingDigest } from './gist.ts'
import type { Pause } from './pause.ts'
import { withSegments } from './place.ts'
import { glanceAt } from './routine.ts'
import type { HistoriesAt } from './snapshot.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** Everyone's verdict at one instant, customer i of the snapshot; in numbers, for there may be a million. */
export interface Verdicts {
  readonly scores: Float64Array
  readonly priorities: Float64Array
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  /** How many were told at a glance. */
  readonly glances: number
  /** What would make this customer's assessment news; its factors are NaN where only explaining the model tells them. */
  gistAt(index: number): Gist
  verdictAt(index: number): Verdict
  /** Everything there is to say of one customer; dear. */
  assessmentAt(index: number): Assessment
}

/** Customers judged between two looks at the clock. */
const LOOK = 8
const ROUTINE = TIERS.indexOf('routine')

/** Judges everyone: those who are plainly routine by a glance, the others by reading all signals about them. */
export async function judgeNight(
  snapshot: HistoriesAt,
  environments: Environments,
  groups: Segments | null,
  pause: Pause,
): Promise<Verdicts> {
  const { size } = snapshot
  const scores = new Float64Array(size)
  const priorities = new Float64Array(size)
  const tiers = new Uint8Array(size).fill(ROUTINE)
  const standings = new Float64Array(size).fill(Number.NaN)
  const factors = new Float64Array(size)
  const routine = { score: 0, priority: 0 }
  let glances = 0

  function judge(index: number, history: History, isCalm = false): Verdict {
    const env = environments.of(index)
    const verdict = verdictOf(history, env, isCalm)
    const { tier, reason, readings, stage, score } = verdict
    const layer = groups?.layerWith(index, score, reason === 'already-gone').name
    standings[index] = standingDigest({ tier, reason, readings, stage: stage?.stage.name ?? null, layer })
    factors[index] = isExplained(verdict, env)
      ? Number.NaN
      : factorsDigest(leadingFactors(readings, history, env.profile))
    return verdict
  }

  async function judgeAll(places: Int32Array): Promise<void> {
    for (let nth = 0; nth < places.length; nth += 1) {
      look(places[nth]!)
      const rest = nth % LOOK === 0 ? pause() : null
      if (rest !== null) await rest
    }
  }

  function look(index: number): void {
    const history = snapshot.history(index)
    const glance = glanceAt(history, index, environments, routine)
    if (glance === 'routine') {
      scores[index] = routine.score
      priorities[index] = routine.priority
      glances += 1
    } else {
      const { score, priority, tier } = judge(index, history, glance === 'calm')
      scores[index] = score
      priorities[index] = priority
      tiers[index] = TIERS.indexOf(tier)
    }
  }

  for (const places of snapshot.near) await judgeAll(places)

  return {
    scores,
    priorities,
    tiers,
    glances,
    verdictAt: (index) => verdictOf(snapshot.history(index), environments.of(index)),
    gistAt: (index) => {
      // Whoever was told at a glance is read when someone asks.
      if (Number.isNaN(standings[index]!)) judge(index, snapshot.history(index))
      return { standing: standings[index]!, factors: factors[index]! }
    },
    assessmentAt: (index) => {
      const [history, env] = [snapshot.history(index), environments.of(index)]
      return withSegments(index, assessmentOf(verdictOf(history, env), history, env), groups)
    },
  }
}
