import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followUp, type Watched } from '../../src/alerts/follow-up.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { DAY, fired, judged, later, silent } from './cases.ts'

const baseline = judged('P1', [fired('words')])

const SILENT = { lastSign: null, lastSour: null, usualDays: 10, commonDays: 120, goneSince: null }
/** They came on a day of the watch. */
const came = (day: number) => ({ lastSign: +later(day * DAY) })

/** Day `day` of a 30-day watch of someone who comes monthly and has not come yet. */
function onDay(day: number, more: Partial<Watched> = {}): Watched {
  const watch = { tier: 'P1' as const, from: later(0), until: later(30 * DAY), now: later(day * DAY) }
  return { ...watch, baseline, latest: baseline, ...SILENT, ...more }
}

describe('a day of the retained watch', () => {
  it('is a relapse where a newer voice speaks', () => {
    const latest = judged('P1', [fired('words', 2)])
    expect(followUp(onDay(3, { latest }))).toMatchObject({ act: 'relapse', reason: 'new-evidence' })
  })
  it('is a relapse where the tier is worse or another kind of signal speaks', () => {
    expect(followUp(onDay(3, { latest: judged('P0') }))).toMatchObject({
      act: 'relapse',
      reason: 'worse-tier',
    })
    const latest = judged('P1', [fired('words'), fired('rules')])
    expect(followUp(onDay(3, { latest }))).toEqual({ act: 'relapse', reason: 'new-signal', tier: 'P1' })
  })
  it('is no relapse where nothing worth a card is left', () => {
    const latest = judged('watch', [fired('rules', 3), silent('words', 3)])
    expect(followUp(onDay(14, { latest, ...came(9) }))).toEqual({ act: 'wait', reason: 'warming' })
  })
  it('is too early for a quarterly visitor on day 15, who can still be confirmed', () => {
    expect(followUp(onDay(15, { usualDays: 90 }))).toEqual({ act: 'wait', reason: 'too-early' })
    expect(followUp(onDay(29, { usualDays: 90 }))).toEqual({ act: 'wait', reason: 'too-early' })
    expect(followUp(onDay(30, { usualDays: 90 }))).toEqual({ act: 'confirm', reason: 'watch-ended' })
    expect(followUp(onDay(15, { usualDays: null }))).toEqual({ act: 'wait', reason: 'too-early' })
  })
  it('is a relapse from the midpoint on where someone should have come and did not', () => {
    expect(followUp(onDay(9))).toEqual({ act: 'wait', reason: 'too-early' })
    expect(followUp(onDay(14))).toEqual({ act: 'wait', reason: 'cooling' })
    expect(followUp(onDay(15))).toMatchObject({ act: 'relapse', reason: 'no-recovery' })
    expect(followUp(onDay(15, came(9)))).toEqual({ act: 'wait', reason: 'flat' })
    expect(followUp(onDay(15, { latest: judged('routine', []) }))).toEqual({ act: 'wait', reason: 'cooling' })
  })
  it('ends well on the last day and not before', () => {
    expect(followUp(onDay(29.9, came(20)))).toMatchObject({ act: 'wait' })
    expect(followUp(onDay(30, came(20)))).toEqual({ act: 'confirm', reason: 'watch-ended' })
  })
  it('is a relapse as soon as someone has left, though nobody who has left is in a tier', () => {
    const latest = judged('routine', [])
    const left = (day: number, since: number) =>
      followUp(onDay(day, { latest, ...came(1), goneSince: +later(since * DAY) }))
    expect(left(9, 8)).toMatchObject({ act: 'relapse', reason: 'left' })
    expect(left(30, 8)).toMatchObject({ act: 'relapse', reason: 'left' })
    // They had cancelled before they were talked round: the watch is for them to come back in.
    expect(left(9, -1)).toMatchObject({ act: 'wait' })
    expect(left(30, -1)).toMatchObject({ act: 'relapse', reason: 'left' })
  })
  it('does not end well for someone who should have come twice and never did, however calm it is', () => {
    const latest = judged('routine', [])
    expect(followUp(onDay(29, { latest }))).toEqual({ act: 'wait', reason: 'cooling' })
    expect(followUp(onDay(30, { latest }))).toMatchObject({ act: 'relapse', reason: 'no-recovery' })
    expect(followUp(onDay(30, { latest, usualDays: 16 }))).toEqual({ act: 'confirm', reason: 'watch-ended' })
    expect(followUp(onDay(30, { latest, ...came(12) }))).toMatchObject({ act: 'confirm' })
  })
  it('warms only while signs keep coming, as often as they usually do', () => {
    const latest = judged('routine', [])
    const course = (day: number, more: Partial<Watched>) =>
      followUp(onDay(day, { latest, usualDays: 2, ...came(1), ...more })).reason
    expect([2, 4, 6, 28].map((day) => course(day, {}))).toEqual(['warming', 'flat', 'cooling', 'cooling'])
    expect(course(2, { lastSour: +later(1.5 * DAY) })).toBe('cooling')
    expect(course(2, { lastSour: +later(0.5 * DAY) })).toBe('warming')
    // Where they have no rhythm of their own, that of such customers counts.
    expect([10, 20].map((day) => course(day, { usualDays: null, commonDays: 7 }))).toEqual([
      'flat',
      'cooling',
    ])
    expect(course(30, {})).toBe('no-recovery')
    expect(course(30, { usualDays: null, commonDays: 7 })).toBe('watch-ended')
    expect(course(30, came(25))).toBe('watch-ended')
  })
  it('does not end well on the last day for someone who complains that morning', () => {
    const latest = judged('P1', [fired('words', 29.5)])
    expect(followUp(onDay(30, { latest, ...came(20) }))).toMatchObject({
      act: 'relapse',
      reason: 'new-evidence',
    })
  })
})

it('never relapses on what the mark had answered while the customer keeps coming, and never waits past the end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom(...TIERS),
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.integer({ min: 1, max: 400 })),
      (day, tier, ago, usualDays) => {
        const known = judged(tier, [fired('words', -1), silent('rules', 5)])
        const seen = { baseline: known, latest: known, ...came(day - ago / 10), usualDays }
        const verdict = followUp(onDay(day, seen))
        expect(verdict.act).toBe(day >= 30 ? 'confirm' : 'wait')
      },
    ),
  )
})
