import type { AttributeSpell, CustomerFacts } from '../timeline/history.ts'

type Attributes = CustomerFacts['attributes']

/** A customer's facts as they stood at an instant: an attribute has the value it had then, and none before its first. */
export function factsAt<Facts extends CustomerFacts>(facts: Facts, asOf: number): Facts {
  if (changedAt(facts) <= asOf) return facts
  const known = (facts.spells ?? []).filter(({ from }) => from <= asOf)
  const { changedAt: _, ...then } = plainFacts(facts)
  return { ...then, attributes: newestOf(known), spells: known } as unknown as Facts
}

/** The same facts as an object of their own, whoever looks them up. */
export function plainFacts<Facts extends CustomerFacts>(facts: Facts): Facts {
  const { id, no, name, valueTier, ltvMinor, owner, region, site, product, firstPurchase } = facts
  const { attributes, spells } = facts
  const plain = { id, no, name, valueTier, ltvMinor, owner, region, site, product, firstPurchase, attributes }
  return { ...facts, ...plain, ...(spells === undefined ? {} : { spells }) }
}

/** When any attribute of these customers last changed; minus infinity where none is dated. */
export function newestChange(facts: Iterable<CustomerFacts>): number {
  let newest = Number.NEGATIVE_INFINITY
  for (const one of facts) newest = Math.max(newest, changedAt(one))
  return newest
}

function changedAt(facts: CustomerFacts): number {
  if (facts.changedAt !== undefined) return facts.changedAt
  let newest = Number.NEGATIVE_INFINITY
  if (facts.spells !== undefined) for (const { from } of facts.spells) if (from > newest) newest = from
  return newest
}

/** Spells come oldest first, so that the newest of each name stands. */
function newestOf(spells: readonly AttributeSpell[]): Attributes {
  return Object.fromEntries(spells.map(({ name, value }) => [name, value]))
}
