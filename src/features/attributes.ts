import type { AttributeSpell, CustomerFacts } from '../timeline/history.ts'

type Attributes = CustomerFacts['attributes']

/** A customer's facts as they stood at an instant: an attribute has the value it had then, and none before its first. */
export function factsAt<Facts extends CustomerFacts>(facts: Facts, asOf: number): Facts {
  const { spells } = facts
  if (spells === undefined || spells.every(({ from }) => from <= asOf)) return facts
  const known = spells.filter(({ from }) => from <= asOf)
  return { ...facts, attributes: newestOf(known), spells: known }
}

/** When any attribute of these customers last changed; minus infinity where none is dated. */
export function newestChange(facts: readonly CustomerFacts[]): number {
  let newest = Number.NEGATIVE_INFINITY
  for (const { spells } of facts) {
    if (spells === undefined) continue
    for (const { from } of spells) if (from > newest) newest = from
  }
  return newest
}

/** Spells come oldest first, so that the newest of each name stands. */
function newestOf(spells: readonly AttributeSpell[]): Attributes {
  return Object.fromEntries(spells.map(({ name, value }) => [name, value]))
}
