import { expect, test } from 'vitest'
import { howGone, isGone, silentDays } from '../../src/signals/gone.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, every, type Life, lexicon, profile } from './customer.ts'

test.each<[string, Life, boolean]>([
  ['active yesterday', { events: { visit: [1] } }, false],
  ['179 days of nothing', { events: { visit: [179] } }, false],
  ['180 days of nothing', { events: { visit: [180], login: [300] } }, true],
  ['no visit, but logins', { events: { visit: [400], login: [10] } }, false],
  ['cancelled', { events: { visit: [20], cancelled: [10] } }, true],
  ['cancelled and came back', { events: { visit: [20, 5], cancelled: [10] } }, false],
  ['only ever complained', { events: { complaint: [400] } }, false],
  ['never seen at all', {}, false],
])('%s', (_, life, gone) => {
  expect(isGone(customerWith(life), profile)).toBe(gone)
})

test('who cancelled has said so; who stayed away is only thought to have left', () => {
  const how = (life: Life) => howGone(customerWith(life), profile)
  expect(how({ events: { visit: [400], cancelled: [10] } })).toBe('cancelled')
  expect(how({ events: { visit: [400, 300], cancelled: [350] } })).toBe('stayed-away')
  expect(how({ events: { visit: [20, 5], cancelled: [10] } })).toBeNull()
})

test('silence is counted from the last activity of any kind that counts as one', () => {
  const days = (life: Life) => silentDays(customerWith(life), profile)
  expect(days({ events: { visit: [90], login: [20], complaint: [2] } })).toBeCloseTo(20)
  expect(days({ events: { complaint: [2] } })).toBeNaN()
})

test('the same history gives the same readings, whatever is after it', () => {
  const events = { visit: every(30, 400, 130), login: every(2, 200, 70), competitor_seen: [5] }
  const later = { ...events, visit: [...events.visit, -3], competitor_seen: [5, -1] }
  const readAll = (life: Life) =>
    coldStartSignals(profile, lexicon).map((signal) => ({ ...signal.read(customerWith(life)) }))
  expect(readAll({ events: later, says: [[2, '我要退款']] })).toEqual(
    readAll({ events, says: [[2, '我要退款']] }),
  )
})
