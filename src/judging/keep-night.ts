import { isWorthARow } from '../alerts/plan.ts'
import { type Assessment, TIERS } from '../risk/assessment.ts'
import type { NightlyVerdicts } from '../risk/scorer.ts'

/** What of a night is written besides everyone's scores. */
export interface Kept {
  /** Assessments worth a row that open or raise no case. */
  readonly keep: readonly Assessment[]
  /** Assessments whose case waits for a day with room. */
  readonly waiting: readonly Assessment[]
  /** What was known of customers before. */
  readonly before: ReadonlyMap<string, Assessment>
}

/** Everyone's scores of one night, by customer number, in the same order in each array. */
interface Run {
  readonly asOf: Date
  readonly profile: string
  readonly model: string
  readonly horizon: Date
  readonly customers: readonly number[]
  readonly scores: ArrayLike<number>
  readonly priorities: ArrayLike<number>
  readonly tiers: readonly string[]
  readonly deferred: readonly number[]
}

/** What of the store a night is written to. */
export interface NightStore {
  transaction(
    work: (tables: {
      readonly assessments: {
        addRun(run: Run): Promise<void>
        add(assessments: readonly Assessment[]): Promise<void>
      }
    }) => Promise<void>,
  ): Promise<void>
}

/** Assessments in one transaction: it must end long before its time is up. */
const ROWS = 5_000

/**
 * Writes a night: everyone's scores, and the assessments that somebody would miss. All of it or nothing, unless there are
 * very many assessments: then these come first, part by part. A night that broke off in between is judged again, and
 * finds what it has written as it was.
 */
export async function keepNight(
  store: NightStore,
  profile: string,
  night: NightlyVerdicts,
  { keep, waiting, before }: Kept,
): Promise<void> {
  const kept = waiting.filter((each) => isWorthARow(before.get(each.customer) ?? null, each))
  const rows = [...keep, ...kept]
  let start = 0
  for (; rows.length - start > ROWS; start += ROWS) {
    const part = rows.slice(start, start + ROWS)
    await store.transaction((tables) => tables.assessments.add(part))
  }
  await store.transaction(async (tables) => {
    await tables.assessments.addRun(runOf(profile, night, waiting))
    await tables.assessments.add(rows.slice(start))
  })
}

function runOf(profile: string, night: NightlyVerdicts, waiting: readonly Assessment[]): Run {
  return {
    asOf: new Date(night.asOf),
    profile,
    model: night.model,
    horizon: new Date(Number.isNaN(night.horizon) ? night.asOf : night.horizon),
    customers: night.facts.map(({ no }) => no),
    scores: night.scores,
    priorities: night.priorities,
    tiers: Array.from(night.tiers, (tier) => TIERS[tier]!),
    deferred: waiting.map(({ customer }) => night.historyOf(customer)!.customer.no),
  }
}
