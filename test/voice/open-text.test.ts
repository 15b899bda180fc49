import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildAutomaton } from '../../src/voice/automaton.ts'
import { openClues } from '../../src/voice/clues.ts'
import { flatTrie, foundAt } from '../../src/voice/flat-trie.ts'
import { foldInto } from '../../src/voice/fold.ts'
import { numbers, textAt } from '../../src/voice/kernel/memory.ts'
import { normalise } from '../../src/voice/normalise.ts'
import { openText } from '../../src/voice/open-text.ts'
import { unitsOf } from '../../src/voice/sentiment.ts'
import { LEXICON } from './shipped.ts'

const PIECES = [
  '退款',
  '退 款',
  '退.款',
  'a b c d',
  'Refund',
  ' ',
  '.',
  '~',
  '\n',
  '😀',
  '…',
  'ＡＰＰ',
  '訂',
  'é',
  '1',
  'ﬁ',
]
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

test('a text is opened as it was written', () => {
  fc.assert(
    fc.property(text, (words) => {
      const { at, length } = openText(words)
      expect(textAt(at, length)).toBe(words)
    }),
  )
})

test('what is folded one for one is folded as words and as moods are, every unit in its place', () => {
  let folded = 0
  fc.assert(
    fc.property(text, (words) => {
      const plain = openText(words).folded
      if (plain === null) return
      folded += 1
      const [units, from] = [new Uint16Array(256), new Uint32Array(256)]
      const length = foldInto(units, from, words)
      expect(plain.words()).toBe(normalise(words).text)
      expect(plain.words()).toBe(String.fromCharCode(...units.subarray(0, length)))
      expect([...normalise(words).from]).toEqual(Array.from(words, (_, at) => at))
    }),
    { numRuns: 1_000 },
  )
  expect(folded).toBeGreaterThan(100)
})

test.each(['退 款', '退.款', ' 退款', 'a  b', '退款\n', 'r e f u n d', '👍', 'ﬁ'])(
  '%j asks for more',
  (words) => {
    expect(openText(words).folded).toBeNull()
  },
)

test('a part is read as before after another text was opened', () => {
  const clues = openClues(LEXICON, null)
  const words = '车很好，但是服务太差'
  clues.of(words)
  const { lexicon, weighed } = structuredClone(clues.ofPart(0, 4))
  openText('something else')
  expect(clues.ofPart(0, 4)).toMatchObject({ lexicon, weighed })
})

test('every phrase is found where it stands as a whole word', () => {
  const phrases = ['退款', '退', '退货', 'refund', 'a', 'no more', '3g']
  const { find } = buildAutomaton(phrases.map((words) => ({ words, value: words })))
  const trie = flatTrie(phrases)
  const some = fc.array(fc.constantFrom(...phrases, ...'退款货refundno m3g@ '), { maxLength: 12 })
  fc.assert(
    fc.property(some, (parts) => {
      const words = parts.join('')
      const text = unitsOf(words)
      const found = find(text).flatMap(({ places, values }) => values.map((value) => `${places[0]} ${value}`))
      const spans = Array.from({ length: trie.phrasesIn(text) }, (_, one) => {
        const [number, start] = numbers.subarray(foundAt() + 3 * one) as unknown as [number, number]
        return [start, start + trie.lengths[number]!] as const
      })
      for (const phrase of phrases) {
        for (let at = words.indexOf(phrase); at !== -1; at = words.indexOf(phrase, at + 1)) {
          const end = at + phrase.length
          const isCut =
            /^[a-z0-9]/.test(phrase) && /[a-z0-9]/.test(`${words[at - 1] ?? ''}${words[end] ?? ''}`)
          if (isCut) continue
          expect(found).toContain(`${at} ${phrase}`)
          expect(spans.some(([from, to]) => from < end && at < to)).toBe(true)
        }
      }
    }),
  )
})
