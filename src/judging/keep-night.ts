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

/** Writes a night, all of it or nothing: everyone's scores, and the assessments that somebody would miss. */
export async function keepNight(
  store: NightStore,
  profile: string,
  night: NightlyVerdicts,
  { keep, waiting, before }: Kept,
): Promise<void> {
  const kept = waiting.filter((each) => isWorthARow(before.get(each.customer) ?? null, each))
  await store.transaction(async (tables) => {
    await tables.assessments.addRun(runOf(profile, night, waiting))
    await tables.assessments.add([...keep, ...kept])
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
