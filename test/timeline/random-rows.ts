import fc from 'fast-check'
import type { AttributeSpell, CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'

export const DAY = 86_400_000
/** The instant around which random rows lie, before and after. */
export const AS_OF = Date.UTC(2026, 4, 1)

export function factsOf(id: string, no: number, more: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    id,
    no,
    name: null,
    valueTier: null,
    ltvMinor: null,
    owner: null,
    region: null,
    site: null,
    product: null,
    firstPurchase: null,
    attributes: {},
    ...more,
  }
}

/** Instants that crowd window edges, repeat often and reach past AS_OF. */
const instant = fc.oneof(
  fc.integer({ min: -10, max: 500 }).map((days) => AS_OF - days * DAY),
  fc.integer({ min: -5 * DAY, max: 400 * DAY }).map((before) => AS_OF - before),
)
const value = fc.oneof(
  fc.constantFrom(0, 6, 1e12),
  fc.integer({ min: -50, max: 1_000_000 }),
  fc.integer({ min: 0, max: 100 }).map((x) => x / 10),
)
const measure = fc.option(value, { nil: null })

export const KINDS = ['visit', 'order', 'login', 'voice']
export const CUSTOMERS = ['ada', 'bo', 'cy', 'di', 'ed', 'fay']

/** Rows with distinct ids, in no order. */
export const randomRows: fc.Arbitrary<TimelineRow[]> = fc
  .array(
    fc.record({
      customer: fc.constantFrom(...CUSTOMERS),
      kind: fc.constantFrom(...KINDS),
      at: instant,
      amount: measure,
      rating: measure,
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, id: `row-${index}` })))

/** What a plan, a warranty and a number of seats were: changes around AS_OF, some at the very same instant. */
export const randomSpells: fc.Arbitrary<AttributeSpell[]> = fc
  .array(
    fc.record({
      of: fc.oneof(
        fc.record({ name: fc.constant('plan'), value: fc.constantFrom('basic', 'plus', 'pro', 'strange') }),
        fc.record({ name: fc.constant('warranty_end'), value: fc.constantFrom('2026-05-31', '2027-01-01') }),
        fc.record({ name: fc.constant('seats'), value: fc.integer({ min: 0, max: 9 }) }),
      ),
      from: fc.integer({ min: -30, max: 400 }).map((days) => AS_OF - days * DAY),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map(({ of, from }) => ({ ...of, from })).sort((a, b) => a.from - b.from))

/** A customer whose attributes changed, as the store tells of them. */
export function changedFacts(id: string, no: number, spells: readonly AttributeSpell[]): CustomerFacts {
  const attributes = Object.fromEntries(spells.map(({ name, value }) => [name, value]))
  return factsOf(id, no, { attributes, spells })
}

/** Some of the customers, in no order, with stable numbers; most with attributes that changed. */
export const randomFacts: fc.Arbitrary<CustomerFacts[]> = fc
  .tuple(
    fc.shuffledSubarray(CUSTOMERS, { minLength: 1 }),
    fc.array(fc.option(randomSpells, { nil: null, freq: 4 }), {
      minLength: CUSTOMERS.length,
      maxLength: CUSTOMERS.length,
    }),
  )
  .map(([ids, spells]) =>
    ids.map((id) => {
      const place = CUSTOMERS.indexOf(id)
      const own = spells[place]!
      return own === null
        ? factsOf(id, place + 1, { attributes: { seats: 3 } })
        : changedFacts(id, place + 1, own)
    }),
  )
