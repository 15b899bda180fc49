import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'

/**
 * Who hears of a missed deadline: the leads above whoever is responsible, nearest first. A case nobody is
 * responsible for, or whose keeper has no lead, goes to the manager of the region, else to the first manager or admin
 * there is.
 */
export function chainAbove(
  responsible: string | null,
  people: readonly Person[],
  region: string | null = null,
): readonly Person[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  const chain: Person[] = []
  let lead = byId.get(responsible ?? '')?.lead ?? null
  while (lead !== null && lead !== responsible && !chain.some(({ id }) => id === lead)) {
    const person = byId.get(lead)
    if (person === undefined) break
    chain.push(person)
    lead = person.lead
  }
  if (chain.length > 0) return chain
  const bosses = people.filter(({ id, role }) => id !== responsible && mayActAs(role, 'manager'))
  const where = region ?? byId.get(responsible ?? '')?.region ?? null
  const boss = bosses.find((each) => where !== null && each.region === where) ?? bosses[0]
  return boss === undefined ? [] : [boss]
}
