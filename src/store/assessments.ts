import type { NewId } from '../ids.ts'
import type { Assessment } from '../risk/assessment.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

/** One night's scores of everyone, by customer number, in the same order in each array. */
export interface ScoreRun {
  readonly asOf: Date
  readonly profile: string
  readonly model: string
  readonly horizon: Date
  readonly customers: readonly number[]
  readonly scores: readonly number[]
  readonly priorities: readonly number[]
  readonly tiers: readonly string[]
}

export interface AssessmentTable {
  latest(customer: string): Promise<Assessment | null>
  latestOf(customers: readonly string[]): Promise<Map<string, Assessment>>
  /** The newest assessment of every customer that has one. */
  latestOfAll(): Promise<Map<string, Assessment>>
  add(assessments: readonly Assessment[]): Promise<void>
  addRun(run: ScoreRun): Promise<void>
  /** The newest run, and the one before it for rank movement. */
  runs(count: number): Promise<ScoreRun[]>
  /** How far the data reached of which the newest run was made; without its scores, which are as many as customers. */
  horizon(): Promise<Date | null>
}

export function assessmentTable(db: Db, newId: NewId): AssessmentTable {
  return {
    latest: async (customer) => {
      const row = await db.assessment.findFirst({ where: { customer }, orderBy: { asOf: 'desc' } })
      return row === null ? null : (row.body as unknown as Assessment)
    },
    latestOf: async (customers) => {
      const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
        SELECT DISTINCT ON (customer) customer, body FROM assessment
        WHERE customer = ANY(${[...customers]}::uuid[]) ORDER BY customer, as_of DESC`
      return new Map(rows.map((row) => [row.customer, row.body]))
    },
    latestOfAll: async () => {
      const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
        SELECT DISTINCT ON (customer) customer, body FROM assessment ORDER BY customer, as_of DESC`
      return new Map(rows.map((row) => [row.customer, row.body]))
    },
    add: async (assessments) => {
      for (let start = 0; start < assessments.length; start += 500) {
        await db.assessment.createMany({
          data: assessments.slice(start, start + 500).map((each) => ({
            id: newId(),
            customer: each.customer,
            asOf: new Date(each.asOf),
            tier: each.tier,
            reason: each.reason,
            score: each.score,
            priority: each.priority,
            body: json(each),
            model: each.model,
            profile: each.profile,
          })),
        })
      }
    },
    addRun: async (run) => {
      const data = {
        profile: run.profile,
        model: run.model,
        horizon: run.horizon,
        customers: [...run.customers],
        scores: [...run.scores],
        priorities: [...run.priorities],
        tiers: [...run.tiers],
      }
      await db.scoreRun.upsert({
        where: { asOf: run.asOf },
        create: { id: newId(), asOf: run.asOf, ...data },
        update: data,
      })
    },
    horizon: async () => {
      const run = await db.scoreRun.findFirst({ orderBy: { asOf: 'desc' }, select: { horizon: true } })
      return run?.horizon ?? null
    },
    runs: (count) => db.scoreRun.findMany({ orderBy: { asOf: 'desc' }, take: count, omit: { id: true } }),
  }
}
