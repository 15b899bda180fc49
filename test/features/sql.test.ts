import fc from 'fast-check'
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Aggregate } from '../../src/features/feature.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import {
  aggregatesSql,
  cellOf,
  cellWithout,
  type EventRelation,
  seenKindsSql,
} from '../../src/features/sql.ts'
import { POSTGRES } from '../../src/features/sql-postgres.ts'
import type { Database } from '../../src/store/database.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTestDatabase, places } from '../places.ts'
import { AS_OF, randomFacts, randomRows } from '../timeline/random-rows.ts'
import { isClose, randomAggregates } from './random-aggregates.ts'
import { smallProfile } from './small-profile.ts'

const relation: EventRelation = { from: () => 'happened', measures: new Set(['amount', 'rating']) }
const parents = new Map([['order', 'visit']])
const kindsAs = (kind: string): string[] => [
  kind,
  ...[...parents].flatMap(([child, parent]) => (parent === kind ? [child] : [])),
]

describe.each(places)('aggregates as SQL on $name', (where) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(where)
    await database.pool.query(
      `CREATE TABLE happened (customer text, kind text, at timestamptz(3), id text COLLATE "C", amount float8, rating float8)`,
    )
  })
  afterAll(() => database.close())

  async function fill(rows: readonly TimelineRow[]): Promise<void> {
    await database.pool.query('TRUNCATE happened')
    await database.pool.query(
      `INSERT INTO happened SELECT customer, kind, to_timestamp(at / 1000.0), id, amount, rating FROM json_to_recordset($1::json)
         AS rows(customer text, kind text, at float8, id text, amount float8, rating float8)`,
      [JSON.stringify(rows)],
    )
  }

  /** Every customer's cells by the database, beside what the kernel says. */
  async function answers(aggregates: readonly Aggregate[], asOf: number) {
    const options = { dialect: POSTGRES, relation, kindsAs, asOf }
    const kinds = [...new Set(aggregates.flatMap(({ kind }) => kindsAs(kind)))]
    const seen = await database.pool.query<{ kind: string }>(seenKindsSql(kinds, options))
    const names = new Set(seen.rows.map(({ kind }) => kind))
    const { rows } = await database.pool.query<Record<string, unknown>>(aggregatesSql(aggregates, options))
    const byCustomer = new Map(rows.map((row) => [row['customer'], row]))
    return (customer: string, index: number): number => {
      const aggregate = aggregates[index]!
      if (!kindsAs(aggregate.kind).some((kind) => names.has(kind))) return Number.NaN
      const row = byCustomer.get(customer)
      return row === undefined ? cellWithout(aggregate) : cellOf(row[`f${index}`])
    }
  }

  test('equal the kernel, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts, randomRows, randomAggregates, async (facts, all, aggregates) => {
        // A kind is measured as soon as anyone has it, and the kernel knows of no one but the customers it is given.
        const rows = all.filter(({ customer }) => facts.some(({ id }) => id === customer))
        await fill(rows)
        const list = featureList(smallProfile({ aggregates }))
        const columns = buildTimeline(facts, rows, parents)
        const answer = await answers(aggregates, AS_OF)
        const matrix = computeFeatures(list, columns, AS_OF)
        columns.facts.forEach(({ id }, customer) => {
          aggregates.forEach((aggregate, index) => {
            const kernel = matrix.row(customer)[matrix.index.get(aggregate.name)!]!
            const sql = answer(id, index)
            if (!isClose(kernel, sql)) {
              throw new Error(`${id} ${JSON.stringify(aggregate)}: the kernel says ${kernel}, SQL ${sql}`)
            }
          })
        })
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
