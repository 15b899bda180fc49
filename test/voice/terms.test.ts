import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSegmenter } from '../../src/main/segmenter.ts'
import { ranked } from '../../src/voice/ranked.ts'
import { queryOf, soughtIn, spansOf } from '../../src/voice/sought.ts'
import { termsOf, vectorOf } from '../../src/voice/terms.ts'

const jieba = openSegmenter()
const words = (text: string) => termsOf(text, jieba).map(({ term }) => term)

describe('terms', () => {
  test.each([
    ['退款', ['退', '款', '退款']],
    ['退 款', ['退', '款', '退款']],
    ['充電樁', ['充', '电', '桩', '充电']],
    ['Ｒｅｆｕｎｄｓ, café!', ['refund', 'cafe']],
    ['iPhone15手机', ['iphone15', '手', '机', '手机']],
    ['😀 ！？', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  test('the words inside a long one are terms too, where they stand', () => {
    expect(vectorOf(termsOf('在北京大学', jieba))).toBe(
      `'在':1 '北':2 '京':3 '大':4 '学':5 '北京':2 '大学':4 '北京大学':2`,
    )
  })

  test('places lead back to the original', () => {
    const text = '请 ＲＥＦＵＮＤ 我的𠮷野家套餐，謝謝'
    const told = termsOf(text, jieba).map(({ term, start, end }) => [term, text.slice(start, end)])
    expect(told).toEqual(
      expect.arrayContaining([
        ['refund', 'ＲＥＦＵＮＤ'],
        ['𠮷', '𠮷'],
        ['谢谢', '謝謝'],
      ]),
    )
  })

  test('any string has terms, in the order of their places, inside the string', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'退款了𠮷a \'\\"é😀.') }),
    )
    fc.assert(
      fc.property(any, any, (text, asked) => {
        for (const { term, at, start, end } of termsOf(text, jieba)) {
          expect(term).toMatch(/^[\p{L}\p{N}]+$/u)
          expect(at).toBeGreaterThan(0)
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
        }
        const sought = soughtIn([{ words: asked, phrase: false, without: false }], jieba)
        expect(queryOf(sought) === null).toBe(sought.length === 0)
        spansOf(text, sought, jieba)
      }),
    )
  })
})

describe('what is looked for', () => {
  const query = (text: string, phrase = false, without = false) =>
    queryOf(soughtIn([{ words: text, phrase, without }], jieba))

  test.each([
    ['退款太慢', `('退款') & ('太慢')`],
    ['服務態度', `('服务态度')`],
    ['途虎', `('途' <-> '虎')`],
    ['the refunds', `('refund')`],
    ['the', `('the')`],
    ['！', null],
  ])('%s', (text, expected) => {
    expect(query(text)).toBe(expected)
  })

  test('a phrase is its characters and words side by side, and a minus keeps it out', () => {
    expect(query('等了 two hours', true)).toBe(`('等' <-> '了' <-> 'two' <-> 'hour')`)
    expect(query('太慢', false, true)).toBe(`!('太慢')`)
  })

  test('words that touch are one span', () => {
    const text = '充電樁坏了，Refunding 没有'
    const sought = soughtIn([{ words: '充电桩 refund', phrase: false, without: false }], jieba)
    expect(spansOf(text, sought, jieba).map(({ start, end }) => text.slice(start, end))).toEqual([
      '充電樁',
      'Refunding',
    ])
  })
})

test('what means little by itself neither finds nor ranks anything beside words that mean something', () => {
  const texts = ['来得太晚了，等太久', '价格贵不贵', 'It is so very late, really', 'Dear me, the price']
  expect(ranked('太贵了', texts, jieba)).toEqual([1])
  expect(ranked('This is really so dear', texts, jieba)).toEqual([3])
  expect(ranked('太', texts, jieba)).toEqual([0])
})
