import type { ClientBase } from 'pg'
import type { NewId } from '../ids.ts'
import { type Assessment, TIERS } from '../risk/assessment.ts'
import { gistOf } from '../risk/gist.ts'
import type { KeptPage } from '../risk/last-kept.ts'
import { giveBack, type Written, writing } from '../risk/written.ts'
import { bigints, floats, instants, jsons, texts, uuids } from './binary-arrays.ts'
import { copyWritten } from './copy-rows.ts'
import { keptPages } from './kept-pages.ts'
import type { Db } from './rows.ts'
import { type NewRun, runFrom, type ScoreRun, type TrendPoint, trendOf, writeRun } from './score-run.ts'
import { type Ask, type Statement, type Write, writeBy, writeWithin } from './statement.ts'

export type { ScoreRun, TrendPoint } from './score-run.ts'

export interface AssessmentTable {
  latest(customer: string): Promise<Assessment | null>
  latestOf(customers: readonly string[]): Promise<Map<string, Assessment>>
  /** What a night compares with, of every assessment there is: a customer's newest may come before older ones. */
  lastKept(): AsyncIterable<KeptPage>
  /** The newest assessment of every customer who was judged after an instant. */
  since(at: Date): Promise<Map<string, Assessment>>
  /** Writes assessments, each over an earlier one of the same customer and instant. */
  add(assessments: readonly Assessment[]): Promise<void>
  /** Notes of these customers, in the newest run, that their card waits for a day with room. */
  defer(customers: readonly string[]): Promise<void>
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

/** What a night writes, in one transaction of its own. */
export type NightTables = {
  readonly assessments: Pick<AssessmentTable, 'addRun'> & {
    /** Lists of best a hundred, each assessment over an earlier one of the same customer and instant. */
    addWritten(lists: readonly Written[]): Promise<void>
  }
}

export function nightTables(client: ClientBase, embedded: boolean, newId: NewId): NightTables {
  const write = writeBy(client)
  return {
    assessments: {
      addRun: (run) => writeRun(write, run, newId),
      addWritten: async (lists) => {
        // COPY breaks the embedded database's connection.
        if (embedded) for (const written of lists) await writePage(write, written, newId)
        else {
          const all = Float64Array.from(lists.flatMap(({ asOf }) => [...asOf]))
          await write(REPLACED, [uuids(lists.flatMap(({ customers }) => customers)), instants(all)])
          await copyWritten(client, lists, newId)
        }
      },
    },
  }
}

/** A few milliseconds of this thread. */
const ROWS_A_STATEMENT = 100

const HORIZON: Statement = {
  name: 'horizon',
  sql: 'SELECT to_jsonb(horizon) AS body FROM score_run WHERE length(customers) > 0 ORDER BY as_of DESC LIMIT 1',
}

const DEFER: Statement = {
  name: 'defer',
  sql: `
  WITH waiting AS (
    UPDATE score_run r SET deferred = r.deferred || ARRAY(
      SELECT c.no FROM customer c
      WHERE c.id IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid) AND c.no <> ALL (r.deferred) ORDER BY c.no)
    WHERE r.as_of = (SELECT max(as_of) FROM score_run) RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM waiting`,
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
    lastKept: () => keptPages(ask),
    since: async (at) => {
      const rows = await db.$queryRaw<{ customer: string; body: Assessment }[]>`
        SELECT DISTINCT ON (customer) customer, body FROM assessment
        WHERE as_of > ${at} ORDER BY customer, as_of DESC`
      return new Map(rows.map((row) => [row.customer, row.body]))
    },
    add: async (assessments) => {
      for (let start = 0; start < assessments.length; start += ROWS_A_STATEMENT) {
        const some = assessments.slice(start, start + ROWS_A_STATEMENT)
        const list = writing(some.length)
        for (const each of some) list.add(each, gistOf(each))
        const written = list.end()
        await writePage(writeWithin(db), written, newId)
        giveBack(written)
      }
    },
    defer: async (customers) => {
      if (customers.length > 0) await ask(DEFER, [JSON.stringify(customers)])
    },
    addRun: (run) =>
      '$transaction' in db
        ? db.$transaction((within) => writeRun(writeWithin(within), run, newId))
        : writeRun(writeWithin(db), run, newId),
    trend: (customerNo, nights) => trendOf(db, customerNo, nights),
    horizon: async () => {
      const written = await ask<string>(HORIZON, [])
      return written === null ? null : new Date(written)
    },
    runs: async (count) => {
      const rows = await db.scoreRun.findMany({ orderBy: { asOf: 'desc' }, take: count })
      return rows.map(runFrom)
    },
    runBefore: async (at) => {
      const row = await db.scoreRun.findFirst({ where: { asOf: { lte: at } }, orderBy: { asOf: 'desc' } })
      return row === null ? null : runFrom(row)
    },
  }
}

/** A list of values is one parameter: handing over each by itself takes ten times as long. */
async function writePage(write: Write, written: Written, newId: NewId): Promise<void> {
  const { customers, asOf, tiers, reasons, scores, priorities, bodies, ends, models, profiles } = written
  await write(PAGE, [
    uuids(customers),
    instants(asOf),
    uuids(customers.map(() => newId())),
    texts(Array.from(tiers, (tier) => TIERS[tier]!)),
    texts(reasons),
    floats(scores),
    floats(priorities),
    jsons(bodies, ends),
    texts(models),
    texts(profiles),
    bigints(written.standings),
    bigints(written.factors),
  ])
}

/** One by one from the index: for thousands at once the database would rather read the whole table. */
const REPLACED = `
      DELETE FROM assessment WHERE id = ANY (ARRAY (
        SELECT earlier.id FROM unnest($1::uuid[], $2::timestamptz[]) AS row (customer, as_of),
          LATERAL (SELECT id FROM assessment a
            WHERE a.customer = row.customer AND a.as_of = row.as_of OFFSET 0) earlier))`

const PAGE = `
    WITH replaced AS (${REPLACED})
    INSERT INTO assessment (customer, as_of, id, tier, reason, score, priority, body, model, profile,
      standing, factors)
    SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::float8[],
      $7::float8[], $8::json[], $9::text[], $10::text[], $11::bigint[], $12::bigint[])`
