import { expect, it } from 'vitest'
import { fallenSince, hasMovedBelow } from '../../src/alerts/fallen.ts'
import type { Reading } from '../../src/signals/signal.ts'
import { caseIn, DAY, judged, later, silent } from './cases.ts'

const open = caseIn('open', { tier: 'P0' })
const neverBack = caseIn('open', { tier: 'P0', assessment: judged('watch', []) })
const onDay = (days: number) => ({ asOf: later(days * DAY).getTime() })

it('tells of a case to what its customer’s risk has come down, and when that was judged', () => {
  expect(fallenSince(open, judged('P2', [], onDay(3)))).toEqual({ tier: 'P2', ...onDay(3) })
  expect(fallenSince(caseIn('snoozed', { tier: 'P0' }), judged('routine', [], onDay(3)))).not.toBeNull()
})

it.each([
  ['nobody was judged since', open, null],
  ['the case was told of it', open, judged('P1', [], onDay(0))],
  ['the risk stands', open, judged('P0', [], onDay(3))],
  ['they left', open, judged('routine', [], { ...onDay(3), reason: 'already-gone' })],
  ['they fell silent', open, judged('watch', [], { ...onDay(3), reason: 'long-silent' })],
  ['the data that showed it does not come in', open, judged('watch', [held()], onDay(3))],
  ['they are watched', caseIn('watch', { tier: 'P0' }), judged('routine', [], onDay(3))],
  ['no tier asked for it: nobody came back', neverBack, judged('routine', [], onDay(3))],
  ['it is over', caseIn('resolved', { tier: 'P0' }), judged('routine', [], onDay(3))],
])('says nothing where %s', (_, alert, latest) => {
  expect(fallenSince(alert, latest)).toBeNull()
})

it('draws a card anew on the way down and back up, and not while the risk stays or is above', () => {
  expect(hasMovedBelow(open, 'P0', 'P2')).toBe(true)
  expect(hasMovedBelow(open, 'P2', 'P0')).toBe(true)
  expect(hasMovedBelow(open, 'P2', 'P2')).toBe(false)
  expect(hasMovedBelow(caseIn('open', { tier: 'P2' }), 'P2', 'P1')).toBe(false)
})

function held(): Reading {
  return { ...silent('silence'), held: { reason: 'feed-unhealthy', kinds: ['visit'] } }
}
