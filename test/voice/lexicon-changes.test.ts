import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileLexicon, type LexiconEntry, WORD_CLASSES } from '../../src/voice/lexicon.ts'
import { changedEntries, readChanges, termKey } from '../../src/voice/lexicon-changes.ts'
import { readWords } from '../../src/voice/words.ts'

const entry = (term: string, wordClass: LexiconEntry['class'] = 'strong-churn'): LexiconEntry => ({
  term,
  class: wordClass,
  not: [],
  asked: false,
  closing: false,
})
const SHIPPED = [entry('退款'), entry('垃圾', 'strong-negative')]

test('added terms count, those switched off do not, and what is off may be added in another class', () => {
  const changes = [
    { term: '退款', off: true as const },
    { term: '退款', class: 'competitor' as const },
    { term: '去对面店', class: 'competitor' as const },
  ]
  const present = changedEntries(SHIPPED, changes)
  expect(present.map(({ term, class: wordClass }) => [term, wordClass])).toEqual([
    ['垃圾', 'strong-negative'],
    ['退款', 'competitor'],
    ['去对面店', 'competitor'],
  ])
  expect(readWords('垃圾，我去对面店', compileLexicon(present)).map(({ term }) => term)).toEqual([
    '垃圾',
    '去对面店',
  ])
})

test('an addition that a newer release ships stands once', () => {
  const present = changedEntries(SHIPPED, [{ term: '退 款', class: 'competitor' }])
  expect(present).toEqual(SHIPPED)
})

test.each([
  ['nothing', undefined],
  ['a number', 3],
  ['a list of something else', [{ word: 'x' }]],
  ['an unknown class', [{ term: 'x', class: 'angry' }]],
])('stored %s reads as no changes', (_, stored) => expect(readChanges(stored)).toEqual([]))

test('terms alike are one, however they are typed', () => {
  expect(new Set(['换一家', '换 一 家', '換一家', ' 换一家 '].map(termKey)).size).toBe(1)
  expect(termKey('Ｇｏｏｄ Bye')).toBe(termKey('good bye'))
})

test('whatever was added, the lexicon can be compiled and read', () => {
  const change = fc.oneof(
    fc.record({
      term: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
      class: fc.constantFrom(...WORD_CLASSES),
    }),
    fc.record({ term: fc.constantFrom('退款', '垃圾', 'x'), off: fc.constant(true as const) }),
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.string({ maxLength: 40 }), (changes, words) => {
      const lexicon = compileLexicon(changedEntries(SHIPPED, changes))
      expect(Array.isArray(readWords(words, lexicon))).toBe(true)
    }),
    { numRuns: 60 },
  )
})
