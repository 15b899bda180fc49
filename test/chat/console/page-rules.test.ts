import { expect, test } from 'vitest'
import { secondsLeft } from '../../../templates/console/seconds-left.ts'
import { stepOf } from '../../../templates/console/steps.ts'

test('a button is of use for its seconds, counted from when it came', () => {
  expect(secondsLeft({}, null, 0)).toBeNull()
  expect(secondsLeft({ seconds: 60 }, 1_000, 1_000)).toBe(60)
  expect(secondsLeft({ seconds: 60 }, 1_000, 11_500)).toBe(50)
  expect(secondsLeft({ seconds: 60 }, 1_000, 999_000)).toBe(0)
  // It was on screen before the page was opened: nobody knows how long.
  expect(secondsLeft({ seconds: 60 }, null, 1_000)).toBe(0)
})

test.each<[string, boolean, string | null]>([
  ['j', false, 'next'],
  ['k', true, 'back'],
  ['ArrowDown', true, 'next'],
  ['ArrowDown', false, null],
  ['ArrowUp', true, 'back'],
  ['Enter', true, 'open'],
  ['Enter', false, null],
  ['Escape', true, 'leave'],
  ['Escape', false, null],
  ['x', true, null],
])('the key %s, on a card: %s, means %s', (key, here, step) => {
  expect(stepOf(key, here)).toBe(step)
})
