import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlertState } from '../../src/alerts/alert.ts'
import type { Block, Card } from '../../src/chat/card.ts'
import { LOCALES, same } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { configCard } from '../../templates/config.ts'
import { customerCard } from '../../templates/customer.ts'
import { groupsCard } from '../../templates/groups.ts'
import { LIMITS, shown, withinLimits } from '../../templates/limits.ts'
import { mineCard } from '../../templates/mine.ts'
import { errorNote } from '../../templates/note.ts'
import { threadCard } from '../../templates/thread.ts'
import { topCard } from '../../templates/top.ts'
import { whyCard } from '../../templates/why.ts'
import { ago, view } from './cases.ts'
import { casesWith, PIECES, words } from './hostile.ts'
import { STAGES } from './stages.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemes = (words: string) => [...segmenter.segment(words)].length

/** The words of a block, as a reader meets them. */
function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text]
    case 'quote':
      return [block.text, block.by]
    case 'fields':
      return block.fields.flatMap(({ label, value }) => [label, value])
    case 'factors':
      return [
        block.title,
        ...block.factors.flatMap(({ label, numbers, note }) => [label, numbers, note ?? '']),
      ]
    case 'steps':
      return [block.title, ...block.steps]
    case 'chart':
      return [
        block.title,
        block.says,
        block.ends.from,
        block.ends.to,
        ...block.points.map(({ label }) => label),
      ]
    case 'table':
      return [...block.columns, ...block.rows.flatMap(({ cells }) => cells)]
  }
}

/** Every promise of LIMITS, checked on what would be sent. */
function holds(card: Card): void {
  for (const words of [card.title, card.subtitle ?? '', card.fallback, ...card.blocks.flatMap(wordsOf)]) {
    const limit = words === card.fallback ? LIMITS.fallback : LIMITS.field
    if (words.length > limit) expect(graphemes(words)).toBeLessThanOrEqual(limit)
    if (UNSAFE.test(words)) expect.fail(`unsafe characters in ${JSON.stringify(words)}`)
  }
  for (const block of card.blocks) {
    if (block.kind === 'quote') expect(graphemes(block.text)).toBeLessThanOrEqual(LIMITS.quote)
  }
  expect(card.blocks.length).toBeLessThanOrEqual(LIMITS.blocks)
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(12 * 1024)
}

// Bidi overrides, lone surrogates and NUL.
const UNSAFE = /[\u202a-\u202e\u2066-\u2069\p{Cs}\0]/u

const states = fc.constantFrom<AlertState[]>(
  ...([
    'open',
    'claimed',
    'contacted',
    'snoozed',
    'watch',
    'retained',
    'relapsed',
    'resolved',
    'dismissed',
  ] as const),
)

describe('whatever the data says, a card keeps to its limits', () => {
  test('cards of a case', () => {
    fc.assert(
      fc.property(words, states, fc.boolean(), fc.constantFrom(...LOCALES), (told, state, masked, locale) => {
        holds(alertCard(casesWith(told).data(state, masked), view(locale)))
      }),
      { numRuns: 150 },
    )
  })

  test('lists and answers', () => {
    fc.assert(
      fc.property(words, fc.boolean(), fc.constantFrom(...LOCALES), (told, maskNames, locale) => {
        const data = casesWith(told).data('open', maskNames)
        const { alert, customer: facts, money } = data
        const seen = view(locale)
        const many = Array.from({ length: 30 }, (_, at) => at)
        const row = {
          moved: 'new' as const,
          deferred: true,
          customer: facts,
          assessment: alert.assessment,
          alert: { no: 1, state: 'contacted' as const, ownerName: same(told), openedAt: ago(1) },
        }
        const page = {
          total: 99,
          newcomers: 1,
          page: 2,
          pages: 4,
          money,
          maskNames,
          dataAgeHours: Number.NaN,
        }
        holds(topCard({ ...page, asked: told, rows: many.map((rank) => ({ ...row, rank })) }, seen))
        const group = {
          name: same(told),
          counts: { P0: 1, P1: 1, P2: 1, watch: 1 },
          atStakeMinor: 1e15,
          worst: facts,
        }
        holds(groupsCard({ ...page, by: 'store', asked: told, rows: many.map(() => group) }, seen))
        holds(mineCard({ ...page, waiting: 3, cases: many.map(() => ({ alert, customer: facts })) }, seen))
        holds(whyCard({ customer: facts, assessment: alert.assessment, caseNo: 1, money, maskNames }, seen))
        const line = {
          no: 1,
          tier: 'P1' as const,
          state: 'open' as const,
          openedAt: ago(1),
          ownerName: same(told),
          result: null,
        }
        const numbers = many.map(() => ({ feature: 'f', label: same(told), value: 1e21 }))
        const events = many.map(() => ({ label: same(told), count: 1, last: ago(1) }))
        const known = {
          csmName: same(told),
          contactConsent: null,
          numbers,
          events,
          openCase: line,
          pastCases: many.map(() => line),
        }
        holds(customerCard({ ...page, ...known, customer: facts, assessment: alert.assessment }, seen))
        const setting = {
          name: told,
          about: same(told),
          value: same(told),
          standard: same(told),
          changed: { by: same(told), at: ago(1) },
        }
        holds(
          configCard(
            { kind: 'list', settings: many.map(() => setting), total: many.length, page: 1, pages: 1 },
            seen,
          ),
        )
        holds(configCard({ kind: 'set', setting, before: same(told) }, seen))
        holds(errorNote({ what: same(told), hint: same(told) }, seen))
        holds(threadCard({ verb: 'resolve', by: same(told), outcome: alert.outcome!, currency: 'CNY' }, seen))
        holds(threadCard({ verb: 'dismiss', by: same(told), note: told }, seen))
      }),
      { numRuns: 60 },
    )
  })

  test('a megabyte of anything', () => {
    for (const piece of PIECES) {
      const told = piece.repeat(Math.ceil(1_000_000 / piece.length))
      for (const locale of LOCALES) {
        holds(alertCard(casesWith(told).data('open', true), view(locale)))
        holds(threadCard({ verb: 'dismiss', by: same(told), note: told }, view(locale)))
      }
    }
  })
})

test('a card that is too full keeps its last block, which says how old the data is', () => {
  const blocks = Array.from(
    { length: LIMITS.blocks + 3 },
    (_, at) => ({ kind: 'note', text: `${at}` }) as const,
  )
  const card = { accent: 'neutral', title: 't', blocks, buttons: [], fallback: 't' } as const
  const shownBlocks = withinLimits(card).blocks.flatMap(wordsOf)
  expect([shownBlocks.length, ...shownBlocks.slice(-2)]).toEqual([LIMITS.blocks, '10', '14'])
})

test('a masked card shows the whole name nowhere', () => {
  for (const [stage, data] of Object.entries(STAGES)) {
    const telling = {
      ...data,
      maskNames: true,
      lastNote: `何雨婷说先这样`,
      repeatOf: { no: 1, note: '何雨婷 yuting@example.com', relapse: null },
    }
    for (const locale of LOCALES) {
      const json = JSON.stringify(alertCard(telling, view(locale)))
      expect(json, stage).not.toContain('何雨婷')
      expect(json, stage).not.toContain('yuting@')
    }
  }
})

test('no card of a case shows a percentage while there is no model', () => {
  for (const data of Object.values(STAGES)) {
    for (const locale of LOCALES) expect(JSON.stringify(alertCard(data, view(locale)))).not.toMatch(/%|％/)
  }
})

test('cut words end in an ellipsis and never split what a reader sees as one sign', () => {
  expect(shown('  a \n b  ', 10)).toBe('a b')
  expect(shown('abcdef', 4)).toBe('abc…')
  expect(shown('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2)).toBe('👨‍👩‍👧‍👦…')
  expect(shown('x'.repeat(1_000_000), 5)).toBe('xxxx…')
  expect(shown(`${' '.repeat(1000)}late`, 5)).toBe('…')
})
