import { describe, expect, it } from 'vitest'
import { changeOf } from '../../src/alerts/change.ts'
import { caseIn, DAY, HOUR, hoursDue, later, move, TERMS } from './cases.ts'

describe('snoozing', () => {
  it('counts the clocks that would ring meanwhile from the waking, and no other', () => {
    const claimed = move(caseIn('open'), 'claim', 1)
    const asleep = move(claimed, 'snooze', 1, { until: later(80 * HOUR) })
    expect(asleep).toMatchObject({ state: 'snoozed', snoozedUntil: later(80 * HOUR), owner: 'lin' })
    expect(hoursDue(asleep)).toEqual({ reach: 80 + 72, outcome: 168 })
    expect(hoursDue(move(asleep, 'wake', 80, { by: null }))).toEqual({ reach: 80 + 72, outcome: 168 })
  })
  it.each([1, 22, 23, 24, 167, 30 * 24])(
    'leaves the time it takes to take it up at the least, after %d hours',
    (hours) => {
      // To be reached within 24 hours and claimed within two.
      const claimed = move(caseIn('open', { tier: 'P0' }), 'claim', 0)
      const woken = move(move(claimed, 'snooze', 0, { until: later(hours * HOUR) }), 'wake', hours, {
        by: null,
      })
      expect(woken.due).toHaveLength(2)
      for (const due of Object.values(hoursDue(woken))) expect(due - hours).toBeGreaterThanOrEqual(2)
      expect(hoursDue(woken)['reach']).toBe(hours <= 22 ? 24 : hours + 24)
    },
  )
  it('puts off nothing of the time in which somebody must claim it, nor who is told when nobody did', () => {
    const asleep = move(caseIn('open'), 'snooze', 1, { until: later(20 * DAY) })
    expect(hoursDue(asleep)).toEqual({ claim: 24, reach: 480 + 72, outcome: 480 + 168 })
    const missed = { clock: 'claim', at: later(24 * HOUR) } as const
    const told = changeOf(asleep, { verb: 'overdue', by: null, at: later(24 * HOUR), missed }, TERMS)
    expect(told).toMatchObject({ state: 'snoozed', set: { escalated: 1 } })
    expect(told.start.map(({ kind }) => kind)).toEqual(['up-claim'])
    expect(told.stop).not.toContain('up-claim')
  })
  it('puts off no longer than the case sleeps: who takes it up has the tier’s own time from then on', () => {
    const asleep = move(caseIn('open', { tier: 'P0' }), 'snooze', 1, { until: later(20 * DAY) })
    expect(hoursDue(move(asleep, 'claim', 2))).toEqual({ reach: 26, outcome: 170 })
    expect(hoursDue(move(asleep, 'contacted', 2, { by: 'shen' }))).toEqual({ outcome: 170 })
    const change = changeOf(asleep, { verb: 'claim', by: 'lin', at: later(2 * HOUR) }, TERMS)
    expect(change.start).toContainEqual({ kind: 'remind-reach', at: later(14 * HOUR) })
    // What rings before that stays as it was.
    const soon = move(caseIn('open'), 'snooze', 1, { until: later(80 * HOUR) })
    expect(hoursDue(move(soon, 'claim', 70))).toEqual({ reach: 70 + 72, outcome: 168 })
  })
  it('leaves a missed clock missed', () => {
    const late = caseIn('open', { due: [{ clock: 'claim', at: later(2 * HOUR), missed: true }] })
    expect(move(late, 'snooze', 3, { until: later(48 * HOUR) }).due).toEqual(late.due)
  })
  it.each([
    ['open', {}],
    ['claimed', { owner: 'lin', claimedAt: later(0) }],
    ['contacted', { owner: 'lin', claimedAt: later(0), contactedAt: later(HOUR) }],
  ] as const)('wakes where it had come to: %s', (state, more) => {
    const woken = move(move(caseIn(state, more), 'snooze', 1, { until: later(9 * HOUR) }), 'wake', 9, {
      by: null,
    })
    expect(woken).toMatchObject({ state, snoozedUntil: null })
  })
  it('claimed by its own owner after contact, it stays contacted', () => {
    const reached = caseIn('contacted', { owner: 'lin', claimedAt: later(0), contactedAt: later(HOUR) })
    expect(move(move(reached, 'snooze', 2, { until: later(9 * HOUR) }), 'claim', 3).state).toBe('contacted')
  })
})
