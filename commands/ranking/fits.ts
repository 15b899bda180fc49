import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { TIERS, type Tier } from '../../src/risk/assessment.ts'
import { text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import { personCalled } from '../people/called.ts'

/** Who belongs on a list that was narrowed. */
export type Fits = (customer: Customer, tier: Tier) => boolean

/**
 * What words narrow a list to: a tier, a person, a place or product of someone on it, else a segment.
 *
 * @throws ForeshockError NOT_FOUND: a misspelt store must not look like one where all is well
 */
export async function fitsFor(ctx: Context, only: string, customers: readonly Customer[]): Promise<Fits> {
  const simple = tierOrPerson(ctx, only) ?? placeAmong(customers, only)
  return simple ?? (await segmentFits(ctx, only, customers))
}

function tierOrPerson(ctx: Context, only: string): Fits | null {
  const wanted = only.toLowerCase()
  const tier = TIERS.find((each) => each.toLowerCase() === wanted)
  if (tier !== undefined) return (_, has) => has === tier
  const person = personCalled(ctx, only)
  return person === null ? null : (customer) => customer.owner === person.id
}

function placeAmong(customers: readonly Customer[], only: string): Fits | null {
  const wanted = only.toLowerCase()
  const fits: Fits = (customer) => placesOf(customer).some((place) => place.toLowerCase().includes(wanted))
  return customers.some((customer) => fits(customer, 'routine')) ? fits : null
}

function placesOf({ site, region, product }: Customer): string[] {
  return [site, region, product].filter((place) => place !== null)
}

async function segmentFits(ctx: Context, only: string, customers: readonly Customer[]): Promise<Fits> {
  const wanted = only.toLowerCase()
  const look = await ctx.scorer.look(ctx.clock.now())
  const segment = look.segments.find(({ name, label }) =>
    [name, label.zh, label.en].some((each) => each.toLowerCase() === wanted),
  )
  if (segment !== undefined) return ({ id }) => look.segmentOf(id)?.name === segment.name
  const labels = look.segments.flatMap(({ label }) => [label.zh, label.en])
  const near = nearest(only, new Set([...customers.flatMap(placesOf), ...labels]))
  throw new ForeshockError(
    'NOT_FOUND',
    text(
      `没有门店、区域、产品、客群或负责人叫“${only}”的风险客户。`,
      `Nobody at risk has the store, region, product, segment or owner "${only}".`,
    ),
    near === null
      ? text(
          '可以按等级（P0）、门店、区域、产品、客群或负责人筛选。',
          'Filter by tier (P0), store, region, product, segment or owner.',
        )
      : suggestion(near),
  )
}
