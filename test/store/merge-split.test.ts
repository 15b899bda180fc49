import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../src/records/record.ts'
import { places } from '../places.ts'
import { app, crm, type Merging, openMerging } from './merging.ts'
import { customerRecord, eventRecord, feedbackRecord, NOON } from './samples.ts'

describe.each(places)('customers who were merged on $name', (where) => {
  let shop: Merging
  beforeAll(async () => {
    shop = await openMerging(where)
  })
  afterAll(() => shop.database.close())

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
        await shop.ingest([
          ...records.map(({ id, isApp, said: more }, nth) =>
            customerRecord(`${run}-${nth}`, { keys: [keyOf(id, isApp)], ...more }),
          ),
          ...acts(2),
        ])
        const before = await shop.whole()
        await shop.ingest(
          links.map(([a, b], nth) =>
            customerRecord(`${run}-l${nth}`, { keys: [keyOf(a, true), keyOf(b, false)] }),
          ),
        )
        while ((await shop.joinLinked()) > 0);
        expect((await shop.whole()).customers.length).toBeLessThan(before.customers.length)
        await shop.ingest(acts(1))
        const owners = new Map(before.keys.map(([kind, value, customer]) => [`${kind} ${value}`, customer]))
        for (;;) {
          const { merges } = await shop.store.merges.list(null, { skip: 0, take: 10_000 })
          const merged = merges.filter(({ state }) => state === 'merged')
          if (merged.length === 0) break
          expect(await shop.split(merged[chance.next().value! % merged.length]!.id)).not.toBeNull()
        }
        const { events, voices, ...after } = await shop.whole()
        expect(after).toEqual({
          ...{ customers: before.customers, attributes: before.attributes, keys: before.keys },
          ...{ cases: before.cases, parts: [] },
        })
        for (const table of ['event', 'feedback']) {
          const rows = await shop.ask(
            `SELECT source_id, customer FROM ${table} WHERE source_id LIKE '${run}-%'`,
          )
          expect(rows).toHaveLength(12)
          for (const [sourceId, customer] of rows) {
            const [, id, isApp] = sourceId.split('-')
            expect(customer).toBe(owners.get(`${isApp === 'true' ? 'app' : 'crm'} ${run}-${id}`))
          }
        }
        expect([...events, ...voices].every(([, , part]) => part === null)).toBe(true)
        // Whoever was split stays apart, whatever the source says again.
        await shop.ingest(
          links.map(([a, b], nth) =>
            customerRecord(`${run}-l${nth}`, { keys: [keyOf(a, true), keyOf(b, false)] }),
          ),
        )
        expect(await shop.joinLinked()).toBe(0)
      },
    )
    await fc.assert(property, { numRuns: 2, endOnFailure: true })
  })
})
