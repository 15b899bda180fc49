import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import { batchOf, customerRecord, everyoneIn, NOON, openTestStore } from './samples.ts'

describe.each(places)('finding customers on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
    const records = [
      customerRecord('K1', {
        name: '王芳',
        keys: [
          { kind: 'crm', value: 'K1' },
          { kind: 'phone', value: '13800000000' },
          { kind: 'email', value: 'fang@example.com' },
        ],
      }),
      customerRecord('C1', { name: '王芳芳', ltv: { minor: Number.MAX_SAFE_INTEGER, currency: 'CNY' } }),
      customerRecord('K3', { name: 'Anna_Bell 100%', firstPurchase: '2023-02-28' }),
    ]
    await store.sources.store('crm', batchOf(records), NOON)
  })
  afterAll(() => database.close())

  const namesOf = async (words: string, limit = 9) =>
    (await store.customers.find(words, limit)).map(({ name }) => name)

  it('by our number, by any key, by name exactly, then by part of it', async () => {
    expect(await namesOf('C-1')).toEqual(['王芳'])
    expect(await namesOf('c3')).toEqual(['Anna_Bell 100%'])
    expect(await namesOf('13800000000')).toEqual(['王芳'])
    for (const words of ['+86 138-0000-0000', '138 0000 0000', 'Fang@Example.com'])
      expect(await namesOf(words)).toEqual(['王芳'])
    expect(await namesOf('王芳')).toEqual(['王芳'])
    expect(await namesOf('芳')).toEqual(['王芳', '王芳芳'])
    expect(await namesOf('芳', 1)).toEqual(['王芳'])
    expect(await namesOf('anna')).toEqual(['Anna_Bell 100%'])
    expect(await namesOf('C-99')).toEqual([])
  })

  it('an id of the CRM’s own that looks like our number means that customer', async () => {
    expect(await namesOf('C1')).toEqual(['王芳芳'])
  })

  it('takes %, _ and \\ for what they are', async () => {
    expect(await namesOf('100%')).toEqual(['Anna_Bell 100%'])
    expect(await namesOf('a_B')).toEqual(['Anna_Bell 100%'])
    expect(await namesOf('%')).toEqual(['Anna_Bell 100%'])
    expect(await namesOf('n__a')).toEqual([])
    expect(await namesOf('\\')).toEqual([])
  })

  it('reads money and days exactly; a value beyond exact numbers is rounded, never an error', async () => {
    const [second] = await store.customers.find('C-2', 1)
    expect(second!.ltvMinor).toBe(Number.MAX_SAFE_INTEGER)
    await database.pool.query('UPDATE customer SET ltv_minor = 9223372036854775807 WHERE no = 1')
    expect((await store.customers.byNo([1])).get(1)!.ltvMinor).toBe(2 ** 63)
    expect((await store.customers.byNo([3, 77])).get(3)!.firstPurchase).toBe(Date.UTC(2023, 1, 28))
  })

  it('reads more customers at once than a statement has parameters', async () => {
    const everyone = await everyoneIn(store)
    const ids = Array.from({ length: 40_000 }, () => everyone[0]!.id)
    expect((await store.customers.many(ids)).size).toBe(1)
  })

  it('somebody who has had more cases than a statement has parameters finds whom they see', async () => {
    await database.pool.query(`INSERT INTO alert (id, customer, tier, state, trigger, owner, opened_at, assessment)
      SELECT gen_random_uuid(), gen_random_uuid(), 'P2', 'resolved', 'night', 'lin', '2026-05-01', '{}'
      FROM generate_series(1, 70000)`)
    await database.pool.query(`UPDATE alert SET customer = (SELECT id FROM customer WHERE name = '王芳')
      WHERE id = (SELECT id FROM alert LIMIT 1)`)
    const { customers } = store.seen({ owners: [], sites: [], holders: ['lin'] })
    expect((await customers.find('芳', 9)).map(({ name }) => name)).toEqual(['王芳'])
    expect([...(await customers.byNo([1, 2])).keys()]).toEqual([1])
  })
})
