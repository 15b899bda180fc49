import type { Segments } from '../features/segment.ts'
import { assessmentOf } from './assess.ts'
import type { Assessment } from './assessment.ts'
import type { Environments } from './environment.ts'
import { type Gist, gistFrom } from './gist.ts'
import { judgeOver } from './judge.ts'
import { allTaken } from './lanes.ts'
import { type Marks, marksOf } from './marks.ts'
import { type News, newsOf } from './news.ts'
import type { Pause } from './pause.ts'
import { segmentsAt } from './place.ts'
import type { HistoriesAt } from './snapshot.ts'
import type { NightTold } from './told.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** Everyone's verdict at one instant, customer i of the snapshot. */
export interface Verdicts extends Pick<Marks, 'scores' | 'priorities' | 'tiers'>, News {
  /** How many were told at a glance. */
  readonly glances: number
  /** What would make this customer's assessment news; its factors are NaN where only explaining the model tells them. */
  gistAt(index: number): Gist
  verdictAt(index: number): Verdict
  /** Everything there is to say of one customer; dear. */
  assessmentAt(index: number): Assessment
}

/** What everyone is judged by. */
export interface NightJudging {
  readonly environments: Environments
  /** How everyone is sorted; null: not at all. */
  readonly groups: Segments | null
  /** What threads are to be told, where they can judge beside this one; null: they are not asked. */
  readonly told: Omit<NightTold, 'apart' | 'marks'> | null
}

/** Customers judged between two looks at the clock. */
const LOOK = 8

/**
 * Judges everyone: those who are plainly routine by a glance, the others by reading all signals about them. Of whom threads
 * do not know enough are judged by this one.
 */
export async function judgeNight(
  snapshot: HistoriesAt,
  { environments, groups, told }: NightJudging,
  pause: Pause,
): Promise<Verdicts> {
  const { size, near, shares } = snapshot
  await pause()
  const marks = marksOf(size, told !== null)
  await pause()
  const { look, read } = judgeOver(environments, groups, marks)
  let glances = 0

  async function judgeHere(places: Int32Array, only: Uint8Array | null = null): Promise<void> {
    for (let nth = 0; nth < places.length; nth += 1) {
      const index = places[nth]!
      if ((only === null || only[index] === 1) && look(index, snapshot.history(index))) glances += 1
      const rest = nth % LOOK === 0 ? pause() : null
      if (rest !== null) await rest
    }
  }

  const threads =
    shares === null || told === null
      ? null
      : { shares, told: { ...told, apart: shares.apart(environments.muted), marks } }
  if (threads === null) for (const places of near) await judgeHere(places)
  else {
    const left: number[] = []
    const elsewhere = async (share: number): Promise<void> => {
      left.push(share)
      const told = await threads.shares.judge(share, threads.told)
      glances += told
    }
    await allTaken(near.length, (share) => judgeHere(near[share]!), elsewhere, threads.shares.lanes)
    for (const share of left) await judgeHere(near[share]!, threads.told.apart)
  }

  const { scores, priorities, tiers, standings, factors } = marks
  const assessmentAt = (index: number): Assessment => {
    const [history, env] = [snapshot.history(index), environments.of(index)]
    const verdict = verdictOf(history, env)
    return assessmentOf(verdict, history, env, segmentsAt(index, verdict, groups))
  }
  return {
    scores,
    priorities,
    tiers,
    glances,
    verdictAt: (index) => verdictOf(snapshot.history(index), environments.of(index)),
    gistAt: (index) => {
      // Whoever was told at a glance is read when someone asks.
      if (Number.isNaN(standings[index]!)) read(index, snapshot.history(index))
      return { standing: standings[index]!, factors: factors[index]! }
    },
    assessmentAt,
    ...newsOf({ assessmentAt, gistOf: (...of) => gistFrom(marks, ...of) }, threads, pause),
  }
}
