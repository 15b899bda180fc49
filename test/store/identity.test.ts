import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CustomerKey, CustomerRecord, SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import { ingest as writeRecords } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { batchOf, customerRecord, eventRecord, everyoneIn, NOON, openTestStore } from './samples.ts'

describe.each(places)('who a record belongs to on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const ingest = (source: string, records: readonly SourceRecord[]) =>
    store.sources.store(source, batchOf(records), NOON)
  const phone = (value: string): CustomerKey => ({ kind: 'phone', value })
  const crm = (value: string): CustomerKey => ({ kind: 'crm', value })
  const everyone = async () => (await everyoneIn(store)).map(({ no, name, site }) => ({ no, name, site }))

  it('an event for an unknown customer creates one, whom the customer’s row fills in later', async () => {
    expect(await ingest('visits', [eventRecord('1', 'K1')])).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      removed: 0,
    })
    expect(await everyone()).toEqual([{ no: 1, name: null, site: null }])
    expect(await ingest('crm', [customerRecord('K1', { name: '王芳' })])).toEqual({
      created: 0,
      changed: 1,
      unchanged: 0,
      removed: 0,
    })
    expect(await everyone()).toEqual([{ no: 1, name: '王芳', site: null }])
  })

  it('one shared key joins what two sources know; what one does not carry stays', async () => {
    await ingest('crm', [
      customerRecord('K1', {
        keys: [crm('K1'), phone('138')],
        name: '王芳',
        attributes: { plan: 'a', seats: 5 },
      }),
    ])
    const other = customerRecord('u7', {
      keys: [{ kind: 'app', value: 'u7' }, phone('138')],
      site: '徐汇店',
      attributes: { plan: 'b' },
    })
    expect(await ingest('app', [other])).toEqual({ created: 1, changed: 0, unchanged: 0, removed: 0 })
    expect(await store.transaction(({ merges }) => merges.joinLinked(NOON))).toBe(1)
    expect(await ingest('app', [other])).toEqual({ created: 0, changed: 0, unchanged: 1, removed: 0 })
    await ingest('app', [eventRecord('1', '', { customer: { kind: 'app', value: 'u7' } })])
    expect(await everyoneIn(store)).toMatchObject([
      { name: '王芳', site: '徐汇店', attributes: { plan: 'b', seats: 5 } },
    ])
  })

  it('joins within a batch, and puts several records of one customer together', async () => {
    const records = [
      customerRecord('K1', { keys: [crm('K1')], name: '王芳', attributes: { plan: 'a' } }),
      customerRecord('K2', { keys: [phone('138'), crm('K1')], site: '徐汇店', attributes: { seats: 5 } }),
    ]
    expect(await ingest('crm', records)).toEqual({ created: 1, changed: 0, unchanged: 1, removed: 0 })
    expect(await everyoneIn(store)).toMatchObject([
      { no: 1, name: '王芳', site: '徐汇店', attributes: { plan: 'a', seats: 5 } },
    ])
    expect(await ingest('crm', records)).toEqual({ created: 0, changed: 0, unchanged: 2, removed: 0 })
  })

  it('numbers customers without gaps, whatever is written again', async () => {
    await ingest('crm', [customerRecord('K1'), customerRecord('K2')])
    await ingest('crm', [customerRecord('K1', { name: 'a' }), customerRecord('K2', { name: 'b' })])
    await ingest('crm', [customerRecord('K2', { name: 'c' }), customerRecord('K3')])
    expect((await everyone()).map(({ no }) => no)).toEqual([1, 2, 3])
  })

  it('two sources naming the same new customer at the same moment make one', async () => {
    const withBoth = Array.from({ length: 300 }, (_, index) =>
      customerRecord(`K${index}`, { keys: [crm(`K${index}`), phone(`${index}`)] }),
    )
    const byPhone = Array.from({ length: 300 }, (_, index) =>
      eventRecord(`e${index}`, '', { customer: phone(`${index}`) }),
    )
    await Promise.all([ingest('crm', withBoth), ingest('app', byPhone), ingest('shop', byPhone)])
    expect(await store.customers.count()).toBe(300)
    const { rows } = await database.pool.query(
      'SELECT count(*)::int AS lost FROM event e WHERE NOT EXISTS (SELECT 1 FROM customer_key k WHERE k.customer = e.customer)',
    )
    expect(rows).toEqual([{ lost: 0 }])
  })

  // The embedded database has one connection: there nobody comes second.
  if (where.name !== 'PGlite') {
    it('who tells of a customer while another source does waits, and loses nothing of either', async () => {
      const told = (rest: Partial<CustomerRecord>) => customerRecord('K1', rest)
      await ingest('crm', [told({})])
      const first = await database.pool.connect()
      await first.query('BEGIN')
      const record = told({ name: '王芳', attributes: { plan: 'a' } })
      await writeRecords(first, false, [{ source: 'crm', record }], NOON)
      const second = ingest('app', [told({ site: '徐汇店', attributes: { seats: 5 } })])
      const waiting = async () =>
        (await database.pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount
      await expect.poll(waiting).toBeGreaterThan(0)
      await first.query('COMMIT')
      first.release()
      expect(await second).toMatchObject({ changed: 1 })
      expect(await everyoneIn(store)).toMatchObject([
        { name: '王芳', site: '徐汇店', attributes: { plan: 'a', seats: 5 } },
      ])
    })
  }
})
