import type { NewId } from '../ids.ts'
import type { Assessment, Tier } from '../risk/assessment.ts'
import type { Db } from './rows.ts'
import { jsonText } from './rows.ts'
import { type NewRun, type ScoreRun, writeRun } from './score-run.ts'
import type { Ask, Statement } from './statement.ts'

export type { ScoreRun } from './score-run.ts'

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
  /** Writes a run, over an earlier one of the same instant. */
  addRun(run: NewRun): Promise<void>
  /** One customer's score and tier in the newest `nights` runs, oldest first; nights without them are left out. */
  trend(customerNo: number, nights: number): Promise<TrendPoint[]>
  /** The newest runs. */
  runs(count: number): Promise<ScoreRun[]>
  /** The newest run at or before an instant. */
  runBefore(at: Date): Promise<ScoreRun | null>
  /** How far the data reached of which the newest run was made; without its scores, which are as many as customers. */
  horizon(): Promise<Date | null>
}

/** A few milliseconds of this thread. */
const ROWS_A_STATEMENT = 100
const READ_A_STATEMENT = 500

/** No customer's id: all others come after it. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

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
      const latest = new Map<string, Assessment>()
      for (let after = NOBODY; ; ) {
        const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
          SELECT DISTINCT ON (customer) customer, body FROM assessment
          WHERE customer > ${after}::uuid ORDER BY customer, as_of DESC LIMIT ${READ_A_STATEMENT}`
        for (const { customer, body } of rows) latest.set(customer, body)
        if (rows.length < READ_A_STATEMENT) return latest
        after = rows.at(-1)!.customer
      }
    },
    since: async (at) => {
      const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
        SELECT DISTINCT ON (customer) customer, body FROM assessment
        WHERE as_of > ${at} ORDER BY customer, as_of DESC`
      return new Map(rows.map((row) => [row.customer, row.body]))
    },
    add: async (assessments) => {
      for (let start = 0; start < assessments.length; start += ROWS_A_STATEMENT) {
        const rows = assessments.slice(start, start + ROWS_A_STATEMENT).map((each) => ({
          id: newId(),
          customer: each.customer,
          as_of: new Date(each.asOf),
          tier: each.tier,
          reason: each.reason,
          // As text: JSON has no NaN, and the database is to refuse it by name.
          score: String(each.score),
          priority: String(each.priority),
          body: each,
          model: each.model,
          profile: each.profile,
        }))
        // One parameter for all of them: handing over each value by itself takes ten times as long.
        await db.$executeRaw`
          INSERT INTO assessment (id, customer, as_of, tier, reason, score, priority, body, model, profile)
          SELECT id, customer, as_of, tier, reason, score, priority, body, model, profile
          FROM jsonb_to_recordset(${jsonText(rows)}::jsonb) AS row (id uuid, customer uuid, as_of timestamptz,
            tier text, reason text, score float8, priority float8, body jsonb, model text, profile text)`
      }
    },
    addRun: (run) =>
      '$transaction' in db
        ? db.$transaction((within) => writeRun(within, run, newId))
        : writeRun(db, run, newId),
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
