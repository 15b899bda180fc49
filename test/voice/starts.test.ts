import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbers } from '../../src/voice/kernel/memory.ts'
import { unitsOf } from '../../src/voice/sentiment.ts'
import { type FoldedUnits, type Starts, startsOf } from '../../src/voice/starts.ts'

const SIGNS = ['a', 'b', ' ', '3', '甲', '乙', '丙', '。']
const words = (maxLength: number) => fc.string({ unit: fc.constantFrom(...SIGNS), maxLength })
const phrases = fc.array(
  words(6).filter((one) => one.trim() !== '' && one.trim() === one),
  { maxLength: 8 },
)

function placesOf(starts: Starts, text: FoldedUnits): number[] {
  const count = starts.in(text)
  const from = starts.places() >> 2
  return Array.from(numbers.subarray(from, from + count))
    .filter((place) => (place & starts.finder) !== 0)
    .map((place) => place & 0xff_ffff)
}

/** Where one of them stands, the heads of words only. */
function standing(phrases: readonly string[], text: string): number[] {
  return Array.from(text, (_, at) => at).filter(
    (at) =>
      phrases.some((phrase) => text.startsWith(phrase, at)) &&
      !(/[a-z]/.test(text[at]!) && /[a-z0-9]/.test(text[at - 1] ?? '')),
  )
}

test('no place is left out at which a phrase stands, whichever finders look with it', () => {
  const owner = {}
  fc.assert(
    fc.property(fc.array(phrases, { minLength: 1, maxLength: 3 }), words(30), (lists, text) => {
      const finders = lists.map((list) => startsOf(list, [], owner))
      const opened = unitsOf(text)
      for (const [nth, starts] of finders.entries()) {
        expect(placesOf(starts, opened)).toEqual(expect.arrayContaining(standing(lists[nth]!, text)))
      }
    }),
    { numRuns: 40 },
  )
})

test('most places are left out', () => {
  const starts = startsOf(['退款', 'refund'], [], SIGNS)
  expect(placesOf(starts, unitsOf('我要退货不退款 i want a refund, really'))).toEqual([5, 17])
})

test('who sees through dodges is shown where one may be', () => {
  const starts = startsOf(['refund'], ['3'.charCodeAt(0)], SIGNS)
  expect(placesOf(starts, unitsOf('a r-efund, rr3fund or 3efund'))).toEqual(
    expect.arrayContaining([2, 11, 22]),
  )
})
