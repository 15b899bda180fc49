import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CustomerRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { app, crm } from './merging.ts'
import { batchOf, customerRecord, everyoneIn, NOON, openTestStore, rowsOf } from './samples.ts'

describe.each(places)('what is older and comes in late on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const says = (month: number | null, more: Partial<CustomerRecord>): CustomerRecord =>
    customerRecord('K1', { ...(month === null ? {} : { at: new Date(Date.UTC(2026, month - 1)) }), ...more })
  const ingest = (...records: CustomerRecord[]) => store.sources.store('crm', batchOf(records), NOON)
  const known = async () => {
    const [{ name, owner, site, contactConsent, phone }] = (await everyoneIn(store)) as [never]
    return { name, owner, site, contactConsent, phone }
  }

  it('takes the place of nothing newer, and fills what nobody has said', async () => {
    await ingest(says(3, { name: '王芳', owner: 'lin', contactConsent: false }))
    expect(
      await ingest(
        says(1, {
          name: '王小芳',
          owner: 'zhou',
          contactConsent: true,
          site: '徐汇店',
          phone: '13800000001',
        }),
      ),
    ).toMatchObject({ changed: 1 })
    const now = { name: '王芳', owner: 'lin', contactConsent: false, site: '徐汇店', phone: '13800000001' }
    expect(await known()).toEqual(now)
    // Each field by itself: what was said in January gives way to February, what was said in March does not.
    await ingest(says(2, { name: '王', site: '虹桥店' }))
    expect(await known()).toEqual({ ...now, site: '虹桥店' })
    await ingest(says(4, { contactConsent: true }))
    expect(await known()).toEqual({ ...now, site: '虹桥店', contactConsent: true })
  })

  it('also where both come in one go, and as often as they come', async () => {
    const both = [says(3, { name: '王芳' }), says(1, { name: '王小芳', owner: 'zhou' })]
    await ingest(...both)
    const before = [await known(), await rowsOf(database, 'customer_told')]
    expect(before[0]).toMatchObject({ name: '王芳', owner: 'zhou' })
    expect(await ingest(...both)).toMatchObject({ created: 0, changed: 0 })
    expect([await known(), await rowsOf(database, 'customer_told')]).toEqual(before)
  })

  it('without a date a record says what holds now', async () => {
    await ingest(says(3, { name: '王芳' }))
    await ingest(says(null, { name: '王小芳' }))
    expect(await known()).toMatchObject({ name: '王小芳' })
    expect(await ingest(says(3, { name: '王芳' }))).toMatchObject({ changed: 1 })
  })

  it('holds for each part of a merged customer, and goes when they are erased', async () => {
    await ingest(says(3, { keys: [crm('K1')], name: '王芳' }), says(3, { keys: [app('u7')], site: '徐汇店' }))
    await ingest(says(3, { keys: [crm('K1'), app('u7')] }))
    await store.transaction(({ merges }) => merges.joinLinked(NOON))
    await ingest(says(1, { keys: [app('u7')], site: '虹桥店' }), says(1, { name: '王小芳' }))
    expect(await known()).toMatchObject({ name: '王芳', site: '徐汇店' })
    const [customer] = await store.customers.find('王芳', 1)
    await store.transaction(({ person }) => person.erase(customer!.id, NOON))
    expect(await rowsOf(database, 'customer_told')).toEqual([])
  })
})
