import fc from 'fast-check'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { fillFactsOf } from '../../src/features/fact-columns.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { computeFeatures, finishRows } from '../../src/features/kernel.ts'
import { parentsOf } from '../../src/features/kind-tree.ts'
import type { EventRelation } from '../../src/features/sql.ts'
import { type SqlRow, sqlPlan } from '../../src/features/sql-plan.ts'
import { POSTGRES } from '../../src/features/sql-postgres.ts'
import type { Database } from '../../src/store/database.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTestDatabase, places } from '../places.ts'
import { AS_OF, randomFacts, randomRows } from '../timeline/random-rows.ts'
import { isClose, randomAggregates } from './random-aggregates.ts'
import { smallProfile } from './small-profile.ts'

const relation: EventRelation = { from: () => 'happened', measures: new Set(['amount', 'rating']) }
const words = { zh: '测试', en: 'test' }
const profile = smallProfile({
  aggregates: [{ name: 'f0', fn: 'count', kind: 'visit' }],
  kinds: { visit: words, order: { ...words, is: 'visit' }, login: words },
  attributes: { plan: { ...words, categories: ['basic', 'plus', 'pro'] }, warranty_end: words, seats: words },
  finalisers: [
    { name: 'per_day', expr: 'f0 / tenure_days' },
    { name: 'per_seat', expr: 'f0 / attr_seats' },
  ],
})

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

  /** Every customer's row as the database and the finalisers make it. */
  async function answers(list: FeatureList, facts: readonly CustomerFacts[], asOf: number) {
    const plan = sqlPlan(list, POSTGRES, relation)
    const kinds = await database.pool.query<{ kind: string }>(plan.seen(asOf))
    const seen = new Set(kinds.rows.map(({ kind }) => kind))
    const { rows } = await database.pool.query<SqlRow>(plan.cells(asOf))
    const byCustomer = new Map(rows.map((row) => [row['customer'], row]))
    const width = list.names.length
    const values = new Float64Array(facts.length * width)
    facts.forEach((one, index) => {
      fillFactsOf(list, one, asOf, values, index * width)
      plan.fill(byCustomer.get(one.id), seen, values, index * width)
    })
    finishRows(list, values, 0, facts.length)
    return values
  }

  /** Fails on the first cell in which they differ. */
  function compare(
    list: FeatureList,
    facts: readonly CustomerFacts[],
    kernel: Float64Array,
    sql: Float64Array,
  ) {
    kernel.forEach((cell, place) => {
      if (isClose(cell, sql[place]!)) return
      const name = list.names[place % list.names.length]
      const aggregate = list.profile.aggregates.find((one) => one.name === name)
      const { id } = facts[Math.floor(place / list.names.length)]!
      throw new Error(
        `${id} ${JSON.stringify(aggregate ?? name)}: the kernel says ${cell}, SQL ${sql[place]}`,
      )
    })
  }

  test('equal the kernel, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts, randomRows, randomAggregates, async (facts, all, aggregates) => {
        // A kind is measured as soon as anyone has it, and the kernel knows of no one but the customers it is given.
        const rows = all.filter(({ customer }) => facts.some(({ id }) => id === customer))
        await fill(rows)
        const list = featureList({ ...profile, aggregates })
        const columns = buildTimeline(facts, rows, parentsOf(profile))
        compare(
          list,
          columns.facts,
          computeFeatures(list, columns, AS_OF).values,
          await answers(list, columns.facts, AS_OF),
        )
      }),
      { numRuns: 60 },
    )
  })
})
