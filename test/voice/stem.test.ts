import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stem } from '../../src/voice/stem.ts'

test.each([
  ['refund refunds refunded refunding'],
  ['cancel cancels cancelled canceled cancelling'],
  ['price prices priced pricing'],
  ['charge charges charged charging'],
  ['delivery deliveries'],
  ['stop stops stopped stopping'],
  ['wait waits waited waiting'],
  ['app apps'],
])('%s are one word', (forms) => {
  expect(new Set(forms.split(' ').map(stem)).size).toBe(1)
})

test('words that only look alike stay apart, and what is no English word stays as it is', () => {
  expect(stem('bus')).not.toBe(stem('busy'))
  expect(['bed', 'red', 'sing', 'king', 'abc123', 'été', '退款', ''].map(stem)).toEqual([
    ...['bed', 'red', 'sing', 'king', 'abc123', 'été', '退款', ''],
  ])
})

test('any word has a stem no longer than one letter more', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[a-z]{0,20}$/), (any, word) => {
      expect(stem(any).length).toBeLessThanOrEqual(any.length + 1)
      expect(stem(word).length).toBeLessThanOrEqual(word.length + 1)
    }),
  )
})
