import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../src/ids.ts'
import type { CustomerKey, SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import {
  batchOf,
  changedSince,
  customerRecord,
  eventRecord,
  feedbackRecord,
  NOON,
  newAlert,
  openTestStore,
  RULES,
  settledMark,
} from './samples.ts'

const EVERYONE = { skip: 0, take: 50 }

describe.each(places)('merging customers on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  const crm = (value: string): CustomerKey => ({ kind: 'crm', value })
  const app = (value: string): CustomerKey => ({ kind: 'app', value })
  const ingest = (records: readonly SourceRecord[]) => store.sources.store('shop', batchOf(records), NOON)
  /** A record that names both and says nothing else. */
  const link = (id: string) => customerRecord(id, { keys: [app(id), crm(id)] })
  const joinLinked = () => store.transaction(({ merges }) => merges.joinLinked(NOON))
  const split = (id: string) => store.transaction(({ merges }) => merges.split(id, 'max', NOON))
  const rejoin = (id: string) => store.transaction(({ merges }) => merges.rejoin(id, 'max', NOON))
  const mergeOf = async (words: string) => {
    const [customer] = await store.customers.find(words, 1)
    return (await store.merges.list(customer!.id, EVERYONE)).merges[0]!
  }
  const ask = async (sql: string) => (await database.pool.query({ text: sql, rowMode: 'array' })).rows

  /** Everything that says whose something is, and what is known of them. */
  async function whole() {
    return {
      customers: await ask('SELECT to_jsonb(c) - $$xid$$ FROM customer c ORDER BY no'),
      attributes: await ask(
        'SELECT customer, name, value, valid_from FROM customer_attribute ORDER BY 1, 2, 4',
      ),
      keys: await ask('SELECT kind, value, customer, part FROM customer_key ORDER BY 1, 2'),
      events: await ask('SELECT id, customer, part FROM event ORDER BY id'),
      voices: await ask('SELECT id, customer, part FROM feedback ORDER BY id'),
      cases: await ask('SELECT no, customer FROM alert ORDER BY no'),
      parts: await ask('SELECT id FROM customer_part UNION ALL SELECT customer FROM part_attribute'),
    }
  }

  it('split in any order, histories are as they were, with what has come since where it belongs', async () => {
    let run = 0
    const said = fc.record(
      {
        name: fc.constantFrom('李伟', '李娜'),
        site: fc.constantFrom('徐汇店', '浦东店'),
        contactConsent: fc.boolean(),
        attributes: fc.dictionary(fc.constantFrom('plan', 'seats'), fc.constantFrom('a', 'b')),
        at: fc.constantFrom(new Date('2026-01-01'), new Date('2026-02-01')),
      },
      { requiredKeys: ['attributes'] },
    )
    const ids = fc.constantFrom(1, 2, 3)
    const property = fc.asyncProperty(
      fc.array(fc.record({ id: ids, isApp: fc.boolean(), said }), { minLength: 2, maxLength: 6 }),
      fc.array(fc.tuple(ids, ids), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      async (records, links, chance) => {
        run += 1
        const keyOf = (id: number, isApp: boolean) => (isApp ? app : crm)(`${run}-${id}`)
        const acts = (hour: number) =>
          [1, 2, 3].flatMap((id) =>
            [true, false].flatMap((isApp): SourceRecord[] => {
              const customer = keyOf(id, isApp)
              const name = `${run}-${id}-${isApp}-${hour}`
              const at = new Date(NOON.getTime() - hour * 3_600_000)
              return [eventRecord(name, '', { customer, at }), feedbackRecord(name, { customer, at })]
            }),
          )
        await ingest([
          ...records.map(({ id, isApp, said: more }, nth) =>
            customerRecord(`${run}-${nth}`, { keys: [keyOf(id, isApp)], ...more }),
          ),
          ...acts(2),
        ])
        const before = await whole()
        await ingest(
          links.map(([a, b], nth) =>
            customerRecord(`${run}-l${nth}`, { keys: [keyOf(a, true), keyOf(b, false)] }),
          ),
        )
        while ((await joinLinked()) > 0);
        expect((await whole()).customers.length).toBeLessThan(before.customers.length)
        await ingest(acts(1))
        const owners = new Map(before.keys.map(([kind, value, customer]) => [`${kind} ${value}`, customer]))
        for (;;) {
          const { merges } = await store.merges.list(null, { skip: 0, take: 10_000 })
          const merged = merges.filter(({ state }) => state === 'merged')
          if (merged.length === 0) break
          expect(await split(merged[chance.next().value! % merged.length]!.id)).not.toBeNull()
        }
        const { events, voices, ...after } = await whole()
        expect(after).toEqual({
          ...{ customers: before.customers, attributes: before.attributes, keys: before.keys },
          ...{ cases: before.cases, parts: [] },
        })
        for (const table of ['event', 'feedback']) {
          const rows = await ask(`SELECT source_id, customer FROM ${table} WHERE source_id LIKE '${run}-%'`)
          expect(rows).toHaveLength(12)
          for (const [sourceId, customer] of rows) {
            const [, id, isApp] = sourceId.split('-')
            expect(customer).toBe(owners.get(`${isApp === 'true' ? 'app' : 'crm'} ${run}-${id}`))
          }
        }
        expect([...events, ...voices].every(([, , part]) => part === null)).toBe(true)
        // Whoever was split stays apart, whatever the source says again.
        await ingest(
          links.map(([a, b], nth) =>
            customerRecord(`${run}-l${nth}`, { keys: [keyOf(a, true), keyOf(b, false)] }),
          ),
        )
        expect(await joinLinked()).toBe(0)
      },
    )
    await fc.assert(property, { numRuns: 3, endOnFailure: true })
  })

  it('the older number stays; a merged number means whoever has it now, and the record is sealed', async () => {
    await ingest([
      customerRecord('m', {
        keys: [crm('m')],
        name: '王芳',
        contactConsent: false,
        attributes: { plan: 'a' },
      }),
      customerRecord('m', {
        keys: [app('m')],
        site: '徐汇店',
        contactConsent: true,
        attributes: { seats: 5 },
      }),
      feedbackRecord('m', { customer: app('m') }),
    ])
    const [older, newer] = [
      ...(await store.customers.find('王芳', 1)),
      ...(await store.customers.find('m', 2)).slice(1),
    ]
    const mark = await settledMark(store)
    await ingest([link('m')])
    expect(await joinLinked()).toBe(1)
    expect(await changedSince(store, mark)).toEqual(expect.arrayContaining([older!.id, newer!.id]))
    expect(await store.customers.find(`C-${newer!.no}`, 1)).toMatchObject([
      {
        ...{ id: older!.id, name: '王芳', site: '徐汇店', contactConsent: false },
        attributes: { plan: 'a', seats: 5 },
      },
    ])
    expect(await store.ingest.keysOf([older!.no, newer!.no])).toEqual(
      new Map([
        [older!.no, crm('m')],
        [newer!.no, app('m')],
      ]),
    )
    const merge = await mergeOf(`C-${older!.no}`)
    expect(merge).toMatchObject({
      ...{ state: 'merged', by: 'foreshock', key: crm('m'), source: 'shop' },
      ...{ stays: { no: older!.no, name: '王芳' }, absorbed: { no: newer!.no, name: null } },
    })
    // What is said of a part since is that part's own.
    await ingest([customerRecord('m', { keys: [app('m')], name: '王小芳', attributes: { seats: 6 } })])
    expect(await store.customers.get(older!.id)).toMatchObject({
      name: '王小芳',
      attributes: { plan: 'a', seats: 6 },
    })
    expect(await store.merges.splitting(merge.id)).toEqual({
      ...{ no: newer!.no, from: older!.no, keys: [app('m')], events: 0, voices: 1 },
      ...{ cases: [], openCaseStays: null },
    })
    expect(await split(merge.id)).toEqual({ no: newer!.no, from: older!.no })
    expect(await split(merge.id)).toBeNull()
    expect(await store.customers.get(older!.id)).toMatchObject({ name: '王芳', attributes: { plan: 'a' } })
    expect(await store.customers.get(newer!.id)).toMatchObject({
      ...{ no: newer!.no, name: '王小芳', contactConsent: true, attributes: { seats: 6 } },
    })
    expect(await rejoin(merge.id)).toBe(true)
    expect(await rejoin(merge.id)).toBe(false)
    await store.audit.seal(NOON)
    expect((await store.audit.verify()).fault).toBeNull()
    const done = (await store.settings.changes(null, 3)).map(({ name, after, by }) => ({ name, after, by }))
    const told = { key: 'crm', source: 'shop' }
    expect(done).toEqual([
      { name: `merged C-${newer!.no}`, after: { into: `C-${older!.no}`, ...told }, by: 'max' },
      { name: `split C-${newer!.no}`, after: { from: `C-${older!.no}`, ...told }, by: 'max' },
      { name: `merged C-${newer!.no}`, after: { into: `C-${older!.no}`, ...told }, by: 'foreshock' },
    ])
  })

  it('two with an open case each wait; a case comes along and goes back, one opened meanwhile stays', async () => {
    await ingest([
      customerRecord('a', { keys: [crm('a')], name: '甲' }),
      customerRecord('b', { keys: [app('a')], name: '乙' }),
      feedbackRecord('a', { customer: app('a') }),
      link('a'),
    ])
    const [first] = await store.customers.find('甲', 1)
    const [second] = await store.customers.find('乙', 1)
    const open = (customer: string) =>
      store.transaction(({ cases }) => cases.open(newAlert(customer), RULES, 'fresh'))
    const put = (id: string, state: string) =>
      database.pool.query('UPDATE alert SET state = $2 WHERE id = $1', [id, state])
    const close = (id: string) => put(id, 'resolved')
    const [held, moved] = [await open(first!.id), await open(second!.id)]
    const draw = { period: '2026-Q2', tier: 'P1', reason: 'two-signals', share: 0.1 } as const
    const [at, until] = [NOON, new Date('2026-09-01')]
    await store.holdout.add([
      { ...draw, customer: first!.id, arm: 'held', at, until },
      { ...draw, customer: second!.id, arm: 'contacted', at, until },
    ])
    expect(await joinLinked()).toBe(0)
    expect(await mergeOf(`C-${first!.no}`)).toMatchObject({
      state: 'waiting',
      openCases: [held.no, moved.no],
    })
    // A watch is at work, too.
    await put(held.id, 'watch')
    expect(await joinLinked()).toBe(0)
    await close(held.id)
    const voice = uuidOf('shop', 'a')
    await database.pool.query(`INSERT INTO storm_child VALUES ($1, $2, $3, $4, $5)`, [
      voice,
      moved.id,
      second!.id,
      voice,
      NOON,
    ])
    await database.pool.query(`INSERT INTO voice_label VALUES ($1, $2, 'lin', $3, 'negative')`, [
      voice,
      second!.id,
      NOON,
    ])
    const follow = () => ask('SELECT customer FROM storm_child UNION ALL SELECT customer FROM voice_label')
    expect(await joinLinked()).toBe(1)
    expect(await follow()).toEqual([[first!.id], [first!.id]])
    expect((await store.alerts.current(first!.id))!.no).toBe(moved.no)
    expect((await store.alerts.get(moved.id))!.version).toBe(moved.version + 1)
    // The draw of whose number stays holds; the other one can tell nothing of staying or leaving.
    expect((await store.effect.draws(new Date(0), until)).map(({ customer }) => customer)).toEqual([
      first!.id,
    ])
    await close(moved.id)
    // They were judged by the number that is gone.
    const meanwhile = await open(second!.id)
    const { id } = await mergeOf(`C-${first!.no}`)
    expect(await store.merges.splitting(id)).toMatchObject({ cases: [moved.no], openCaseStays: meanwhile.no })
    await split(id)
    expect(await follow()).toEqual([[second!.id], [second!.id]])
    expect((await store.alerts.ofCustomer(second!.id)).map(({ no }) => no)).toEqual([moved.no])
    expect((await store.alerts.current(first!.id))!.no).toBe(meanwhile.no)
    expect((await store.holdout.drawn(new Date(0), [second!.id])).get(second!.id)!.arm).toBe('contacted')
    expect(await store.effect.draws(new Date(0), until)).toHaveLength(2)
  })

  it('whoever is erased is so with every part, and cannot be split any more', async () => {
    await ingest([
      customerRecord('e', { keys: [crm('e')], name: '丙' }),
      customerRecord('f', { keys: [app('e')], name: '赵丁丁', attributes: { plan: 'a' } }),
      link('e'),
    ])
    expect(await joinLinked()).toBe(1)
    const [customer] = await store.customers.find('赵丁丁', 1)
    const { id } = await mergeOf('赵丁丁')
    expect(JSON.stringify(await store.person.everything(customer!.id))).toContain('丙')
    await store.transaction(({ person }) => person.erase(customer!.id, NOON))
    expect(await store.merges.splitting(id)).toBeNull()
    expect(await ingest([customerRecord('f', { keys: [app('e')], name: '赵丁丁' })])).toMatchObject({
      created: 0,
    })
    expect(JSON.stringify(await whole())).not.toMatch(/赵丁丁|丙/)
  })
})
