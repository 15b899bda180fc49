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

test('no place is left out at which a phrase stands bent', () => {
  const owner = {}
  const signs = fc.constantFrom('e', 'f', ' ', '-', '3', '甲')
  const one = (maxLength: number) => fc.string({ unit: signs, minLength: 1, maxLength })
  fc.assert(
    fc.property(fc.array(one(5), { maxLength: 4 }), one(16), (some, text) => {
      const phrases = some.filter((phrase) => phrase.trim() === phrase && !phrase.includes('-'))
      const starts = startsOf(phrases, ['3'.charCodeAt(0)], owner)
      const bent = Array.from(text, (_, at) => at).filter(
        (at) =>
          !(isLetter(text[at]) && /[ef3]/.test(text[at - 1] ?? '')) &&
          phrases.some((phrase) => standsBent(phrase, text, at)),
      )
      expect(placesOf(starts, unitsOf(text))).toEqual(expect.arrayContaining(bent))
    }),
    { numRuns: 40 },
  )
})

/** As `kernel/words.as` follows a phrase: "3" is written for "e", "-" stands between letters or for a blank, letters are drawn out. */
function standsBent(phrase: string, text: string, start: number): boolean {
  let at = 0
  for (let index = start; index < text.length && at < phrase.length; index += 1) {
    const [unit, before] = [text[index]!, text[index - 1]]
    if (unit === phrase[at]) at += 1
    else if (index > start && !isLetter(before) && before !== '3') return false
    else if (unit === '3' && phrase[at] === 'e') at += 1
    else if (index === start) return false
    else if (unit === '-' && phrase[at] === ' ') at += 1
    else if (!(unit === before && isLetter(unit)) && !(unit === '-' && isLetter(text[index + 1])))
      return false
  }
  return at === phrase.length
}

function isLetter(sign: string | undefined): boolean {
  return sign === 'e' || sign === 'f'
}

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
