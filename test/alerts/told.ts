import fc from 'fast-check'
import type { Alert, AlertState, Outcome, Verb } from '../../src/alerts/alert.ts'
import { RESULTS } from '../../src/alerts/alert.ts'
import type { Move } from '../../src/alerts/move.ts'
import { TRANSITIONS } from '../../src/alerts/transition.ts'
import type { Role } from '../../src/records/person.ts'

/** The transition table told in other words: a second opinion for tests, on one worker or on several. */

export const VERBS = TRANSITIONS.map(({ verb }) => verb)
export const PEOPLE: readonly { id: string; role: Role }[] = [
  { id: 'vera', role: 'viewer' },
  { id: 'lin', role: 'csm' },
  { id: 'zhou', role: 'csm' },
  { id: 'shen', role: 'manager' },
  { id: 'ye', role: 'admin' },
]

/** Who every reassignment goes to. */
export const HANDED_TO = 'zhou'

export interface Press {
  readonly verb: Verb
  readonly by: (typeof PEOPLE)[number] | null
  readonly hours: number
  readonly result: Outcome['result']
  readonly tier: Alert['tier']
}

const byProgram = TRANSITIONS.filter(({ role }) => role === null).map(({ verb }) => verb)
const someone = fc.record({ verb: fc.constantFrom(...VERBS), by: fc.constantFrom(...PEOPLE) })
const theProgram = fc.record({ verb: fc.constantFrom(...byProgram), by: fc.constant(null) })

const rest = fc.record({
  hours: fc.integer({ min: 0, max: 60 }),
  result: fc.constantFrom(...RESULTS),
  tier: fc.constantFrom('P0' as const, 'P1' as const, 'P2' as const),
})
export const press: fc.Arbitrary<Press> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: someone }, theProgram), rest)
  .map(([who, more]) => ({ ...who, ...more }))

/** What a case is, told without the table: the words a team would use. */
export interface Told {
  readonly phase: 'working' | 'asleep' | 'watched' | 'over'
  readonly ending: AlertState | null
  readonly owner: string | null
  readonly reached: boolean
  /** What a worse one asks for again. */
  readonly tier: Alert['tier']
}

const BY_THE_CLOCK: readonly Verb[] = [
  ...(['wake', 'worsen', 'remind', 'overdue', 'escalate', 'ask', 'release'] as const),
  ...(['course', 'confirm', 'relapse'] as const),
]

export function answerOf(told: Told, { verb, by }: Press): string | null {
  const programOnly = BY_THE_CLOCK.includes(verb)
  const boss = by !== null && (by.role === 'manager' || by.role === 'admin')
  if (by !== null && (programOnly || by.role === 'viewer')) return 'role'
  // Whoever was kept stays in their plan.
  if (told.phase === 'over' && !(verb === 'step' && told.ending === 'retained')) return 'closed'
  if (!isTime(told, verb)) return verb === 'claim' && told.owner !== null ? 'already-claimed' : 'not-now'
  if (by === null || told.owner === null || told.owner === by.id) return null
  if (verb === 'claim') return 'already-claimed'
  return boss ? null : 'not-yours'
}

function isTime({ phase, owner, reached }: Told, verb: Verb): boolean {
  if (verb === 'confirm' || verb === 'relapse' || verb === 'course') return phase === 'watched'
  if (verb === 'resolve' || verb === 'reassign') return true
  if (verb === 'step') return phase !== 'asleep'
  if (phase === 'watched') return false
  if (verb === 'wake') return phase === 'asleep'
  if (verb === 'snooze' || verb === 'remind') return phase === 'working'
  if (verb === 'ask' || verb === 'release') return phase === 'working' && owner !== null && !reached
  if (verb === 'claim') return phase === 'asleep' || (owner === null && !reached)
  if (verb === 'contacted') return phase === 'asleep' || !reached
  return true
}

export function tellOn(told: Told, { verb, by, result, tier }: Press): Told {
  const mine = { ...told, owner: told.owner ?? by?.id ?? null }
  const over = (ending: AlertState): Told => ({ ...told, phase: 'over', ending })
  if (verb === 'claim') return { ...told, phase: 'working', owner: by?.id ?? null }
  if (verb === 'contacted') return { ...mine, phase: 'working', reached: true }
  if (verb === 'retained') return { ...mine, phase: 'watched' }
  if (verb === 'resolve') {
    if (result !== 'stays') return { ...mine, phase: 'over', ending: 'resolved' }
    return told.phase === 'watched' ? told : { ...mine, phase: 'watched' }
  }
  if (verb === 'snooze') return { ...told, phase: 'asleep' }
  if (verb === 'reassign') return { ...told, owner: HANDED_TO }
  if (verb === 'release') return { ...told, owner: null }
  if (verb === 'wake') return { ...told, phase: 'working' }
  // Urgency is told by the name: P0 stands before P1.
  if (verb === 'worsen')
    return { ...told, phase: 'working', tier, reached: told.reached && tier >= told.tier }
  if (verb === 'dismiss') return over('dismissed')
  if (verb === 'confirm') return over('retained')
  if (verb === 'relapse') return over('relapsed')
  return told
}

export function stateTold({ phase, ending, owner, reached }: Told): AlertState {
  if (phase === 'over') return ending!
  if (phase === 'watched') return 'watch'
  if (phase === 'asleep') return 'snoozed'
  return reached ? 'contacted' : owner === null ? 'open' : 'claimed'
}

const outcome = (result: Outcome['result']): Outcome => ({
  result,
  reason: 'service',
  action: 'x',
  entitlement: '',
  costMinor: 0,
  reply: '',
})

/** The move a press makes at an instant. */
export function moveOf({ verb, by, result, tier }: Press, at: Date, until: Date): Move {
  return {
    verb,
    by: by?.id ?? null,
    at,
    until,
    outcome: outcome(result),
    tier,
    to: HANDED_TO,
    missed: { clock: 'claim', at },
    course: 'flat',
  }
}

/** As a case is opened. */
export const FRESH: Told = { phase: 'working', ending: null, owner: null, reached: false, tier: 'P2' }
