import type { Person } from './person.ts'

/** A part of all customers: those kept by some people, those of some stores, and those whose cases some people have. */
export interface Scope {
  /** Person ids. */
  readonly owners: readonly string[]
  readonly sites: readonly string[]
  /** Person ids: whoever has a case, or is asked to take an open one, sees whom it is about. */
  readonly holders: readonly string[]
}

/** The customers a person sees; null: everyone. */
export function scopeOf(
  { id, sees = 'all' }: Pick<Person, 'id' | 'sees'>,
  people: readonly Person[],
): Scope | null {
  if (sees === 'all') return null
  if (typeof sees === 'object') return { owners: [], sites: sees.sites, holders: [id] }
  const owners = sees === 'own' ? [id] : teamOf(id, people)
  return { owners, sites: [], holders: owners }
}

/** Who leads has everyone below them for a team; who leads nobody, those with the same lead. */
function teamOf(id: string, people: readonly Person[]): string[] {
  const below = belowOf(id, people)
  if (below.length > 0) return [id, ...below]
  const lead = people.find((person) => person.id === id)?.lead ?? null
  return lead === null ? [id] : people.filter((person) => person.lead === lead).map((person) => person.id)
}

/** Everyone is found once, so that a circle of leads comes to an end. */
function belowOf(id: string, people: readonly Person[]): string[] {
  const found = new Set<string>()
  for (let level = [id]; level.length > 0; ) {
    level = people
      .filter(
        ({ lead, id: each }) => lead !== null && level.includes(lead) && each !== id && !found.has(each),
      )
      .map((person) => person.id)
    for (const each of level) found.add(each)
  }
  return [...found]
}
