import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type HistoryCardData, historyCard } from '../../templates/config-history.ts'
import { type LexiconCardData, lexiconCard } from '../../templates/lexicon.ts'
import { type RulesCardData, rulesCard } from '../../templates/rules.ts'
import { ago, customer, LIN, view } from './cases.ts'
import { render } from './render.ts'

/** What admins tune: words, rules, settings. */

const money = { currency: 'CNY', features: new Set<string>() }
const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

const negated = text('说的是“不”', 'said with a "not"')
const hits = [
  {
    term: '换一家',
    wordClass: 'strong-churn' as const,
    counted: true,
    why: text('客户这么说了', 'the customer says so'),
  },
  { term: '退款', wordClass: 'strong-churn' as const, counted: false, why: negated },
]

test('lexicon', () => {
  const line = { term: '换一家', wordClass: 'strong-churn' as const }
  const cards: LexiconCardData[] = [
    {
      kind: 'list',
      like: '一',
      rows: [
        { ...line, origin: 'added' },
        { ...line, origin: 'off' },
        { ...line, origin: 'shipped' },
      ],
      total: 43,
      page: 2,
      pages: 3,
    },
    { kind: 'list', like: '', rows: [], total: 0, page: 1, pages: 1 },
    { kind: 'test', sentence: '不用退款了，下次我直接换一家。', hits },
    { kind: 'test', sentence: '今天天气不错', hits: [] },
    { kind: 'added', ...line },
    { kind: 'removed', term: '换一家' },
  ]
  for (const data of cards)
    expect(both((locale) => render(lexiconCard(data, view(locale))))).toMatchSnapshot()
})

test('rules', () => {
  const rule = {
    name: 'visits-stopped',
    when: 'visits_year_before_90 >= 4 and visits_90 = 0',
    says: text(
      '此前一年到店 {visits_year_before_90} 次，近 90 天一次也没来。',
      'Came {visits_year_before_90} times, then no more.',
    ),
    fires: 41,
    cases: 20,
    dismissed: 14,
  }
  const numbers = [
    { feature: 'visits_90', value: 0 },
    { feature: 'visit_spend_365', value: 1_286_000 },
    { feature: 'nps_last', value: Number.NaN },
  ]
  const cards: RulesCardData[] = [
    {
      kind: 'list',
      rules: [
        { ...rule, enabled: true },
        { ...rule, enabled: false },
      ],
    },
    { kind: 'list', rules: [] },
    {
      kind: 'test',
      expression: 'visits_90 = 0 and visit_spend_365 > 0',
      holds: 41,
      unknown: 3,
      of: 2_000,
      examples: [{ customer, numbers }],
      money: { currency: 'CNY', features: new Set(['visit_spend_365']) },
    },
    { kind: 'test', expression: 'visits_90 > 99', holds: 0, unknown: 0, of: 2_000, examples: [], money },
  ]
  for (const data of cards) expect(both((locale) => render(rulesCard(data, view(locale))))).toMatchSnapshot()
})

test('config history', () => {
  const rows = [
    { name: 'sla.p0.claim', at: ago(HOUR), by: LIN, move: text('2 小时 → 4 小时', '2 hours → 4 hours') },
    { name: 'lexicon', at: ago(9 * DAY), by: LIN, move: same('+换一家 −黑店') },
  ]
  const cards: HistoryCardData[] = [
    { name: null, rows, total: 42, page: 2, pages: 3 },
    { name: 'watch.days', rows: [], total: 0, page: 1, pages: 1 },
  ]
  for (const data of cards)
    expect(both((locale) => render(historyCard(data, view(locale))))).toMatchSnapshot()
})
