import type { Role } from '../records/person.ts'
import type { AlertState, Verb } from './alert.ts'
import { CLOSED } from './alert.ts'

/**
 * The life of a case as one table. It drives the buttons on a card, what commands may do, who may do it and what
 * the store lets through; nothing else knows which state follows which.
 */
export interface Transition {
  readonly verb: Verb
  readonly from: readonly AlertState[]
  /** 'same' keeps the state; 'back' returns to where the case stood before it was snoozed, or what is asked for again. */
  readonly to: AlertState | 'same' | 'back'
  /** Role a person needs; null: only the program itself does this. */
  readonly role: Role | null
  /** True when someone else's case needs a manager. */
  readonly ownersOnly: boolean
}

const AWAKE: readonly AlertState[] = ['open', 'claimed', 'contacted']
const WORKING: readonly AlertState[] = [...AWAKE, 'snoozed']

export const TRANSITIONS: readonly Transition[] = [
  { verb: 'claim', from: ['open', 'snoozed'], to: 'claimed', role: 'csm', ownersOnly: false },
  { verb: 'contacted', from: ['open', 'claimed', 'snoozed'], to: 'contacted', role: 'csm', ownersOnly: true },
  { verb: 'retained', from: WORKING, to: 'watch', role: 'csm', ownersOnly: true },
  { verb: 'resolve', from: [...WORKING, 'watch'], to: 'resolved', role: 'csm', ownersOnly: true },
  { verb: 'snooze', from: ['open', 'claimed', 'contacted'], to: 'snoozed', role: 'csm', ownersOnly: true },
  { verb: 'dismiss', from: WORKING, to: 'dismissed', role: 'csm', ownersOnly: true },
  { verb: 'reassign', from: [...WORKING, 'watch'], to: 'same', role: 'csm', ownersOnly: true },
  {
    verb: 'step',
    from: ['open', 'claimed', 'contacted', 'watch', 'retained'],
    to: 'same',
    role: 'csm',
    ownersOnly: true,
  },
  { verb: 'wake', from: ['snoozed'], to: 'back', role: null, ownersOnly: false },
  { verb: 'worsen', from: WORKING, to: 'back', role: null, ownersOnly: false },
  { verb: 'remind', from: AWAKE, to: 'same', role: null, ownersOnly: false },
  { verb: 'overdue', from: WORKING, to: 'same', role: null, ownersOnly: false },
  { verb: 'escalate', from: WORKING, to: 'same', role: null, ownersOnly: false },
  { verb: 'ask', from: ['claimed'], to: 'same', role: null, ownersOnly: false },
  { verb: 'release', from: ['claimed'], to: 'open', role: null, ownersOnly: false },
  { verb: 'course', from: ['watch'], to: 'same', role: null, ownersOnly: false },
  { verb: 'confirm', from: ['watch'], to: 'retained', role: null, ownersOnly: false },
  { verb: 'relapse', from: ['watch'], to: 'relapsed', role: null, ownersOnly: false },
]

const byVerb = new Map(TRANSITIONS.map((transition) => [transition.verb, transition]))

export function transitionOf(verb: Verb): Transition {
  const found = byVerb.get(verb)
  if (found === undefined) throw new Error(`the transition table has no verb ${verb}`)
  return found
}

/** Verbs a person can use on a case in this state, in the order buttons stand. */
export function verbsIn(state: AlertState): Verb[] {
  return TRANSITIONS.filter((row) => row.role !== null && row.from.includes(state)).map((row) => row.verb)
}

/** Why a verb is refused. */
export type Refusal = 'already-claimed' | 'closed' | 'not-now' | 'not-yours' | 'role'

/** What may not be done, and why; null when it may. `by` is null for the program itself. */
export function refuses(
  verb: Verb,
  alert: { readonly state: AlertState; readonly owner: string | null },
  by: { readonly id: string; readonly role: Role } | null,
  mayActAs: (held: Role, needed: Role) => boolean,
): Refusal | null {
  const row = transitionOf(verb)
  if (by !== null && (row.role === null || !mayActAs(by.role, row.role))) return 'role'
  if (!row.from.includes(alert.state)) {
    if (CLOSED.includes(alert.state)) return 'closed'
    return verb === 'claim' && alert.owner !== null ? 'already-claimed' : 'not-now'
  }
  const someoneElses = by !== null && alert.owner !== null && alert.owner !== by.id
  if (verb === 'claim' && someoneElses) return 'already-claimed'
  if (row.ownersOnly && someoneElses && !mayActAs(by.role, 'manager')) return 'not-yours'
  return null
}

/** The state a verb leads to. A snoozed case that wakes or is claimed returns to the furthest step it had reached. */
export function stateAfter(
  verb: Verb,
  alert: { readonly state: AlertState; readonly owner: string | null; readonly contactedAt: Date | null },
): AlertState {
  const to = transitionOf(verb).to
  // Handing over a case nobody has taken makes it someone's.
  if (verb === 'reassign' && alert.state === 'open') return 'claimed'
  if (to === 'same') return alert.state
  if (to !== 'back' && verb !== 'claim') return to
  if (alert.contactedAt !== null) return 'contacted'
  if (to !== 'back') return to
  return alert.owner === null ? 'open' : 'claimed'
}
