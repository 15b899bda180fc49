import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '../../src/voice/normalise.ts'

test.each([
  ['ＡＢＣ　１２３', 'abc 123'],
  ['Café', 'cafe'],
  ['取消會員', '取消会员'],
  ['退 款', '退款'],
  ['退-_款', '退款'],
  ['退‍款', '退款'],
  ['退...款', '退...款'],
  ['退，款', '退,款'],
  ['c a n c e l', 'cancel'],
  ['C-A-N-C-E-L it', 'cancel it'],
  ['a b c', 'a b c'],
  ['two\nlines', 'two lines'],
  ['two\n\nparagraphs', 'two\n\nparagraphs'],
  ['一行\n两行', '一行\n两行'],
  ['don’t', "don't"],
  ['', ''],
])('%j is compared as %j', (words, folded) => {
  expect(normalise(words).text).toBe(folded)
})

test('every unit knows where it came from, in order', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (words) => {
      const { text, from, to } = normalise(words)
      expect(from.length).toBe(text.length)
      for (let index = 0; index < text.length; index += 1) {
        expect(from[index]!).toBeLessThan(to[index]!)
        expect(to[index]!).toBeLessThanOrEqual(words.length)
        if (index > 0) expect(from[index]!).toBeGreaterThanOrEqual(from[index - 1]!)
      }
    }),
  )
})

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('退', '款', ' ', '.', 'c', 'a', 'n', '，', '會', '💰') }),
      (words) => {
        const once = normalise(words).text
        expect(normalise(once).text.replace(/ /g, '')).toContain(once.replace(/[ .\ufffc]/g, '').slice(0, 1))
      },
    ),
  )
})
