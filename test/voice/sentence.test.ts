import { expect, test } from 'vitest'
import { sentenceAround } from '../../src/voice/sentence.ts'

function quote(words: string, term: string): string {
  const start = words.indexOf(term)
  return sentenceAround(words, { start, end: start + term.length })
}

test('the sentence the word stands in, and no more', () => {
  expect(quote('保养做完了。你们骗人，我要退款！再说吧。', '退款')).toBe('你们骗人，我要退款！')
  expect(quote('All fine until May. Then it broke; I want a refund. Thanks.', 'refund')).toBe(
    'I want a refund.',
  )
  expect(quote('第一行\n第二行要退款\n第三行', '退款')).toBe('第二行要退款')
})

test('a full stop inside a number does not end a sentence', () => {
  expect(quote('I paid 3.50 and want a refund', 'refund')).toBe('I paid 3.50 and want a refund')
})

test('a long sentence is cut on both sides, with the word in sight', () => {
  const long = `${'很长的一句话，'.repeat(40)}我要退款，${'后面还有，'.repeat(80)}`
  const sentence = quote(long, '退款')
  expect(sentence).toContain('我要退款')
  expect(sentence.startsWith('…')).toBe(true)
  expect(sentence.endsWith('…')).toBe(true)
  expect([...sentence].length).toBeLessThanOrEqual(122)
})

test('no grapheme is split', () => {
  const family = '👨‍👩‍👧‍👦'
  const sentence = quote(`${family.repeat(150)}退款${family.repeat(150)}`, '退款')
  expect(sentence).toContain('退款')
  const graphemes = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(sentence)].map(
    (g) => g.segment,
  )
  expect(new Set(graphemes)).toEqual(new Set(['…', family, '退', '款']))
})
