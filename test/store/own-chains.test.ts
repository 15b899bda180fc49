import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/paths.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import { batchOf, customerRecord, NOON, newAlert, openTestStore, RULES } from './samples.ts'

const MENDING = readFileSync(join(MIGRATIONS, '20261216000000_own_chains', 'migration.sql'), 'utf8')

describe.each(places)('links that splits once left, on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  it('are taken away where they lead to somebody else’s case, and nowhere else', async () => {
    await store.sources.store(
      'shop',
      batchOf(
        ['甲', '乙'].map((name) => customerRecord(name, { name, keys: [{ kind: 'crm', value: name }] })),
      ),
      NOON,
    )
    const [first] = await store.customers.find('甲', 1)
    const [second] = await store.customers.find('乙', 1)
    const open = (customer: string, previous: string | null) =>
      store.transaction(({ cases }) => cases.open(newAlert(customer, 'P0', { previous }), RULES, 'fresh'))
    const close = (id: string) =>
      database.pool.query("UPDATE alert SET state = 'resolved' WHERE id = $1", [id])
    const theirs = await open(first!.id, null)
    await close(theirs.id)
    // As a split of before left it: opened while they were one, and with whose number stayed since.
    const left = await open(second!.id, theirs.id)
    await expect(open(first!.id, theirs.id)).rejects.toThrow()

    await database.pool.query(MENDING)
    expect(await store.alerts.get(left.id)).toMatchObject({ previous: null, version: left.version + 1 })
    const next = await open(first!.id, theirs.id)
    const redrawn = await database.pool.query(
      'SELECT o.dedupe, o.priority FROM outbox o JOIN card c ON c.id = o.card WHERE c.alert = $1 ORDER BY o.seq',
      [left.id],
    )
    expect(redrawn.rows.slice(-1)).toEqual([{ dedupe: expect.stringMatching(/ split$/), priority: 0 }])
    const waiting = await store.outbox.waiting()
    await database.pool.query(MENDING)
    expect((await store.alerts.get(next.id))!.previous).toBe(theirs.id)
    expect(await store.outbox.waiting()).toBe(waiting)
  })
})
