import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import type { AlertTier } from '../risk/assessment.ts'

/** A fresh case that wants someone. */
export interface Wanting {
  readonly tier: AlertTier
  /** The customer's CSM in the CRM; null or unknown: whoever has most room. */
  readonly keeper: string | null
  readonly region: string | null
}

export interface BudgetTerms {
  /** New cases a day for each CSM. */
  readonly capacity: number
  readonly people: readonly Person[]
  /** New cases each person was asked to take today. */
  readonly today: ReadonlyMap<string, number>
}

/** Who is asked; null: whoever comes first, where the company has no CSM. */
export type Share = { readonly act: 'ask'; readonly assignee: string | null } | { readonly act: 'defer' }

/** A fresh case waits for a day with room. */
export interface Deferred {
  readonly act: 'defer'
  readonly reason: 'no-room'
  readonly tier: AlertTier
}

/**
 * Shares out one day's fresh cases, most urgent first, so that nobody is asked for more than a day's work. What
 * finds no room waits for another day, except P0: that goes to the CSM's substitute, else to their lead.
 */
export function shareOut(cases: readonly Wanting[], terms: BudgetTerms): Share[] {
  const { capacity, people } = terms
  const load = new Map(terms.today)
  const byId = new Map(people.map((person) => [person.id, person]))
  const csms = people.filter(({ role }) => role === 'csm')
  const hasRoom = (id: string): boolean => (load.get(id) ?? 0) < capacity
  const ask = (assignee: string | null): Share => {
    const key = assignee ?? ''
    load.set(key, (load.get(key) ?? 0) + 1)
    return { act: 'ask', assignee }
  }
  return cases.map((each) => {
    const keeper = byId.get(each.keeper ?? '')
    const own =
      keeper !== undefined && mayActAs(keeper.role, 'csm') ? keeper : freest(csms, each.region, load)
    if (own === null) return each.tier === 'P0' || hasRoom('') ? ask(null) : { act: 'defer' }
    if (hasRoom(own.id)) return ask(own.id)
    return each.tier === 'P0' ? ask(standIn(own, byId, hasRoom)) : { act: 'defer' }
  })
}

/** The substitute while they have room, else the lead, else the CSM after all: a P0 is never left to wait. */
function standIn(csm: Person, people: ReadonlyMap<string, Person>, hasRoom: (id: string) => boolean): string {
  const { substitute, lead } = csm
  if (substitute !== null && people.has(substitute) && hasRoom(substitute)) return substitute
  return lead !== null && people.has(lead) ? lead : csm.id
}

/** Of the CSMs of the customer's region, or of all where it has none, the one asked least today. */
function freest(
  csms: readonly Person[],
  region: string | null,
  load: ReadonlyMap<string, number>,
): Person | null {
  const near = csms.filter((csm) => region !== null && csm.region === region)
  const asked = (csm: Person): number => load.get(csm.id) ?? 0
  const [first = null, ...others] = near.length > 0 ? near : csms
  return first === null
    ? null
    : others.reduce((least, csm) => (asked(csm) < asked(least) ? csm : least), first)
}
