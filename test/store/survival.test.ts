import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { openTestStore } from './samples.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const CHURN = { active: ['visit', 'login'], cancelled: ['cancelled'], inactiveDays: 60 }

describe.each(places)('who was retained and is still here, on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  /** A case whose watch began so many days before NOW, and what its customer did, in days after that. */
  async function retained(ago: number, did: Readonly<Record<string, readonly number[]>>, state = 'retained') {
    const [customer, from] = [randomUUID(), new Date(+NOW - ago * 86_400_000)]
    await database.pool.query('INSERT INTO customer (id) VALUES ($1)', [customer])
    await database.pool.query(
      `INSERT INTO alert (id, customer, tier, state, trigger, opened_at, watch_from, closed_at, assessment)
        VALUES ($1, $2, 'P1', $3, 'risk', $4, $4, $4, '{}')`,
      [randomUUID(), customer, state, from.toISOString()],
    )
    for (const [kind, days] of Object.entries(did))
      for (const day of days)
        await database.pool.query(
          'INSERT INTO event (id, source, source_id, customer, kind, at) VALUES ($1::text::uuid, $2, $1::text, $3, $4, $5)',
          [randomUUID(), 'crm', customer, kind, new Date(+from + day * 86_400_000).toISOString()],
        )
  }
  const survival = (days: number) => store.reports.survival(days, NOW, CHURN)

  it('counts whoever was active within the limit and had not cancelled so long after', async () => {
    await retained(100, { visit: [-20, 80] })
    await retained(100, { visit: [-20], login: [31] })
    await retained(100, { visit: [-20, 85], cancelled: [86] })
    await retained(100, { visit: [-20, 29] })
    expect(await survival(90)).toEqual({ count: 2, of: 4 })
  })

  it('asks for how it was then: what came later, either way, is another matter', async () => {
    await retained(200, { visit: [80], cancelled: [120] })
    await retained(200, { cancelled: [10], visit: [150] })
    expect(await survival(90)).toEqual({ count: 1, of: 2 })
    expect(await survival(180)).toEqual({ count: 1, of: 2 })
  })

  it('cases that ended are counted by their likely reason, with what was granted', async () => {
    await retained(100, {})
    await retained(90, {}, 'relapsed')
    await retained(80, {}, 'watch')
    await retained(70, {}, 'dismissed')
    const ended = (result: string, costMinor: number) => JSON.stringify({ result, costMinor })
    await database.pool.query(`UPDATE alert SET assessment = '{"cause": "service"}', outcome = $1`, [
      ended('stays', 5_000),
    ])
    await retained(60, {}, 'resolved')
    await database.pool.query(`UPDATE alert SET outcome = $1 WHERE state = 'resolved'`, [ended('lost', 70)])
    await retained(50, {}, 'resolved')
    expect(await store.reports.settled()).toEqual([
      { cause: 'service', cases: 2, kept: 1, costMinor: 10_000 },
      { cause: 'unknown', cases: 1, kept: 0, costMinor: 70 },
    ])
  })

  it('leaves out whose time has not come, who slipped, and knows nobody by nothing', async () => {
    await retained(80, { visit: [1] })
    await retained(100, { visit: [1] }, 'relapsed')
    expect(await survival(90)).toEqual({ count: 0, of: 0 })
    await retained(100, {})
    expect(await survival(90)).toEqual({ count: 1, of: 1 })
  })
})
