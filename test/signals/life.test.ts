import { expect, test } from 'vitest'
import { shownSince } from '../../src/signals/life.ts'
import { customerWith, DAY, type Life, mood, NOW, profile } from './customer.ts'

/** How many of the last ten days ago the last sign was, and the last bad mood; null: none. */
function shown(life: Life): (number | null)[] {
  const { lastSign, lastSour } = shownSince(customerWith(life), profile, NOW - 10 * DAY, mood)
  return [lastSign, lastSour].map((at) => (at === null ? null : Math.round((NOW - at) / DAY)))
}

test.each<[string, Life, number | null, number | null]>([
  ['a visit and two logins', { events: { visit: [4], login: [2, 9] } }, 2, null],
  ['what was before', { events: { visit: [11], login: [40] }, says: [[12, '非常满意']] }, null, null],
  ['something else than activity', { events: { complaint: [3], fault: [2] } }, null, null],
  ['thanks', { says: [[3, '处理得很好，非常满意，谢谢']] }, 3, null],
  ['a good mark', { says: [[3, '', 10]] }, 3, null],
  ['anger', { says: [[3, '还是没修好，太失望了']] }, null, 3],
  ['anger after a visit', { events: { visit: [5] }, says: [[3, '还是没修好，太失望了']] }, 5, 3],
  ['a question', { says: [[3, '周末几点关门']] }, null, null],
])('%s', (_, life, sign, sour) => {
  expect(shown(life)).toEqual([sign, sour])
})
