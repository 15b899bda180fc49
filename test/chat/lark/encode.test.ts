import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, type Card, type Chart, dialled, type Form } from '../../../src/chat/card.ts'
import { countOf } from '../../../src/chat/lark/elements.ts'
import { encodeCard, encodePlain } from '../../../src/chat/lark/encode.ts'
import { encodeDone, encodeForm } from '../../../src/chat/lark/form.ts'
import { LOCALES } from '../../../src/text.ts'
import { alertCard } from '../../../templates/alert.ts'
import { faultsOf, markedTexts } from '../../fakes/lark-card.ts'
import { view } from '../../templates/cases.ts'
import { casesWith, PIECES, words as told } from '../../templates/hostile.ts'

/** Whatever a card holds, Lark takes it and reads no markup in it. */

const MENTIONS = [
  '<at id=all></at>',
  '<at user_id="ou_1">x</at>',
  '[link](https://evil.example)',
  '**bold**',
  '@all',
]
/** A megabyte of each, made once. */
const LONG = [...PIECES, ...MENTIONS].map((piece) => piece.repeat(Math.ceil(1_000_000 / piece.length)))
const words = fc.oneof(
  told,
  fc.constantFrom(...MENTIONS, '', ' ', '\n', '​'.repeat(3_000), '👨‍👩‍👧‍👦'.repeat(2_000)),
  fc.constantFrom(...LONG),
)
/** What is a number becomes a link, and is asked for by a test of its own. */
const noNumber = words.filter((one) => dialled(one) === null)
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, 1, 0.37))
const tier = fc.constantFrom('P0', 'P1', 'P2', undefined)
const some = <T>(of: fc.Arbitrary<T>, most: number) => fc.array(of, { maxLength: most, size: 'max' })

const point = fc.record({ at: anyNumber, value: fc.option(anyNumber), label: words })
const chart: fc.Arbitrary<Chart> = fc.record({
  kind: fc.constant('chart' as const),
  title: words,
  says: words,
  draw: fc.constantFrom('line', 'bars', 'marks', 'ranks'),
  points: some(point, 60),
  ends: fc.record({ from: words, to: words }),
})
const factor = fc.record({ label: words, numbers: words, share: fc.option(anyNumber), note: words })
const row = fc
  .record({ cells: some(words, 12), tier, command: fc.option(words) })
  .map(({ cells, tier: of, command }) => ({
    cells,
    ...(of === undefined ? {} : { tier: of }),
    ...(command === null ? {} : { command }),
  }))
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), text: words }),
  fc.record({ kind: fc.constant('quote' as const), text: words, by: words }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: some(fc.record({ label: words, value: words, dial: noNumber }), 60),
  }),
  fc.record({ kind: fc.constant('factors' as const), title: words, factors: some(factor, 200) }),
  fc.record({ kind: fc.constant('steps' as const), title: words, steps: some(words, 80) }),
  fc.record({ kind: fc.constant('table' as const), columns: some(words, 60), rows: some(row, 100) }),
  chart,
)
const button = fc.record({
  command: words,
  label: words,
  style: fc.constantFrom('primary', 'danger', 'plain'),
  args: words,
})
const card: fc.Arbitrary<Card> = fc
  .record({
    accent: fc.constantFrom('P0', 'P1', 'P2', 'good', 'neutral', 'muted'),
    badge: words,
    title: words,
    subtitle: words,
    blocks: some(block, 8),
    buttons: some(button, 20),
    fallback: words,
    version: fc.nat(),
    mentions: some(fc.record({ name: words, accounts: fc.record({ lark: words }) }), 3),
  })
  .map((made) => made as Card)

// Shrinking megabytes takes for ever and tells nothing.
const RUNS = { numRuns: 20, endOnFailure: true }

/** Told in short words: a report of a megabyte says nothing. */
function expectSound(encoded: object): void {
  const content = JSON.stringify(encoded)
  expect({
    faults: faultsOf(content),
    marked: markedTexts(encoded).length,
    fits: Buffer.byteLength(content) <= 30 * 1024 && countOf(encoded) <= 200,
    // Bidi overrides and halves of characters would be read differently by every client.
    overrides: /[\u202a-\u202e\u2066-\u2069]/.test(content),
    whole: content.isWellFormed(),
    // A family is shown whole or not at all.
    split: /\u200d[…"]/.test(content),
  }).toEqual({ faults: [], marked: 0, fits: true, overrides: false, whole: true, split: false })
}

test('any card is within the limits, without markup, and no grapheme is split', () => {
  fc.assert(
    fc.property(card, fc.constantFrom(...LOCALES), fc.boolean(), (made, locale, direct) => {
      expectSound(encodeCard(made, { locale, direct }))
      expectSound(encodePlain(made, { locale, direct }))
    }),
    RUNS,
  )
})

test('a colleague is mentioned by the id of their account, whoever has none by name', () => {
  const mentions = [
    { name: '林', accounts: { lark: 'ou_lin' } },
    { name: '周', accounts: { lark: 'all' } },
  ]
  const line: Card = { accent: 'P1', title: '已超时', blocks: [], buttons: [], fallback: '已超时', mentions }
  for (const encoded of [encodeCard(line, { locale: 'zh' }), encodePlain(line, { locale: 'zh' })]) {
    expect(faultsOf(JSON.stringify(encoded))).toEqual([])
    expect(markedTexts(encoded)).toEqual(['<at id=ou_lin></at>'])
    expect(JSON.stringify(encoded)).toContain('"content":"@周"')
  }
})

test('a number is dialled by its digits, and nothing else becomes a link', () => {
  const linked = (dial: string) => {
    const fields = [{ label: 'Phone', value: '138 0013 8000', dial }]
    const made: Card = {
      ...{ accent: 'P0', title: 'yours', buttons: [], fallback: 'yours' },
      blocks: [{ kind: 'fields', fields }],
    }
    const encoded = encodeCard(made, { locale: 'en', direct: true })
    expect(faultsOf(JSON.stringify(encoded))).toEqual([])
    return markedTexts(encoded)
  }
  expect(linked('+4915112345678')).toEqual(['[+4915112345678](tel://+4915112345678)'])
  expect(linked('13800138000](https://evil.example) [')).toEqual([])
})

test('any customer’s case is too, with its buttons', () => {
  fc.assert(
    fc.property(words, fc.constantFrom('open', 'claimed', 'watch', 'resolved'), (said, state) => {
      const { data } = casesWith(said)
      const encoded = encodeCard(alertCard(data(state, false), view('zh')), { locale: 'zh' })
      expectSound(encoded)
      expect(JSON.stringify(encoded)).toContain('"command":"why"')
    }),
    RUNS,
  )
})

test('any form is too', () => {
  const field = fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      label: words,
      placeholder: words,
      multiline: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('number' as const), label: words, min: fc.nat(), value: anyNumber }),
    fc.record({
      kind: fc.constant('select' as const),
      label: words,
      options: some(fc.record({ value: fc.uuid(), label: words }), 200),
    }),
  )
  fc.assert(
    fc.property(words, words, fc.array(field, { maxLength: 30 }), (title, submit, fields) => {
      const form = { title, submit, fields: fields.map((each, at) => ({ ...each, name: `f${at}` })) } as Form
      expectSound(encodeForm(form, 'zh', { command: 'resolve', args: 'A-1' }))
      expectSound(encodeDone(title, submit))
    }),
    RUNS,
  )
})

test('200 factors and a megabyte of text still make a card that says what it is about', () => {
  const factors = Array.from({ length: 200 }, (_, at) => ({ label: `f${at}`, numbers: '1', share: 0.5 }))
  const made: Card = {
    accent: 'P0',
    title: '何雨婷可能流失',
    blocks: [
      { kind: 'text', text: '长'.repeat(1_000_000) },
      { kind: 'factors', title: '因素', factors },
    ],
    buttons: [{ command: 'claim', label: '认领', style: 'primary', args: 'A-1042' }],
    fallback: '何雨婷可能流失',
  }
  const encoded = encodeCard(made, { locale: 'zh' })
  expectSound(encoded)
  expect(JSON.stringify(encoded)).toContain('A-1042')
})

test('a button whose words cannot be carried whole is left out rather than made to run something else', () => {
  const made: Card = {
    accent: 'neutral',
    title: 't',
    blocks: [],
    buttons: [{ command: 'search', label: 'next', style: 'plain', args: 'x'.repeat(301) }],
    fallback: 't',
  }
  expect(JSON.stringify(encodeCard(made, { locale: 'en' }))).not.toContain('"tag":"button"')
})
