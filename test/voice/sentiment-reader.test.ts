import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accuracy, confusionOf, sidedAccuracy } from '../../src/voice/sentiment-figures.ts'
import { loadSentiment } from '../../src/voice/sentiment-lexicon.ts'
import { LABELS, openToneReader } from '../../src/voice/sentiment-reader.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'
import { readMoodBook } from './mood-book.ts'

const shipped = (name: string) => readFileSync(new URL(`../../models/${name}`, import.meta.url))
const lexicon = loadSentiment(shipped('lexicons/sentiment.yaml').toString(), 'sentiment.yaml')
const bytes = shipped('sentiment/weights.bin')
const toneOf = openToneReader(unpackWeights(bytes, 'weights.bin'), lexicon)

describe('the shipped reader', () => {
  test.each<[string, string]>([
    ['质量很好，用着很顺手，下次还买', 'positive'],
    ['客服根本不理人，等了一个星期也没人处理', 'negative'],
    ['服務態度很差，再也不會來了', 'negative'],
    ['特别满意，物流也快', 'positive'],
    ['The technician was patient and fixed it right away', 'positive'],
    ['I have been on hold for an hour and nobody answers. Awful.', 'negative'],
    ['Not worth the money', 'negative'],
    ['👍👍👍', 'positive'],
    ['😡', 'negative'],
    ['请问周末几点开门', 'neutral'],
    ['怎么修改收货地址', 'neutral'],
    ['发票什么时候开', 'neutral'],
    ['退出登录后怎么再登录', 'neutral'],
    ['预约明天下午三点的检测', 'neutral'],
    ['Can I change my delivery date?', 'neutral'],
    ['We have 40 employees.', 'neutral'],
    ['客服小姐姐很有耐心', 'positive'],
    ['牛逼', 'positive'],
    ['绝了', 'positive'],
    ['yyds', 'positive'],
    ['踩雷了', 'negative'],
    ['这就是智商税', 'negative'],
    ['拔草了', 'negative'],
    ['The parcel came on Tuesday', 'neutral'],
    ['割韭菜割到老客户头上了', 'negative'],
    ['师傅超级负责', 'positive'],
    ['呵呵，真是好服务', 'negative'],
    ['呵呵，房间挺好的', 'positive'],
    ['车很好但是服务太差', 'negative'],
    ['Great, another outage in the middle of the day.', 'negative'],
    ["Don't waste your money on this", 'negative'],
    ['I really like this place', 'positive'],
    ['It is far from easy to use', 'negative'],
  ])('%s: %s', (words, label) => expect(toneOf(words).label).toBe(label))

  test.each(['', '   \n', '12345', '……', 'Привет, как дела', 'こんにちは', '\u0000\ufffd'])(
    'nothing to read in %j: neutral, and unsure',
    (words) => expect(toneOf(words)).toEqual({ strength: 0, label: 'neutral', confidence: 1 / 3 }),
  )

  test('sentences of eight trades, half of them without a word of mood, are mostly read right', () => {
    const confusion = confusionOf(readMoodBook('mended'), toneOf)
    expect(accuracy(confusion)).toBeGreaterThan(0.7)
    expect(sidedAccuracy(confusion)).toBeGreaterThan(0.8)
  })

  test('a part reads as it would alone, and leaves the whole as it was', () => {
    const words = '车很好，空间也大。但是服务太差，😡没人理'
    const whole = toneOf(words)
    expect(toneOf.part!(0, 9).label).toBe('positive')
    expect(toneOf.part!(9, words.length).label).toBe('negative')
    expect(toneOf.part!(0, 0)).toEqual({ strength: 0, label: 'neutral', confidence: 1 / 3 })
    expect(toneOf.part!(0, words.length).label).toBe(whole.label)
  })

  test('a damaged file is refused, and says which', () => {
    const changed = Uint8Array.from(bytes)
    changed[changed.length - 7]! ^= 1
    for (const broken of [changed, bytes.subarray(0, 9_000), Buffer.from('{}\n'), Buffer.alloc(0)]) {
      expect(() => unpackWeights(broken, 'my/weights.bin')).toThrow(
        /^The sentiment weights my\/weights\.bin cannot be used/,
      )
    }
  })

  test('a file of an earlier version is told from a damaged one', () => {
    const old = Buffer.from('{"format":"foreshock-sentiment","version":2,"buckets":524288}\nweights')
    expect(() => unpackWeights(old, 'my/weights.bin')).toThrow(/was made for an earlier version/)
  })
})

const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '不',
        '好',
        '太差',
        '退款',
        'not ',
        'good ',
        '但是',
        '。',
        '😡',
        ' ',
        '\n',
        '繁體',
        "don't ",
      ),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''))

describe('any text', () => {
  test('is read: strength within -1 and 1, a label, the same each time, blanks around it said nothing', () => {
    fc.assert(
      fc.property(anything, (words) => {
        const tone = toneOf(words)
        expect(Math.abs(tone.strength)).toBeLessThanOrEqual(1)
        expect(LABELS).toContain(tone.label)
        expect(tone.confidence).toBeGreaterThanOrEqual(1 / 3)
        expect(tone.confidence).toBeLessThanOrEqual(1)
        expect(toneOf(words)).toEqual(tone)
        expect(toneOf(` \n${words}\t　 `)).toEqual(tone)
      }),
      { numRuns: 300 },
    )
  })

  test('its width does not matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'good bad!?0,不错差 '), maxLength: 30 }), (words) => {
        const wide = words.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
        expect(toneOf(wide)).toEqual(toneOf(words))
      }),
    )
  })

  test.each([
    ['服務態度很差，沒人處理', '服务态度很差，没人处理'],
    ['這個產品質量很好，滿意', '这个产品质量很好，满意'],
    ['GREAT Service', 'great service'],
    ['很 满 意', '很满意'],
  ])('%s is read as %s', (one, other) => expect(toneOf(one)).toEqual(toneOf(other)))

  test('a megabyte is read as far as it needs to be', () => {
    expect(toneOf('很差。'.repeat(350_000)).label).toBe('negative')
    expect(toneOf('\u0001'.repeat(1_000_000)).label).toBe('neutral')
  })
})
