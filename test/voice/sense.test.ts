import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedLexicon } from '../../src/main/shipped.ts'
import { featuredBy } from '../../src/voice/clues.ts'
import { compileLexicon, type LexiconEntry } from '../../src/voice/lexicon.ts'
import { changedEntries, openPresent } from '../../src/voice/lexicon-changes.ts'
import { openSense, parseSense, writeSense } from '../../src/voice/sense.ts'
import { learnSense, type SenseExample, sentencesFrom } from '../../src/voice/sense-training.ts'
import { readWords } from '../../src/voice/words.ts'
import { LEXICON } from './shipped.ts'

/** What whole sentences say, learned from sentences in words that no lexicon has. */

const featured = featuredBy(LEXICON)
const examples: readonly SenseExample[] = Array.from({ length: 24 }, (_, at) => {
  const thing = ['灯', '桌', '椅', '门'][at % 4]!
  return at % 2 === 0
    ? { text: `${thing}甲甲乙乙`, says: ['strong-churn'] }
    : { text: `${thing}丙丙丁丁`, says: [] }
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

/** The same rule, surer or less sure by so much. */
async function by(times: number) {
  const { 'strong-churn': rule } = await learned()
  return openSense(
    { 'strong-churn': { ...rule!, bias: rule!.bias * times, scale: rule!.scale * times } },
    featured,
  )
}
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
    const leaving = examples.filter(({ says }) => says.length > 0)
    await expect(learnSense(leaving, featured, async () => {})).rejects.toThrow('cannot teach')
  })

  test('takes a sentence of which something is not known for neither kind', async () => {
    const unknown = { text: '灯甲甲乙乙', says: [], unknown: ['strong-churn'] as const }
    const more = [...examples, ...Array.from({ length: 50 }, () => unknown)]
    expect(await learnSense(more, featured, async () => {})).toEqual(await learned())
  })

  test('learns a rule for each class that is taught', async () => {
    const two = examples.map(({ text, says }) => ({
      text,
      says: text.startsWith('灯') ? [...says, 'competitor' as const] : says,
    }))
    const rules = await learnSense(two, featured, async () => {})
    expect(Object.keys(rules)).toEqual(['strong-churn', 'competitor'])
    expect(rules['strong-churn']).toEqual((await learned())['strong-churn'])
    const both = [...entries, entry('看别家', { class: 'competitor', sensed: 'zh' })]
    const read = compileLexicon(both, 'mine', openSense(rules, featured))
    expect(told('灯甲甲乙乙。桌甲甲乙乙', read).map(([term, , , words]) => [term, words])).toEqual([
      ['要走', '灯甲甲乙乙。'],
      ['看别家', '灯甲甲乙乙。'],
      ['要走', '桌甲甲乙乙'],
    ])
  })

  test.each(['', '{}', '{"kind":"foreshock-leaving-1"}', '[1'])('%j is no rule', (source) => {
    expect(() => parseSense(source, 'weights.json')).toThrow('weights.json holds nothing learned of what')
  })

  test('draws sentences, each once, whatever their order', () => {
    const texts = ['房间很大。要退款！早餐不错', '早餐不错', '嗯。']
    const drawn = sentencesFrom(texts, 10)
    expect(drawn.toSorted()).toEqual(['房间很大。', '要退款！', '早餐不错'].toSorted())
    expect(sentencesFrom(texts.toReversed(), 10)).toEqual(drawn)
    expect(sentencesFrom(texts, 1)).toHaveLength(1)
  })
})

describe('reading', () => {
  test('a sentence that speaks of leaving without a word of it is a hit; others of the text are none', () => {
    expect(told('门丙丙丁丁。灯甲甲乙乙！椅丙丙丁丁')).toEqual([['要走', true, 'sounds', '灯甲甲乙乙！']])
  })

  test('a letter that somebody keeps typing says no more than one of it does', async () => {
    expect(told('丙丁甲')).toEqual([])
    expect(told('丙丁甲甲甲甲甲甲甲甲甲甲甲甲')).toEqual([])
    expect(told('甲甲乙乙哈哈哈哈哈哈')).toEqual([['要走', true, 'sounds', '甲甲乙乙哈哈哈哈哈哈']])
  })

  test('where a word of leaving stands, the rules for words decide, unless the sentence surely says it', async () => {
    const unsure = compileLexicon(entries, 'mine', await by(0.1))
    expect(told('灯甲甲乙乙退款')).toEqual([['退款', true, 'said', '退款']])
    const sure = compileLexicon(entries, 'mine', await by(9))
    for (const lexicon of [unsure, sure])
      expect(told('不退款灯甲甲乙乙', lexicon)).toEqual([['退款', false, 'negated', '退款']])
    const another = ['退款', false, 'someone-else', '退款']
    expect(told('他要退款灯甲甲乙乙', unsure)).toEqual([another])
    expect(told('他要退款灯甲甲乙乙', sure)).toEqual([
      ['要走', true, 'sounds', '他要退款灯甲甲乙乙'],
      another,
    ])
    expect(told('不退款。灯甲甲乙乙。桌甲甲乙乙，退款', unsure)).toEqual([
      ['退款', false, 'negated', '退款'],
      ['要走', true, 'sounds', '灯甲甲乙乙。'],
      ['退款', true, 'said', '退款'],
    ])
  })

  test('a sentence that speaks of something else takes a word back that came with the program, and no other', async () => {
    const sure = await by(50)
    const having = (more: Partial<LexiconEntry>) => compileLexicon([entry('退款', more)], 'mine', sure)
    const shipped = having({ shipped: true })
    expect(told('灯丙丙丁丁退款。桌甲甲乙乙退款', shipped)).toEqual([
      ['退款', false, 'other-sentence', '退款'],
      ['退款', true, 'said', '退款'],
    ])
    expect(told('不退款，灯丙丙丁丁', shipped)).toEqual([['退款', false, 'negated', '退款']])
    // Neither may its clause speak of it.
    expect(told('门丙丙丁丁丙丙丁丁，甲乙退款', shipped)).toEqual([['退款', true, 'said', '退款']])
    for (const more of [
      {},
      { shipped: true, decided: true },
      { shipped: true, class: 'competitor' },
    ] as const)
      expect(told('灯丙丙丁丁退款', having(more))).toEqual([['退款', true, 'said', '退款']])
  })

  test('its term is switched off as every other', () => {
    const rest = changedEntries(entries, [{ term: '要走', off: true }])
    expect(told('灯甲甲乙乙', compileLexicon(rest, 'mine', sense))).toEqual([])
  })

  test('a word that was switched off does not come back by what its sentence says', () => {
    const present = openPresent(lexicon)
    expect(told('桌退款甲甲乙乙', present([])).map(([term]) => term)).toEqual(['退款'])
    expect(told('桌退款甲甲乙乙。灯甲甲乙乙', present([{ term: '退款', off: true }]))).toEqual([
      ['要走', true, 'sounds', '灯甲甲乙乙'],
    ])
  })

  test('signs alone say nothing', () => {
    expect(readWords('😡😡😡', shippedLexicon([]))).toEqual([])
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
        const ends = new Map<string, number>()
        for (const { span, class: wordClass } of hits.filter(({ why }) => why === 'sounds')) {
          expect(span.start).toBeGreaterThanOrEqual(ends.get(wordClass) ?? 0)
          expect(span.end).toBeGreaterThan(span.start)
          expect(span.end).toBeLessThanOrEqual(text.length)
          ends.set(wordClass, span.end)
        }
        expect(readWords(text, shipped)).toEqual(hits)
      }),
    )
  })
})
