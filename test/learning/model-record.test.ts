import { expect, test } from 'vitest'
import { readModelInUse, readModelNo } from '../../src/learning/model-record.ts'

test.each([
  ['M-3', 3],
  [' m3 ', 3],
  ['M – 12', 12],
  ['M－7', 7],
  ['42', 42],
  ['M-', null],
  ['A-3', null],
  ['3.5', null],
  ['1234567890', null],
  ['', null],
])('"%s" names model %s', (word, no) => {
  expect(readModelNo(word)).toBe(no)
})

test('what is stored as the model in use is a number or none', () => {
  expect([3, null, '3', 0, 2.5].map(readModelInUse)).toEqual([3, null, null, null, null])
})
