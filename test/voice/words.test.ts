import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLexicon } from '../../src/voice/lexicon.ts'
import { sentenceAround } from '../../src/voice/sentence.ts'
import { WHY_TEXTS } from '../../src/voice/why.ts'
import { readWords } from '../../src/voice/words.ts'
import { SENTENCES } from './sentences.ts'

const FILE = new URL('../../models/lexicons/churn.yaml', import.meta.url)
const lexicon = loadLexicon(readFileSync(FILE, 'utf8'), 'models/lexicons/churn.yaml')

describe('what counts and what does not', () => {
  test.each(SENTENCES)('%s', (words, expected) => {
    const hits = readWords(words, lexicon)
    expect(hits.map(({ term, why }) => `${term}:${why}`)).toEqual(expected)
    expect(hits.every(({ counted, why }) => counted === (why === 'said'))).toBe(true)
  })
})

test('a span is a place in the original text, fillers included', () => {
  const words = '你好😀我要退 . 款了'
  const [hit] = readWords(words, lexicon)
  expect(words.slice(hit!.span.start, hit!.span.end)).toBe('退 . 款')
  const wide = 'please ＣＡＮＣＥＬ it'
  const [cancel] = readWords(wide, lexicon)
  expect(wide.slice(cancel!.span.start, cancel!.span.end)).toBe('ＣＡＮＣＥＬ')
})

test('every class is found in both languages', () => {
  const found = SENTENCES.flatMap(([words]) => readWords(words, lexicon))
    .filter(({ counted }) => counted)
    .map((hit) => `${hit.class} ${/[a-z]/.test(hit.term) ? 'en' : 'zh'}`)
  for (const wordClass of ['strong-churn', 'life-change', 'competitor', 'strong-negative']) {
    expect(found).toContain(`${wordClass} zh`)
    expect(found).toContain(`${wordClass} en`)
  }
})

test('every reason can be told in both languages', () => {
  for (const { zh, en } of Object.values(WHY_TEXTS)) expect(zh.length * en.length).toBeGreaterThan(0)
})

/** Pieces that reach every judgement, mixed with anything at all. */
const pieces = fc.constantFrom(
  '退款',
  '不想',
  '取消',
  '再见',
  'cancel',
  "don't want to ",
  '怎么',
  '\n',
  ' ',
  '。',
  '💰',
  '‍',
  '́',
)
const anything = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), { maxLength: 30 })
  .map((parts) => parts.join(''))

test('any string is safe, spans lie inside the text in order, quotes hold no broken character', () => {
  fc.assert(
    fc.property(fc.oneof(anything, fc.string({ unit: 'binary' })), (words) => {
      let end = 0
      for (const hit of readWords(words, lexicon)) {
        expect(hit.span.start).toBeGreaterThanOrEqual(end)
        expect(hit.span.end).toBeGreaterThan(hit.span.start)
        expect(hit.span.end).toBeLessThanOrEqual(words.length)
        end = hit.span.end
        const sentence = sentenceAround(words, hit.span)
        expect(sentence).toBe(Buffer.from(sentence).toString())
        expect([...new Intl.Segmenter().segment(sentence)].length).toBeLessThanOrEqual(124)
      }
    }),
    { numRuns: 500 },
  )
})

test('the worst text is read in linear time: twice the text takes about twice as long', () => {
  const once = (words: string) => {
    // Of this process alone, and the least of three: neither a busy machine nor the collector's threads must decide.
    const start = process.cpuUsage().user
    readWords(words, lexicon)
    return (process.cpuUsage().user - start) / 1_000
  }
  const time = (words: string) => Math.min(once(words), once(words), once(words))
  for (const unit of ['不想', '退 ', 'don', 'not to ', '怎么', 'c ', '取消费']) {
    time(unit.repeat(1_000))
    const half = time(unit.repeat(20_000))
    const whole = time(unit.repeat(40_000))
    expect(whole).toBeLessThan(6 * half + 200)
  }
})
