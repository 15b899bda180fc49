import { expect, test } from 'vitest'
import { signsOfLife } from '../../src/signals/life.ts'
import { customerWith, DAY, type Life, mood, NOW, profile } from './customer.ts'

/** Signs in the last ten days. */
const signs = (life: Life) => signsOfLife(customerWith(life), profile, NOW - 10 * DAY, mood)

test.each<[string, Life, number]>([
  ['a visit and two logins', { events: { visit: [4], login: [2, 9] } }, 3],
  ['what was before', { events: { visit: [11], login: [40] }, says: [[12, '非常满意']] }, 0],
  ['something else than activity', { events: { complaint: [3], fault: [2] } }, 0],
  ['thanks', { says: [[3, '处理得很好，非常满意，谢谢']] }, 1],
  ['a good mark', { says: [[3, '', 10]] }, 1],
  ['anger', { says: [[3, '还是没修好，太失望了']] }, 0],
  ['a question', { says: [[3, '周末几点关门']] }, 0],
])('%s', (_, life, count) => {
  expect(signs(life)).toBe(count)
})
