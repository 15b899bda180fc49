import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, Button, Card, Form } from '../../../src/chat/card.ts'
import { encodeCard, encodePlain, type SlackMessage } from '../../../src/chat/slack/encode.ts'
import { encodeForm } from '../../../src/chat/slack/encode-form.ts'
import { encodeHome } from '../../../src/chat/slack/encode-home.ts'
import { LOCALES } from '../../../src/text.ts'
import { alertCard } from '../../../templates/alert.ts'
import { messageFaults, viewFaults } from '../../fakes/slack/limits.ts'
import { view } from '../../templates/cases.ts'
import { casesWith, PIECES, words } from '../../templates/hostile.ts'

const MARKUP = [
  '<!channel>',
  '<@U0LIN>',
  '<http://evil.example|click>',
  '*bold* _it_ ~s~ `c`',
  ':tada:',
  '&lt;!here&gt;',
]
const told = fc.oneof(
  words,
  fc.constantFrom(...MARKUP),
  fc
    .tuple(fc.constantFrom(...MARKUP, ...PIECES), fc.constantFrom(1, 700))
    .map(([piece, times]) => piece.repeat(times)),
)
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 5 })
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(
    few(one),
    one.map((each) => Array.from({ length: 200 }, () => each)),
  )

const block: fc.Arbitrary<Block> = fc.oneof(
  told.map((text) => ({ kind: 'text' as const, text })),
  told.map((text) => ({ kind: 'note' as const, text })),
  fc.record({ kind: fc.constant('quote' as const), text: told, by: told }),
  fc.record({ kind: fc.constant('fields' as const), fields: many(fc.record({ label: told, value: told })) }),
  fc.record({ kind: fc.constant('steps' as const), title: told, steps: many(told) }),
  fc.record({
    kind: fc.constant('factors' as const),
    title: told,
    factors: many(
      fc.record({ label: told, numbers: told, share: fc.oneof(fc.constant(null), fc.double()), note: told }),
    ),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: few(told),
    rows: many(
      fc.record({
        cells: few(told),
        tier: fc.constantFrom('P0', 'P1', 'P2'),
        command: fc.constant('show A-1'),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant('chart' as const),
    title: told,
    says: told,
    draw: fc.constantFrom('line', 'bars', 'marks'),
    points: many(
      fc.record({ at: fc.double(), value: fc.oneof(fc.constant(null), fc.double()), label: told }),
    ),
    ends: fc.record({ from: told, to: told }),
  }),
)

const button: fc.Arbitrary<Button> = fc.record({
  command: fc.constantFrom('claim', 'why', 'not a command', 'x'.repeat(300)),
  label: told,
  style: fc.constantFrom('primary', 'danger', 'plain'),
  args: told,
})

const card: fc.Arbitrary<Card> = fc.record({
  accent: fc.constantFrom('P0', 'P1', 'P2', 'good', 'neutral', 'muted'),
  badge: told,
  title: told,
  subtitle: told,
  blocks: fc.oneof(few(block), fc.array(block, { minLength: 45, maxLength: 60 })),
  buttons: fc.array(button, { maxLength: 40 }),
  fallback: told,
  version: fc.nat(),
  mentions: few(fc.record({ name: told, accounts: fc.record({ slack: told }) })),
})

const form: fc.Arbitrary<Form> = fc.record({
  title: told,
  submit: told,
  fields: fc.uniqueArray(
    fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        name: fc.string({ minLength: 1 }),
        label: told,
        placeholder: told,
      }),
      fc.record({
        kind: fc.constant('number' as const),
        name: fc.string({ minLength: 1 }),
        label: told,
        min: fc.integer(),
      }),
      fc.record({
        kind: fc.constant('select' as const),
        name: fc.string({ minLength: 1 }),
        label: told,
        options: many(fc.record({ value: told, label: told })),
      }),
    ),
    { selector: ({ name }) => name, maxLength: 8 },
  ),
})

/** Slack takes it, and nothing in it is read as markup. */
function holds(message: SlackMessage): void {
  expect(messageFaults(message)).toEqual([])
  const json = JSON.stringify(message)
  expect(json).not.toMatch(/"type":"(mrkdwn|user|usergroup|broadcast|channel|link|emoji)"/)
  expect(message.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
  expect(json).not.toMatch(UNSAFE)
  for (const plain of json.matchAll(/"type":"plain_text","text":"((?:[^"\\]|\\.)*)"/g)) {
    expect(plain[1]).not.toMatch(/:(?!\u2060|\d+:)[^\s:]+:/)
  }
}

// Bidi overrides and lone surrogates, as they are and as JSON writes them.
const UNSAFE = /[\u202a-\u202e\u2066-\u2069]|\\ud[89a-f]/u

describe('whatever a card holds, Slack takes it and reads no markup', () => {
  test('cards', () => {
    fc.assert(
      fc.property(card, fc.constantFrom(...LOCALES), (drawn, locale) => {
        holds(encodeCard(drawn, locale))
        holds(encodePlain(drawn))
      }),
      { numRuns: 80 },
    )
  })

  test('cards of a case', () => {
    fc.assert(
      fc.property(told, fc.boolean(), fc.constantFrom(...LOCALES), (said, masked, locale) => {
        holds(encodeCard(alertCard(casesWith(said).data('open', masked), view(locale)), locale))
      }),
      { numRuns: 60 },
    )
  })

  test('a megabyte of anything, beside 200 factors', () => {
    for (const piece of [...PIECES, ...MARKUP]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const factor = { label: text, numbers: text, share: 0.5, note: text }
      const blocks: Block[] = [
        { kind: 'text', text },
        { kind: 'factors', title: text, factors: Array.from({ length: 200 }, () => factor) },
      ]
      const buttons: Button[] = [{ command: 'claim', label: text, style: 'primary', args: 'A-1042' }]
      const message = encodeCard({ accent: 'P0', title: text, blocks, buttons, fallback: text }, 'zh')
      holds(message)
      expect(message.blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'claim:0' }] })
    }
  })

  test('forms and the Home tab', () => {
    fc.assert(
      fc.property(form, few(card), told, (asked, cards, args) => {
        const event = {
          id: 'e',
          by: { chat: 'slack', workspace: 'T', user: 'U' },
          channel: 'C',
          isDirect: false,
          message: null,
          did: { kind: 'home' },
          way: {},
        } as const
        const modal = encodeForm(
          { form: { zh: asked, en: asked }, locale: 'en', command: 'tune', args },
          event,
        )
        if (modal === null) expect(args.length).toBeGreaterThan(500)
        else expect(viewFaults(modal)).toEqual([])
        expect(viewFaults(encodeHome(cards, 'zh'))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
