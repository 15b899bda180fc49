import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, AlertState, Verb } from '../../src/alerts/alert.ts'
import { CLOSED } from '../../src/alerts/alert.ts'
import { changeOf } from '../../src/alerts/change.ts'
import { refuses, TRANSITIONS, transitionOf, verbsIn } from '../../src/alerts/transition.ts'
import { mayActAs, ROLES } from '../../src/records/person.ts'
import { caseIn, HOUR, judged, later, TERMS, type Timer, written } from './cases.ts'
import { answerOf, FRESH, moveOf, type Press, press, stateTold, tellOn, VERBS } from './told.ts'

const STATES: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed', 'watch', ...CLOSED]

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
      const move = moveOf(step, at, later(clock + 50 * HOUR))
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
        let told = FRESH
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
          if (CLOSED.includes(before.state)) expect({ ...now, version: 0 }).toEqual({ ...before, version: 0 })
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
      const people = verbsIn(state).filter((verb) => !(state === 'retained' && verb === 'step'))
      expect(people.length > 0, `${state}: for a person`).toBe(!CLOSED.includes(state))
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
