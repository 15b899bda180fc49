import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../src/voice/language.ts'
import { isGravest, MOST_READ, readVoice } from '../../src/voice/reading.ts'
import { READER } from './shipped.ts'
import { URGENT, WISHES } from './topic-sentences.ts'

describe('urgency', () => {
  test.each(URGENT)('%s', (words, urgency) => {
    const { level, why } = readVoice(words, READER).urgency
    expect([level, ...(why === null ? [] : [why])].join(' ')).toBe(urgency)
  })
})

describe('wishes', () => {
  test.each(WISHES)('%s', (words, wish) => {
    const found = readVoice(words, READER).wish
    expect(found === null ? null : words.slice(found.start, found.end)).toBe(wish)
  })
})

test.each([
  ['服务很好', 'zh'],
  ['服務很好 thanks', 'zh'],
  ['Great service, 谢谢', 'en'],
  ['ＧＯＯＤ', 'en'],
  ['Café très bien', 'en'],
  ['ありがとうございます', 'other'],
  ['감사합니다', 'other'],
  ['спасибо', 'other'],
  ['👍👍', 'other'],
  ['12345', 'other'],
  ['', 'other'],
] as const)('the language of %j is %s', (words, language) => {
  expect(languageOf(words)).toBe(language)
})

test.each([
  ['隔壁家便宜，我要退款', 3, '隔壁家'],
  ['隔壁家便宜', 2, '隔壁家'],
  ['忍无可忍', 2, null],
  ['刹车失灵', 3, null],
  ['有点失望', 1, null],
  ['不想退款', 0, null],
  ['挺好', 0, null],
] as const)('%s: severity %i', (words, severity, competitor) => {
  expect(readVoice(words, READER)).toMatchObject({ severity, competitor })
  expect(isGravest(words, READER)).toBe(severity === 3)
})

test('who has had enough is not neutral, in however few words', () => {
  expect(readVoice('这是在割韭菜', READER)).toMatchObject({ label: 'negative', severity: 2 })
})

test('names the parts that are spoken of', () => {
  expect(readVoice('空调和刹车都修了', READER).tags.map(({ id }) => id)).toEqual([
    'air-conditioning',
    'brakes',
  ])
})

test('a very long text is read as far as its beginning', () => {
  const reading = readVoice(`${'好'.repeat(MOST_READ)}太贵了`, READER)
  expect(reading.topics).toEqual([])
  expect(reading.length).toBe(MOST_READ + 3)
})

const PIECES =
  '价格公道 服务 但是 不太 ， 。 ! … 要是 就好了 希望可以 overpriced but not 退款 \n \ud83d 😀 ＡＰＰ 贵宾 é'.split(
    ' ',
  )
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes)),
)

test('any string has a reading: every span inside it, every strength within bounds, each topic once', () => {
  fc.assert(
    fc.property(anything, (words) => {
      const { topics, urgency, wish, strength } = readVoice(words, READER)
      const spans = [urgency.span, wish, ...topics.map(({ span }) => span)].filter((span) => span !== null)
      for (const { start, end } of spans) {
        expect(start >= 0 && start < end && end <= words.length).toBe(true)
      }
      for (const value of [strength, ...topics.map((one) => one.strength)]) {
        expect(Math.abs(value)).toBeLessThanOrEqual(1)
      }
      expect(new Set(topics.map(({ topic }) => topic)).size).toBe(topics.length)
    }),
  )
})
