import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, AlertState, Outcome, Verb } from '../../src/alerts/alert.ts'
import { CLOSED, RESULTS } from '../../src/alerts/alert.ts'
import { changeOf } from '../../src/alerts/change.ts'
import { refuses, TRANSITIONS, transitionOf, verbsIn } from '../../src/alerts/transition.ts'
import { mayActAs, ROLES, type Role } from '../../src/records/person.ts'
import { caseIn, HOUR, judged, later, TERMS, type Timer, written } from './cases.ts'

const VERBS = TRANSITIONS.map(({ verb }) => verb)
const STATES: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed', 'watch', ...CLOSED]
const PEOPLE: readonly { id: string; role: Role }[] = [
  { id: 'vera', role: 'viewer' },
  { id: 'lin', role: 'csm' },
  { id: 'zhou', role: 'csm' },
  { id: 'shen', role: 'manager' },
  { id: 'ye', role: 'admin' },
]

/** Who every reassignment goes to. */
const HANDED_TO = 'zhou'

interface Press {
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
const press: fc.Arbitrary<Press> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: someone }, theProgram), rest)
  .map(([who, more]) => ({ ...who, ...more }))

/** What a case is, told without the table: the words a team would use. */
interface Told {
  readonly phase: 'working' | 'asleep' | 'watched' | 'over'
  readonly ending: AlertState | null
  readonly owner: string | null
  readonly reached: boolean
}

const BY_THE_CLOCK: readonly Verb[] = [
  ...(['wake', 'worsen', 'remind', 'overdue', 'escalate', 'ask', 'release'] as const),
  ...(['course', 'confirm', 'relapse'] as const),
]

function answerOf(told: Told, { verb, by }: Press): string | null {
  const programOnly = BY_THE_CLOCK.includes(verb)
  const boss = by !== null && (by.role === 'manager' || by.role === 'admin')
  if (by !== null && (programOnly || by.role === 'viewer')) return 'role'
  if (told.phase === 'over') return 'closed'
  if (!isTime(told, verb)) return verb === 'claim' && told.owner !== null ? 'already-claimed' : 'not-now'
  if (by === null || told.owner === null || told.owner === by.id) return null
  if (verb === 'claim') return 'already-claimed'
  return boss ? null : 'not-yours'
}

function isTime({ phase, owner, reached }: Told, verb: Verb): boolean {
  if (verb === 'confirm' || verb === 'relapse' || verb === 'course') return phase === 'watched'
  if (verb === 'resolve' || verb === 'reassign') return true
  if (phase === 'watched') return false
  if (verb === 'wake') return phase === 'asleep'
  if (verb === 'snooze' || verb === 'remind') return phase === 'working'
  if (verb === 'ask' || verb === 'release') return phase === 'working' && owner !== null && !reached
  if (verb === 'claim') return phase === 'asleep' || (owner === null && !reached)
  if (verb === 'contacted') return phase === 'asleep' || !reached
  return true
}

function tellOn(told: Told, { verb, by, result }: Press): Told {
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
  if (verb === 'wake' || (verb === 'worsen' && told.phase === 'asleep')) return { ...told, phase: 'working' }
  if (verb === 'dismiss') return over('dismissed')
  if (verb === 'confirm') return over('retained')
  if (verb === 'relapse') return over('relapsed')
  return told
}

function stateTold({ phase, ending, owner, reached }: Told): AlertState {
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

/** Plays presses on a case; what is refused changes nothing. */
function play(
  presses: readonly Press[],
  each: (step: { press: Press; before: Alert; refusal: string | null; now: Alert; timers: Timer[] }) => void,
) {
  let now = caseIn('open', { tier: 'P2', assessment: judged('P2') })
  let timers: Timer[] = []
  let clock = 0
  for (const step of presses) {
    clock += step.hours * HOUR
    const before = now
    const refusal = refuses(step.verb, now, step.by, mayActAs)
    if (refusal === null) {
      const at = later(clock)
      const move = {
        verb: step.verb,
        by: step.by?.id ?? null,
        at,
        until: later(clock + 50 * HOUR),
        outcome: outcome(step.result),
        tier: step.tier,
        to: HANDED_TO,
        missed: { clock: 'claim', at } as const,
        course: 'flat' as const,
      }
      ;({ alert: now, timers } = written(now, changeOf(now, move, TERMS), timers))
    }
    each({ press: step, before, refusal, now, timers })
  }
}

describe('a case under any schedule of presses', () => {
  const presses = fc.array(press, { maxLength: 25 })

  it('stands where people would say it stands, and refuses for the reason they would give', () => {
    fc.assert(
      fc.property(presses, (all) => {
        let told: Told = { phase: 'working', ending: null, owner: null, reached: false }
        play(all, ({ press: step, refusal, now }) => {
          expect(refusal).toBe(answerOf(told, step))
          if (refusal === null) told = tellOn(told, step)
          expect([now.state, now.owner]).toEqual([stateTold(told), told.owner])
        })
      }),
      { numRuns: 1_500 },
    )
  })

  it('never leaves a closed state, and leaves no timer running behind it', () => {
    fc.assert(
      fc.property(presses, (all) => {
        play(all, ({ before, now, timers }) => {
          if (CLOSED.includes(before.state)) expect(now).toBe(before)
          if (!CLOSED.includes(now.state)) return
          expect(now.closedAt).not.toBeNull()
          expect(now.due).toEqual([])
          expect(timers).toEqual([])
        })
      }),
      { numRuns: 500 },
    )
  })

  it('sleeps with exactly one wake timer and is watched with exactly one end', () => {
    fc.assert(
      fc.property(presses, (all) => {
        play(all, ({ now, timers }) => {
          expect(timers.filter(({ kind }) => kind === 'wake')).toHaveLength(now.state === 'snoozed' ? 1 : 0)
          expect(timers.filter(({ kind }) => kind === 'watch-end')).toHaveLength(
            now.state === 'watch' ? 1 : 0,
          )
          expect(now.snoozedUntil !== null).toBe(now.state === 'snoozed')
          expect(new Set(now.due.map(({ clock }) => clock)).size).toBe(now.due.length)
          const kinds = timers.map(({ kind }) => kind)
          expect(kinds.filter((kind) => kind.startsWith('stale-'))).toHaveLength(
            now.state === 'claimed' ? 2 : 0,
          )
          const awake = ['open', 'claimed', 'contacted'].includes(now.state)
          const next = now.contactedAt !== null ? 'outcome' : now.claimedAt !== null ? 'reach' : 'claim'
          for (const kind of kinds.filter((each) => each.startsWith('remind-')))
            expect([awake, kind]).toEqual([true, `remind-${next}`])
        })
      }),
      { numRuns: 500 },
    )
  })
})

describe('the table', () => {
  it('gives every state that is not closed a way out, and closed ones none', () => {
    for (const state of STATES) {
      const verbs = TRANSITIONS.filter((row) => row.from.includes(state) && row.to !== 'same')
      expect(verbs.length > 0, state).toBe(!CLOSED.includes(state))
      expect(verbsIn(state).length > 0, `${state}: for a person`).toBe(!CLOSED.includes(state))
    }
  })

  it('reaches every state from open', () => {
    const reached = new Set<AlertState>(['open'])
    for (let round = 0; round < STATES.length; round += 1) {
      for (const { from, to } of TRANSITIONS) {
        if (to !== 'same' && to !== 'back' && from.some((state) => reached.has(state))) reached.add(to)
      }
    }
    expect(reached).toEqual(new Set(STATES))
  })

  it('lets people do what buttons offer and nothing else', () => {
    for (const state of STATES) {
      for (const { verb, role } of TRANSITIONS) {
        const offered = verbsIn(state).includes(verb)
        const refusal = refuses(verb, { state, owner: null }, { id: 'lin', role: 'csm' }, mayActAs)
        expect(refusal === null, `${verb} in ${state}`).toBe(offered)
        if (role === null)
          expect(refuses(verb, { state, owner: null }, { id: 'ye', role: 'admin' }, mayActAs)).toBe('role')
      }
    }
  })

  it('names one row a verb and a role that exists', () => {
    expect(new Set(VERBS).size).toBe(VERBS.length)
    for (const { role } of TRANSITIONS) expect(role === null || ROLES.includes(role)).toBe(true)
    expect(() => transitionOf('fly' as Verb)).toThrow('no verb fly')
  })
})
