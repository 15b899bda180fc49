import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/paths.ts'
import type { CustomerRecord, SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import {
  batchOf,
  customerRecord,
  eventRecord,
  everyoneIn,
  minutes,
  NOON,
  openTestStore,
  rowsOf,
  settledMark,
} from './samples.ts'

describe.each(places)('what attributes were and from when on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const at = (records: readonly SourceRecord[], now: Date = NOON) =>
    store.sources.store('crm', batchOf(records), now)
  const plan = (value: string, more: Partial<CustomerRecord> = {}): CustomerRecord =>
    customerRecord('K1', { attributes: { plan: value }, ...more })
  const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`)
  /** `plan basic 2026-01-01` of everyone, oldest first; and what is so now. */
  const told = async () => {
    const facts = await everyoneIn(store)
    const spells = facts.flatMap((one) => one.spells ?? [])
    return {
      now: facts.map(({ attributes }) => attributes),
      was: spells.map(
        ({ name, value, from }) => `${name} ${String(value)} ${new Date(from).toISOString().slice(0, 16)}`,
      ),
    }
  }

  it('are known from when they are first read; a change adds a row, the same again none', async () => {
    await at([plan('basic', { attributes: { plan: 'basic', seats: 3 } })])
    const before = await rowsOf(database, 'customer_attribute')
    expect(await at([plan('basic')], minutes(60))).toEqual({
      created: 0,
      changed: 0,
      unchanged: 1,
      removed: 0,
    })
    expect(await rowsOf(database, 'customer_attribute')).toEqual(before)
    expect(await at([plan('pro')], minutes(120))).toEqual({
      created: 0,
      changed: 1,
      unchanged: 0,
      removed: 0,
    })
    expect(await told()).toEqual({
      now: [{ plan: 'pro', seats: 3 }],
      was: ['plan basic 2026-06-01T04:00', 'seats 3 2026-06-01T04:00', 'plan pro 2026-06-01T06:00'],
    })
  })

  it('or from the date a source gives, in whatever order the dates come', async () => {
    await at([plan('basic', { at: day('2026-01-01') }), plan('plus', { at: day('2026-02-01') })])
    await at([plan('plus', { at: day('2026-03-01') })])
    await at([plan('pro', { at: day('2026-04-01') }), plan('trial', { at: day('2025-12-01') })])
    const all = {
      now: [{ plan: 'pro' }],
      was: [
        'plan trial 2025-12-01T00:00',
        'plan basic 2026-01-01T00:00',
        'plan plus 2026-02-01T00:00',
        'plan pro 2026-04-01T00:00',
      ],
    }
    expect(await told()).toEqual(all)
    await at([plan('trial', { at: day('2025-12-01') }), plan('plus', { at: day('2026-02-15') })])
    expect(await told()).toEqual(all)
    // A correction of what held from a day on takes the place of what stood there.
    await at([plan('free', { at: day('2025-12-01') })])
    expect((await told()).was[0]).toBe('plan free 2025-12-01T00:00')
  })

  it('a date before the newest changes the past, not the present, and the timeline hears of it', async () => {
    await at([plan('pro'), eventRecord('1', 'K2')])
    const mark = await settledMark(store)
    expect(await at([plan('basic', { at: day('2026-01-01') })])).toMatchObject({ changed: 0 })
    expect((await told()).now).toEqual([{ plan: 'pro' }, {}])
    expect(await told()).toMatchObject({
      was: ['plan basic 2026-01-01T00:00', 'plan pro 2026-06-01T04:00'],
    })
    const [customer] = await store.customers.find('K1', 1)
    expect((await store.timeline.changed(mark)).customers).toEqual({
      whole: [],
      added: [],
      facts: [customer!.id],
    })
  })

  it('of as many as come at once, each kind of value as it was', async () => {
    const value = (index: number) =>
      [index, index % 2 === 0, `2026-0${1 + (index % 9)}-01`, '"quoted"\t'][index % 4]!
    const many = Array.from({ length: 2_100 }, (_, index) =>
      customerRecord(`K${index}`, { attributes: { own: value(index) } }),
    )
    expect(await at(many)).toMatchObject({ created: 2_100 })
    expect(await at(many, minutes(1))).toMatchObject({ unchanged: 2_100 })
    const facts = await everyoneIn(store)
    expect(facts.map(({ attributes }) => attributes['own'])).toEqual(many.map((_, index) => value(index)))
    expect(facts.every(({ spells }) => spells?.length === 1)).toBe(true)
  })

  it('of one that is taken back nothing stays: writing is all or nothing', async () => {
    await at([plan('basic')])
    const before = await told()
    await expect(at([plan('pro'), eventRecord('1', 'K1', { at: new Date(Number.NaN) })])).rejects.toThrow()
    expect(await told()).toEqual(before)
  })

  it('those written before dates were kept are known since the last pull', async () => {
    await at([plan('basic', { attributes: { plan: 'basic', seats: 3 } })])
    await store.sources.finish('crm', {}, minutes(5))
    await database.pool.query('DROP TABLE customer_attribute')
    const sql = readFileSync(join(MIGRATIONS, '20261122180000_attributes', 'migration.sql'), 'utf8')
    await database.pool.query(sql)
    expect(await told()).toEqual({
      now: [{ plan: 'basic', seats: 3 }],
      was: ['plan basic 2026-06-01T04:05', 'seats 3 2026-06-01T04:05'],
    })
  })
})
