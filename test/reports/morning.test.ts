import { expect, test } from 'vitest'
import type { AlertState } from '../../src/alerts/alert.ts'
import { morningPart } from '../../src/reports/morning.ts'
import { caseIn, DAY, HOUR, later, OPENED } from '../alerts/cases.ts'

const END = later(18 * HOUR)
const part = (state: AlertState, more: Parameters<typeof caseIn>[1] = {}) =>
  morningPart(caseIn(state, more), OPENED, END)
const due = (hours: number) => [{ clock: 'claim' as const, at: later(hours * HOUR), missed: false }]

test.each([
  ['a deadline that ran out', part('claimed', { due: due(-1) }), 'late'],
  [
    'one that is missed for good, too',
    part('contacted', { due: [{ ...due(-9)[0]!, missed: true }] }),
    'late',
  ],
  ['one of today', part('open', { due: due(10) }), 'today'],
  ['one of tomorrow, not taken yet', part('open', { due: due(30) }), 'fresh'],
  ['one of tomorrow, in hand', part('claimed', { due: due(30) }), null],
  ['asleep until this afternoon', part('snoozed', { snoozedUntil: later(9 * HOUR), due: due(-1) }), 'back'],
  ['asleep until next week', part('snoozed', { snoozedUntil: later(7 * DAY), due: due(-1) }), null],
  ['a watch that cools', part('watch', { course: 'cooling', watchUntil: later(20 * DAY), due: [] }), 'watch'],
  [
    'a watch that ends tomorrow',
    part('watch', { course: 'warming', watchUntil: later(DAY), due: [] }),
    'watch',
  ],
  ['a watch that goes well', part('watch', { course: 'warming', watchUntil: later(9 * DAY), due: [] }), null],
])('%s', (_, found, wanted) => {
  expect(found).toBe(wanted)
})
