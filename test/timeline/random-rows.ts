import fc from 'fast-check'
import type { CustomerFacts } from '../../src/timeline/history.ts'
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
  fc.constantFrom(0, 6),
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

/** Some of the customers, in no order, with stable numbers. */
export const randomFacts: fc.Arbitrary<CustomerFacts[]> = fc
  .shuffledSubarray(CUSTOMERS, { minLength: 1 })
  .map((ids) => ids.map((id) => factsOf(id, CUSTOMERS.indexOf(id) + 1)))
