import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedLexicon } from '../../src/main/shipped.ts'
import { featuredBy } from '../../src/voice/clues.ts'
import { compileLexicon, type LexiconEntry } from '../../src/voice/lexicon.ts'
import { changedEntries } from '../../src/voice/lexicon-changes.ts'
import { openSense, parseSense, writeSense } from '../../src/voice/sense.ts'
import { learnSense, type SenseExample, sentencesFrom } from '../../src/voice/sense-training.ts'
import { readWords } from '../../src/voice/words.ts'
import { LEXICON } from './shipped.ts'

/** What whole sentences say of leaving, learned from sentences in words that no lexicon has. */

const featured = featuredBy(LEXICON)
const examples: readonly SenseExample[] = Array.from({ length: 24 }, (_, at) => {
  const thing = ['灯', '桌', '椅', '门'][at % 4]!
  return at % 2 === 0
    ? { text: `${thing}甲甲乙乙`, leaves: true }
    : { text: `${thing}丙丙丁丁`, leaves: false }
})
const learned = () => learnSense(examples, featured, async () => {})

const entry = (term: string, more: Partial<LexiconEntry> = {}): LexiconEntry => ({
  term,
  class: 'strong-churn',
  ...more,
})
const entries = [entry('退款'), entry('要走', { sensed: 'zh', severity: 2 })]
const sense = openSense(await learned(), featured)
const lexicon = compileLexicon(entries, 'mine', sense)
const told = (words: string, by = lexicon) =>
  readWords(words, by).map(({ term, counted, why, span }) => [
    term,
    counted,
    why,
    words.slice(span.start, span.end),
  ])

describe('learning', () => {
  test('gives the same rule for the same sentences, and reads back what it wrote', async () => {
    const [one, other] = [writeSense(await learned()), writeSense(await learned())]
    expect(other).toBe(one)
    expect(writeSense(parseSense(one, 'weights.json'))).toBe(one)
  })

  test('needs both kinds of sentences', async () => {
    const leaving = examples.filter(({ leaves }) => leaves)
    await expect(learnSense(leaving, featured, async () => {})).rejects.toThrow('cannot teach')
  })

  test.each(['', '{}', '{"kind":"foreshock-leaving-2"}', '[1'])('%j is no rule', (source) => {
    expect(() => parseSense(source, 'weights.json')).toThrow('weights.json holds nothing learned of leaving')
  })

  test('draws sentences that are silent, each once, whatever their order', () => {
    const texts = ['房间很大。要退款！早餐不错', '早餐不错', '嗯。']
    const drawn = sentencesFrom(texts, (words) => !words.includes('退款'), 10)
    expect(drawn.toSorted()).toEqual(['房间很大。', '早餐不错'].toSorted())
    expect(sentencesFrom(texts.toReversed(), (words) => !words.includes('退款'), 10)).toEqual(drawn)
    expect(sentencesFrom(texts, () => true, 1)).toHaveLength(1)
  })
})

describe('reading', () => {
  test('a sentence that speaks of leaving without a word of it is a hit; others of the text are none', () => {
    expect(told('门丙丙丁丁。灯甲甲乙乙！椅丙丙丁丁')).toEqual([['要走', true, 'sounds', '灯甲甲乙乙！']])
  })

  test('where a word of leaving stands, the rules for words decide', () => {
    expect(told('灯甲甲乙乙退款')).toEqual([['退款', true, 'said', '退款']])
    expect(told('不退款灯甲甲乙乙')).toEqual([['退款', false, 'negated', '退款']])
    expect(told('不退款。灯甲甲乙乙。桌甲甲乙乙，退款')).toEqual([
      ['退款', false, 'negated', '退款'],
      ['要走', true, 'sounds', '灯甲甲乙乙。'],
      ['退款', true, 'said', '退款'],
    ])
  })

  test('its term is switched off as every other', () => {
    const rest = changedEntries(entries, [{ term: '要走', off: true }])
    expect(told('灯甲甲乙乙', compileLexicon(rest, 'mine', sense))).toEqual([])
  })

  test('the name of such a sentence is not looked for', () => {
    expect(told('要走', compileLexicon(entries))).toEqual([])
  })

  test('any text is read: what is sensed lies in it, in order, and is the same again', () => {
    const shipped = shippedLexicon([])
    const pieces = fc.constantFrom(
      '钥匙放你们前台了',
      '。',
      'we moved to another vendor',
      '. ',
      '退款',
      '👍',
      '\n',
      '１',
    )
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(words, (text) => {
        const hits = readWords(text, shipped)
        let last = 0
        for (const { span } of hits.filter(({ why }) => why === 'sounds')) {
          expect(span.start).toBeGreaterThanOrEqual(last)
          expect(span.end).toBeGreaterThan(span.start)
          expect(span.end).toBeLessThanOrEqual(text.length)
          last = span.end
        }
        expect(readWords(text, shipped)).toEqual(hits)
      }),
    )
  })
})
