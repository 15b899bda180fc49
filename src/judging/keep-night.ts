import { nudge } from '../features/memory.ts'
import type { LastKept } from '../risk/last-kept.ts'
import type { Pause } from '../risk/pause.ts'
import type { NightlyVerdicts } from '../risk/scorer.ts'
import { giveBack, type Written } from '../risk/written.ts'

/** What of a night is written besides everyone's scores. */
export interface Kept {
  /** Places of those whose assessment may be worth a row and who get none with a case. */
  readonly news: readonly number[]
  /** Places of those whose case waits for a day with room. */
  readonly waiting: readonly number[]
  /** What was written of customers before. */
  readonly last: LastKept
}

/** Everyone's scores of one night, by customer number, in the same order in each array. */
interface Run {
  readonly asOf: Date
  readonly profile: string
  readonly model: string
  readonly horizon: Date
  readonly customers: Int32Array
  readonly scores: ArrayLike<number>
  readonly priorities: ArrayLike<number>
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  readonly deferred: readonly number[]
}

/** What of the store a night is written to. */
export interface NightStore {
  writeNight(
    work: (tables: {
      readonly assessments: {
        addRun(run: Run): Promise<void>
        addWritten(lists: readonly Written[]): Promise<void>
      }
    }) => Promise<void>,
  ): Promise<void>
}

/** Assessments in one transaction: it must end long before its time is up, and their memory is held twice, made and on its way. */
const ROWS = 2_500
/** Assessments whose words, needed no more, are worth a look: the collector itself waits for a hundred megabytes of them. */
const LITTER = 40_000

/**
 * Writes a night: everyone's scores, and the assessments that somebody would miss, made here as many at a time as one
 * transaction takes, while the ones before are written. All of it or nothing, unless there are very many assessments:
 * then these come first, part by part. A night that broke off in between is judged again, and finds what it has written
 * as it was. Gives how many were written.
 */
export async function keepNight(
  store: NightStore,
  profile: string,
  night: NightlyVerdicts,
  { news: unordered, waiting, last }: Kept,
  pause: Pause,
): Promise<number> {
  await pause()
  const news = night.nearby(unordered)
  let rows = 0
  let writing = Promise.resolve()
  for (let start = 0; ; start += ROWS) {
    const lists = await assessed(night, news.slice(start, start + ROWS), last)
    const isLast = start + ROWS >= news.length
    const run = isLast ? await runOf(profile, night, waiting, pause) : null
    await writing
    writing = written(store, run, lists)
    // Whoever waits for it hears of it; until then it is nobody's unhandled failure.
    writing.catch(() => {})
    for (const { customers } of lists) rows += customers.length
    if (start % LITTER === LITTER - ROWS) nudge()
    if (isLast) break
  }
  await writing
  return rows
}

async function written(store: NightStore, run: Run | null, lists: readonly Written[]): Promise<void> {
  await store.writeNight(async ({ assessments }) => {
    if (run !== null) await assessments.addRun(run)
    if (lists.length > 0) await assessments.addWritten(lists)
  })
  for (const list of lists) giveBack(list)
}

/** Assessments of those whose verdict has really changed; what the model says of the others is as it was. */
async function assessed(
  night: NightlyVerdicts,
  places: readonly number[],
  last: LastKept,
): Promise<readonly Written[]> {
  return (await night.news(places, last)).filter(({ customers }) => customers.length > 0)
}

async function runOf(
  profile: string,
  night: NightlyVerdicts,
  waiting: readonly number[],
  pause: Pause,
): Promise<Run> {
  const { facts } = night
  const customers = new Int32Array(facts.length)
  for (let index = 0; index < facts.length; index += 1) {
    customers[index] = facts.at(index)!.no
    if (index % LOOK === LOOK - 1) await pause()
  }
  await pause()
  return {
    asOf: new Date(night.asOf),
    profile,
    model: night.model,
    horizon: new Date(Number.isNaN(night.horizon) ? night.asOf : night.horizon),
    customers,
    scores: night.scores,
    priorities: night.priorities,
    tiers: night.tiers,
    deferred: waiting.map((index) => customers[index]!),
  }
}

/** Customers between two looks at the clock, where each takes next to nothing. */
const LOOK = 10_000
