import type { NewId } from '../ids.ts'
import type { Assessment, Tier } from '../risk/assessment.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

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
  /** Numbers of the customers whose card waits for a day with room. */
  readonly deferred: readonly number[]
}

/** One customer in one night's run. */
export interface TrendPoint {
  readonly asOf: Date
  readonly score: number
  readonly tier: Tier
}

export interface AssessmentTable {
  latest(customer: string): Promise<Assessment | null>
  latestOf(customers: readonly string[]): Promise<Map<string, Assessment>>
  /** The newest assessment of every customer that has one. */
  latestOfAll(): Promise<Map<string, Assessment>>
  /** The newest assessment of every customer who was judged after an instant. */
  since(at: Date): Promise<Map<string, Assessment>>
  add(assessments: readonly Assessment[]): Promise<void>
  addRun(run: ScoreRun): Promise<void>
  /** One customer's score and tier in the newest `nights` runs, oldest first; nights without them are left out. */
  trend(customerNo: number, nights: number): Promise<TrendPoint[]>
  /** The newest runs. */
  runs(count: number): Promise<ScoreRun[]>
  /** The newest run at or before an instant. */
  runBefore(at: Date): Promise<ScoreRun | null>
  /** How far the data reached of which the newest run was made; without its scores, which are as many as customers. */
  horizon(): Promise<Date | null>
}

const HORIZON: Statement = {
  name: 'horizon',
  sql: 'SELECT to_jsonb(horizon) AS body FROM score_run ORDER BY as_of DESC LIMIT 1',
}

export function assessmentTable(db: Db, ask: Ask, newId: NewId): AssessmentTable {
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
    since: async (at) => {
      const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
        SELECT DISTINCT ON (customer) customer, body FROM assessment
        WHERE as_of > ${at} ORDER BY customer, as_of DESC`
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
        deferred: [...run.deferred],
      }
      await db.scoreRun.upsert({
        where: { asOf: run.asOf },
        create: { id: newId(), asOf: run.asOf, ...data },
        update: data,
      })
    },
    trend: (customerNo, nights) => db.$queryRaw<TrendPoint[]>`
      SELECT as_of AS "asOf", scores[place] AS score, tiers[place] AS tier
      FROM (SELECT as_of, scores, tiers, array_position(customers, ${customerNo}::int) AS place
            FROM score_run ORDER BY as_of DESC LIMIT ${nights}) AS run
      WHERE place IS NOT NULL ORDER BY as_of`,
    horizon: async () => {
      const written = await ask<string>(HORIZON, [])
      return written === null ? null : new Date(written)
    },
    runs: (count) => db.scoreRun.findMany({ orderBy: { asOf: 'desc' }, take: count, omit: { id: true } }),
    runBefore: (at) =>
      db.scoreRun.findFirst({ where: { asOf: { lte: at } }, orderBy: { asOf: 'desc' }, omit: { id: true } }),
  }
}
