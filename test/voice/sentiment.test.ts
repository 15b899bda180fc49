import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moodOf, moodReader } from '../../src/voice/mood.ts'
import { sentimentOf } from '../../src/voice/sentiment.ts'
import { loadSentiment } from '../../src/voice/sentiment-lexicon.ts'

const FILE = new URL('../../models/lexicons/sentiment.yaml', import.meta.url)
const SOURCE = readFileSync(FILE, 'utf8')
const lexicon = loadSentiment(SOURCE, 'models/lexicons/sentiment.yaml')
const score = (words: string) => sentimentOf(words, lexicon)?.score ?? null

describe('how a voice sounds', () => {
  test.each<[string, '+' | '-' | null]>([
    ['师傅很专业，非常满意，下次还来', '+'],
    ['服務非常好，很滿意', '+'],
    ['没让我失望', '+'],
    ['不错', '+'],
    ['没毛病', '+'],
    ['很 棒', '+'],
    ['上次的退款很快就到账了，谢谢', '+'],
    ['The staff was friendly and quick', '+'],
    ["couldn't be happier, never disappointed", '+'],
    ['Not bad at all', '+'],
    ['👍👍', '+'],
    ['不好', '-'],
    ['不是很满意', '-'],
    ['没有以前那么好了，失望', '-'],
    ['等了两个小时，没人管', '-'],
    ['环境不错，但是服务太差', '-'],
    ['not good', '-'],
    ["I don't like it", '-'],
    ['Nice room but the worst service ever', '-'],
    ['the app stopped working and nobody called', '-'],
    ['😡', '-'],
    ['呵呵，真是好服务', '-'],
    ['Oh great, such a helpful answer', '-'],
    ['请问退款一般几天到账', null],
    ['我不想退款', null],
    ['周六上午十点', null],
    ['How do I cancel my Saturday booking?', null],
    ['', null],
  ])('%s: %s', (words, expected) => {
    const found = score(words)
    if (expected === null) expect(found).toBeNull()
    else expect(Math.sign(found!)).toBe(expected === '+' ? 1 : -1)
  })

  test('louder words weigh more, softer ones less', () => {
    expect(score('非常好')!).toBeGreaterThan(score('好')!)
    expect(score('好')!).toBeGreaterThan(score('还算好')!)
    expect(score('extremely slow')!).toBeLessThan(score('slow')!)
    expect(score('a bit slow')!).toBeGreaterThan(score('slow')!)
  })

  test('a grave word denied is no praise, a plain one a little', () => {
    expect(score('他们不是骗子')).toBeCloseTo(0)
    expect(score('一点也不慢')!).toBeGreaterThan(0)
    expect(score('not slow')!).toBeGreaterThan(0)
  })

  test('what follows "but" weighs more', () => {
    expect(score('很贵，但是很好')!).toBeGreaterThan(score('很好，但是很贵')!)
  })

  test.each([
    '真让人失望',
    '老客户了，心寒',
    'I feel let down',
    'I used to recommend you to everyone',
    'expected better from you',
  ])('had expected better: %s', (words) => {
    const { disappointed, score: found } = sentimentOf(words, lexicon)!
    expect(disappointed).not.toBeNull()
    expect(found).toBeLessThan(0)
  })

  test.each(['没有失望', '从没失望过', 'never disappointed', 'not disappointed at all'])(
    'had not expected better: %s',
    (words) => expect(sentimentOf(words, lexicon)?.disappointed ?? null).toBeNull(),
  )

  test('the span is a place in the original text', () => {
    const words = '😊一直很好，這次真的很失 望。'
    const { disappointed } = sentimentOf(words, lexicon)!
    expect(words.slice(disappointed!.start, disappointed!.end)).toBe('失 望')
  })
})

describe('words and rating together', () => {
  test('a rating alone is a mood, words alone too, nothing is none', () => {
    expect(moodOf('', 10, lexicon)).toEqual({ score: 1, disappointed: null, darkest: null })
    expect(moodOf('周六见', 6, lexicon)!.score).toBe(0)
    expect(moodOf('周六见', null, lexicon)).toBeNull()
    expect(moodOf('很好', null, lexicon)!.score).toBe(score('很好'))
  })

  test('where no word of mood is listed, the learned tone stands for it, if it is sure', () => {
    const tone =
      (strength: number, confidence: number, label: 'negative' | 'neutral' = 'negative') =>
      () => ({
        ...{ strength, confidence, label },
      })
    expect(moodOf('周六见', null, lexicon, tone(-0.7, 0.85))!.score).toBe(-0.7)
    expect(moodOf('周六见', 6, lexicon, tone(-0.7, 0.85))!.score).toBe(-0.35)
    expect(moodOf('周六见', null, lexicon, tone(-0.5, 0.7))).toBeNull()
    expect(moodOf('周六见', null, lexicon, tone(0, 0.95, 'neutral'))).toBeNull()
    expect(moodOf('很好', null, lexicon, tone(-0.9, 0.95))).toEqual(moodOf('很好', null, lexicon))
  })

  test('a low rating darkens kind words', () => {
    expect(moodOf('还不错', 2, lexicon)!.score).toBeLessThan(moodOf('还不错', 9, lexicon)!.score)
  })

  test('a corrected text is read again, a known one is not', () => {
    const read = moodReader(lexicon, undefined, 4)
    const first = read({ id: 'a', text: '很好', rating: null })
    expect(read({ id: 'a', text: '很好', rating: null })).toBe(first)
    expect(read({ id: 'a', text: '很差', rating: null })!.score).toBeLessThan(0)
    expect(read({ id: 'a', text: '很差', rating: 9 })!.score).toBeGreaterThan(0)
    for (let id = 0; id < 50; id += 1)
      expect(read({ id: `${id}`, text: '很好', rating: null })).toEqual(first)
  })
})

const pieces = fc.constantFrom(
  '不',
  '没',
  '好',
  '失望',
  'not ',
  'good',
  '但是',
  '。',
  '，',
  '😡',
  '退款',
  '怎么',
  '‍',
  '\n',
)
const anything = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), { maxLength: 30 })
  .map((parts) => parts.join(''))

test('any string is safe: a score within -1 and 1, spans inside the text', () => {
  fc.assert(
    fc.property(anything, fc.option(fc.double({ min: 0, max: 10, noNaN: true })), (words, rating) => {
      const mood = moodOf(words, rating, lexicon)
      if (mood === null) return
      expect(Math.abs(mood.score)).toBeLessThanOrEqual(1)
      for (const span of [mood.disappointed, mood.darkest]) {
        if (span === null) continue
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(words.length)
      }
    }),
    { numRuns: 300 },
  )
})

test('the worst text is read in linear time', () => {
  const time = (words: string) => {
    const start = performance.now()
    sentimentOf(words, lexicon)
    return performance.now() - start
  }
  for (const unit of ['不', '很好，', 'not ', '退款', '好但是']) {
    time(unit.repeat(1_000))
    const half = time(unit.repeat(4_000))
    expect(time(unit.repeat(8_000))).toBeLessThan(6 * half + 200)
  }
})

describe('a lexicon that cannot be read says where', () => {
  test.each([
    [SOURCE.replace('louder:', 'loud:'), 'louder'],
    [SOURCE.replace('- [非常满意, ', '- [非常满意, 非常满意, '), 'stands twice'],
    ['positive: [', 'not readable YAML'],
  ])('%#', (source, words) => {
    expect(() => loadSentiment(source, 'mine.yaml')).toThrow(words)
    expect(() => loadSentiment(source, 'mine.yaml')).toThrow('mine.yaml')
  })
})
