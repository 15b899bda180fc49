import fc from 'fast-check'
import { expect, it } from 'vitest'
import { repeatedKey } from '../../src/ingest/repeated-key.ts'

it('no JSON that was written out of a value has a key twice', () => {
  fc.assert(fc.property(fc.json(), (words) => void expect(repeatedKey(words)).toBeNull()))
})

it.each([
  ['{"a": 1, "a": 2}', 'a'],
  ['{"a": 1, "\\u0061": 2}', 'a'],
  ['[{"b": {"c": "}", "d": ["\\\\", "\\""], "c": 1}}]', 'c'],
  ['{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}], "a": null}', 'a'],
  ['{"a": "a", "b": "\\"a\\": 1, \\"a\\""}', null],
  ['["a", "a"]', null],
])('%s', (words, key) => {
  expect(repeatedKey(words)).toBe(key)
})
