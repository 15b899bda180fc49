import { describe, expect, test } from 'vitest'
import { isExpected } from '../../src/errors.ts'
import { formsOf } from '../../src/voice/inflect.ts'
import { compileLexicon, loadLexicon, parseLexicon } from '../../src/voice/lexicon.ts'
import { readWords } from '../../src/voice/words.ts'

function complaint(source: string): string {
  try {
    loadLexicon(source, 'churn.yaml')
  } catch (error) {
    if (isExpected(error)) return error.explain('en')
    throw error
  }
  return ''
}

describe('a lexicon that cannot be used says where and why', () => {
  test.each([
    ['terms: [', /churn\.yaml is not readable YAML/],
    ['words: []', /churn\.yaml, at/],
    ['terms: [{term: 退款, class: strong}]', /churn\.yaml, at terms\.0\.class/],
    [
      'terms: [{term: 退款, class: strong-churn, kind: x}]',
      /churn\.yaml, at terms\.0: Unrecognized key: "kind"/,
    ],
    ['terms: [{term: " ", class: strong-churn}]', /at terms\.0\.term/],
    ['terms: [{term: "💰", class: strong-churn}]', /"💰" has no letter to look for/],
    ['terms: [{term: 退款, class: strong-churn}, {term: 退 款, class: competitor}]', /"退 款" stands twice/],
    [
      'terms: [{term: 垃圾, class: strong-negative, not: [桶]}]',
      /"桶" of "垃圾" must be longer than the term/,
    ],
    [
      'terms: [{term: 取消, class: strong-churn, not: [闹钟…提醒]}]',
      /must be longer than the term and contain it/,
    ],
  ])('%s', (source, expected) => {
    expect(complaint(source)).toMatch(expected)
  })
})

test("a company's own competitors join the shipped terms", () => {
  const shipped = parseLexicon('terms: [{term: 退款, class: strong-churn, asked: true}]', 'churn.yaml')
  const own = parseLexicon(
    'terms: [{term: 途虎, class: competitor}, {term: Jiffy Lube, class: competitor}]',
    'own.yaml',
  )
  const lexicon = compileLexicon([...shipped, ...own])
  const found = readWords('途 虎 and JIFFY LUBE are cheaper, 我要退款', lexicon)
  expect(found.map(({ term }) => term)).toEqual(['途虎', 'Jiffy Lube', '退款'])
})

test('the longest term wins, and a context swallows the term it holds', () => {
  const source = `terms:
  - { term: 不续费, class: strong-churn }
  - { term: 续费, class: competitor }
  - { term: 垃圾, class: strong-negative, not: [垃圾桶, 倒…垃圾] }`
  const lexicon = loadLexicon(source, 'churn.yaml')
  const read = (words: string) => readWords(words, lexicon).map(({ term, why }) => `${term}:${why}`)
  expect(read('我不续费')).toEqual(['不续费:said'])
  expect(read('垃圾桶，垃圾')).toEqual(['垃圾:other-meaning', '垃圾:said'])
  expect(read('帮我倒一下垃圾')).toEqual(['垃圾:other-meaning'])
  expect(read('倒霉。垃圾')).toEqual(['垃圾:said'])
})

test.each([
  ['cancel', ['cancelled', 'canceled', 'cancelling', 'canceling', 'cancels']],
  ['refund', ['refunded', 'refunding', 'refunds']],
  ['terminate', ['terminated', 'terminating', 'terminates']],
  ['scam', ['scammed', 'scamming', 'scams']],
  ['close my account', ['closed my account', 'closing my account', 'close my accounts']],
])('%s is bent', (term, forms) => {
  expect(formsOf(term)).toEqual(expect.arrayContaining(forms))
})
