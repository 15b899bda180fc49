import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../../src/chat/card.ts'
import { encodeAnswer, encodeCard, LIMITS } from '../../../src/chat/console/encode.ts'
import { clean } from '../../../src/text.ts'
import { alertCard, outcomeForms, topCard } from './cards.ts'

test('an ordinary card passes unchanged', () => {
  const card = alertCard({ no: 1042, owner: null, version: 3, closed: false })
  expect(encodeCard(card)).toEqual(card)
  expect(encodeCard(topCard())).toEqual(topCard())
})

test('an answer keeps its note and form', () => {
  const answer = { note: topCard(), form: { form: outcomeForms, command: 'resolve', args: 'A-1042' } }
  expect(encodeAnswer(answer)).toEqual(answer)
  expect(encodeAnswer({ note: null, form: null })).toEqual({ note: null, form: null })
})

test('only digits are dialled', () => {
  const said = (dial: string) => {
    const fields = [{ label: 'Phone', value: dial, dial }]
    const card: Card = {
      ...{ accent: 'P0', title: 't', buttons: [], fallback: 'f' },
      blocks: [{ kind: 'fields', fields }],
    }
    const [block] = encodeCard({ zh: card, en: card }).en.blocks
    return block?.kind === 'fields' ? block.fields[0]?.dial : null
  }
  expect(['13800138000', '+4915112345678', 'javascript:1', '110;ext=1'].map(said)).toEqual([
    ...['13800138000', '+4915112345678'],
    ...[undefined, undefined],
  ])
})

test('shares are kept between 0 and 1 and nonsense loses its bar', () => {
  const factors = [-1, 0.5, 7, Number.NaN, null].map((share) => ({ label: 'x', numbers: '1', share }))
  const card: Card = {
    accent: 'P1',
    title: 't',
    blocks: [{ kind: 'factors', title: 'f', factors }],
    buttons: [],
    fallback: 'f',
  }
  const [block] = encodeCard({ zh: card, en: card }).en.blocks
  expect(block?.kind === 'factors' && block.factors.map(({ share }) => share)).toEqual([
    0,
    0.5,
    1,
    null,
    null,
  ])
})

test('any text becomes safe and bounded, and encoding twice changes nothing more', () => {
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 6_000 }), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(words, fc.array(words, { maxLength: 30 }), (text, cells) => {
      const card: Card = {
        accent: 'P0',
        title: text,
        blocks: [
          { kind: 'quote', text, by: text },
          { kind: 'table', columns: cells, rows: [{ cells, command: 'show C-1' }] },
        ],
        buttons: [{ command: 'claim', label: text, style: 'primary', args: 'A-1' }],
        fallback: text,
      }
      const once = encodeCard({ zh: card, en: card })
      const { title, blocks } = once.zh
      expect([...new Intl.Segmenter('und').segment(title)].length).toBeLessThanOrEqual(LIMITS.title)
      expect(clean(title)).toBe(title)
      expect(blocks[1]?.kind === 'table' && blocks[1].columns.length).toBeLessThanOrEqual(LIMITS.columns)
      expect(encodeCard(once)).toEqual(once)
    }),
    { numRuns: 60 },
  )
})
