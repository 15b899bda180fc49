import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, AlertState, Outcome } from '../../src/alerts/alert.ts'
import { changeOf } from '../../src/alerts/change.ts'
import { dueClocks } from '../../src/alerts/sla.ts'
import { TRANSITIONS } from '../../src/alerts/transition.ts'
import { caseIn, DAY, fired, HOUR, hoursDue, judged, later, move, TERMS } from './cases.ts'

const outcome = (result: Outcome['result']): Outcome => ({
  ...{ result, reason: 'price', action: '打折', entitlement: '免费保养', costMinor: 28_000, reply: '再看看' },
})
describe('claiming and reaching', () => {
  it('stop their clocks, and reaching an unclaimed customer claims the case', () => {
    const claimed = move(caseIn('open'), 'claim', 1)
    expect(claimed).toMatchObject({ state: 'claimed', owner: 'lin', claimedAt: later(HOUR) })
    expect(hoursDue(claimed)).toEqual({ reach: 72, outcome: 168 })
    const reached = move(caseIn('open'), 'contacted', 2)
    expect(reached).toMatchObject({
      state: 'contacted',
      owner: 'lin',
      claimedAt: later(2 * HOUR),
      contactedAt: later(2 * HOUR),
    })
    expect(hoursDue(reached)).toEqual({ outcome: 168 })
  })
  it('keep the first owner and the first times when a manager helps', () => {
    const helped = move(move(caseIn('open'), 'claim', 1), 'contacted', 3, { by: 'shen' })
    expect(helped).toMatchObject({ owner: 'lin', claimedAt: later(HOUR), contactedAt: later(3 * HOUR) })
  })
})

describe('getting worse', () => {
  const worse = (alert: Alert, hours: number, tier: Alert['tier']) =>
    move(alert, 'worsen', hours, { by: null, tier, assessment: judged(tier, [fired('rules')]) })

  it('brings the shorter clocks of the tier, counted from now', () => {
    const raised = worse(caseIn('open', { tier: 'P2' }), 10, 'P0')
    expect(raised).toMatchObject({ tier: 'P0', state: 'open', assessment: { tier: 'P0' } })
    expect(hoursDue(raised)).toEqual({ claim: 12, reach: 34, outcome: 168 })
  })
  it('starts its clocks also where they were met or missed, but asks no owner to claim it', () => {
    const claimed = move(caseIn('open', { tier: 'P2' }), 'claim', 1)
    expect(hoursDue(worse(claimed, 10, 'P0'))).toEqual({ reach: 34, outcome: 168 })
    const missed = caseIn('open').due.map((due) => ({ ...due, missed: true }))
    const late = caseIn('open', { tier: 'P2', due: missed })
    const raised = worse(late, 400, 'P0')
    expect(hoursDue(raised)).toEqual({ claim: 402, reach: 424, outcome: 568 })
    expect(raised.due.every((due) => !due.missed)).toBe(true)
    const change = changeOf(
      late,
      { verb: 'worsen', by: null, at: later(400 * HOUR), tier: 'P0', assessment: judged('P0') },
      TERMS,
    )
    expect(change.stop).toEqual(expect.arrayContaining(['up-claim', 'up-reach']))
    expect(change.start.map(({ kind }) => kind)).toContain('remind-claim')
  })
  it('asks for another call of who was reached at the milder tier', () => {
    const reached = move(move(caseIn('open', { tier: 'P2' }), 'claim', 1), 'contacted', 2)
    const raised = worse(reached, 50, 'P0')
    expect(raised).toMatchObject({ state: 'claimed', owner: 'lin', contactedAt: null })
    expect(hoursDue(raised)).toEqual({ reach: 74, outcome: 168 })
    expect(worse(reached, 50, 'P2')).toMatchObject({ state: 'contacted', contactedAt: later(2 * HOUR) })
    const asleep = move(reached, 'snooze', 3, { until: later(90 * HOUR) })
    expect(worse(asleep, 50, 'P0')).toMatchObject({ state: 'claimed', contactedAt: null })
  })
  it('changes no clock for a new kind of signal at the same tier', () => {
    const open = caseIn('open')
    expect(worse(open, 10, 'P1').due).toEqual(open.due)
  })
  it('wakes a case that slept and gives it its clocks back', () => {
    const asleep = move(caseIn('open'), 'snooze', 1, { until: later(20 * DAY) })
    const woken = worse(asleep, 10, 'P1')
    expect(woken).toMatchObject({ state: 'open', snoozedUntil: null })
    expect(hoursDue(woken)).toEqual({ claim: 24, reach: 82, outcome: 178 })
  })
  it('never moves a deadline away', () => {
    const tier = fc.constantFrom('P0' as const, 'P1' as const, 'P2' as const)
    fc.assert(
      fc.property(
        tier,
        tier,
        fc.integer({ min: 0, max: 300 }),
        fc.option(fc.integer({ min: 1, max: 700 })),
        (from, to, hours, sleep) => {
          const open = caseIn('open', { tier: from })
          const before = sleep === null ? open : move(open, 'snooze', 0, { until: later(sleep * HOUR) })
          const now = hoursDue(worse(before, hours, to))
          for (const [clock, due] of Object.entries(hoursDue(before)))
            expect(now[clock]).toBeLessThanOrEqual(due)
        },
      ),
    )
  })
})

it('asks for progress anew once there is some: a step of the plan that somebody has done', () => {
  const claimed = move(caseIn('open', { tier: 'P0' }), 'claim', 1)
  const questions = (by: string | null) => {
    const step = { verb: 'step', by, at: later(5 * HOUR), step: 'listen' } as const
    const { stop, start } = changeOf(claimed, step, TERMS)
    const asked = start.filter(({ kind }) => kind.startsWith('stale-'))
    return [stop.filter((kind) => kind.startsWith('stale-')), asked.map(({ at }) => at)]
  }
  const hours = TERMS.stale.P0
  expect(questions('lin')).toEqual([
    ['stale-ask', 'stale-release'],
    [later((5 + hours) * HOUR), later((5 + 2 * hours) * HOUR)],
  ])
  expect(questions(null)).toEqual([[], []])
})

describe('closing', () => {
  it('begins the watch for who stays, marked or resolved, with the outcome kept', () => {
    const watch = {
      state: 'watch',
      owner: 'lin',
      watchFrom: later(HOUR),
      watchUntil: later(HOUR + 30 * DAY),
      closedAt: null,
      due: [],
    }
    expect(move(caseIn('open'), 'retained', 1)).toMatchObject({ ...watch, outcome: null })
    const stays = outcome('stays')
    expect(move(caseIn('open'), 'resolve', 1, { outcome: stays })).toMatchObject({ ...watch, outcome: stays })
  })
  it('said again during the watch, "stays" renews nothing', () => {
    const watched = move(caseIn('open'), 'retained', 1)
    const again = move(watched, 'resolve', 200, { outcome: outcome('stays') })
    expect(again).toMatchObject({
      state: 'watch',
      watchFrom: watched.watchFrom,
      watchUntil: watched.watchUntil,
      outcome: outcome('stays'),
    })
  })
  it('ends the case for who is lost, also in the watch', () => {
    for (const state of ['contacted', 'watch'] as const) {
      const lost = changeOf(
        caseIn(state, { owner: 'lin' }),
        { verb: 'resolve', by: 'lin', at: later(HOUR), outcome: outcome('lost') },
        TERMS,
      )
      expect(lost).toMatchObject({
        state: 'resolved',
        set: { closedAt: later(HOUR), outcome: outcome('lost') },
        start: [],
      })
      expect(lost.stop).toContain('watch-end')
    }
  })
  it('keeps the length of the watch to the setting', () => {
    const change = changeOf(
      caseIn('open'),
      { verb: 'retained', by: 'lin', at: later(0) },
      { ...TERMS, watchDays: 7 },
    )
    expect(change.set.watchUntil).toEqual(later(7 * DAY))
  })
})

it('touches nothing it is given and always says a state', () => {
  const states: AlertState[] = ['open', 'claimed', 'contacted', 'snoozed', 'watch']
  for (const { verb, from } of TRANSITIONS) {
    for (const state of states.filter((each) => from.includes(each))) {
      const alert = Object.freeze(caseIn(state, { owner: 'lin' }))
      const missed = { clock: 'claim', at: later(0) } as const
      const move = { verb, by: 'lin', at: later(0), outcome: outcome('other'), to: 'zhou', missed }
      const change = changeOf(alert, move, TERMS)
      expect(change.state, `${verb} ${state}`).toBeTypeOf('string')
      expect(changeOf(alert, move, TERMS)).toEqual(change)
    }
  }
})

it('counts the three clocks of a tier from an instant', () => {
  const hours = (tier: Alert['tier']) =>
    dueClocks(tier, later(0), TERMS).map(({ clock, at }) => [
      clock,
      (at.getTime() - later(0).getTime()) / HOUR,
    ])
  expect(hours('P0')).toEqual([
    ['claim', 2],
    ['reach', 24],
    ['outcome', 168],
  ])
  expect(hours('P1')).toEqual([
    ['claim', 24],
    ['reach', 72],
    ['outcome', 168],
  ])
  expect(hours('P2')).toEqual([
    ['claim', 168],
    ['reach', 168],
    ['outcome', 168],
  ])
})
