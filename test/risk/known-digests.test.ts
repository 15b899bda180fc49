import { expect, test } from 'vitest'
import { KnownDigests } from '../../src/risk/known-digests.ts'

test('a digest is worked out once for the same words, and the beginning of others is not the same', () => {
  const known = new KnownDigests()
  let asked = 0
  const of = (...words: string[]) =>
    known.of(words, () => {
      asked += 1
      return words.join().length
    })
  expect([of('a', 'bc'), of('a'), of('a', 'bc'), of(), of('a', 'b', 'c')]).toEqual([4, 1, 4, 0, 5])
  expect(asked).toBe(4)
  expect([of('a'), of()]).toEqual([1, 0])
  expect(asked).toBe(4)
})

test('of very many it forgets, and works them out again', () => {
  const known = new KnownDigests()
  let wrong = 0
  for (let at = 0; at < 120_000; at += 1) if (known.of([`${at}`], () => at) !== at) wrong += 1
  expect(wrong).toBe(0)
  expect(known.of(['7'], () => 8)).toBe(8)
})
