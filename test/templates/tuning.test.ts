import { expect, test } from 'vitest'
import type { Replayed } from '../../src/alerts/replay.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type HistoryCardData, historyCard } from '../../templates/config-history.ts'
import { tuneForm } from '../../templates/form-tune.ts'
import { type LexiconCardData, lexiconCard } from '../../templates/lexicon.ts'
import { ruleFitCard } from '../../templates/rule-fit.ts'
import { type RulesCardData, rulesCard } from '../../templates/rules.ts'
import { type TuneCardData, tuneAskNote, tuneCard, tunedCard } from '../../templates/tune.ts'
import { ago, customer, LIN, view } from './cases.ts'
import { HITS } from './hits.ts'
import { render } from './render.ts'

/** What admins tune: words, rules, settings. */

const money = { currency: 'CNY', features: new Set<string>() }
const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

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
    { kind: 'test', sentence: '不用退款了，下次我直接换 一 家。', hits: HITS },
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
  const place = { page: 1, pages: 1, total: 2, mayEdit: true, advice: [], tried: [] }
  const lists: RulesCardData[] = [
    {
      ...place,
      rules: [
        { ...rule, enabled: true, origin: 'shipped' },
        { ...rule, enabled: false, origin: 'own' },
      ],
    },
    { ...place, rules: [], total: 0, mayEdit: false },
  ]
  const fit = {
    expression: 'visits_90 = 0 and visit_spend_365 > 0',
    holds: 41,
    unknown: 3,
    of: 2_000,
    examples: [{ customer, numbers }],
  }
  const none = { expression: 'visits_90 > 99', holds: 0, unknown: 0, of: 2_000, examples: [] }
  const inYuan = { currency: 'CNY', features: new Set(['visit_spend_365']) }
  for (const data of lists) expect(both((locale) => render(rulesCard(data, view(locale))))).toMatchSnapshot()
  for (const data of [
    { fit, money: inYuan },
    { fit: none, money },
  ])
    expect(both((locale) => render(ruleFitCard(data, view(locale))))).toMatchSnapshot()
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

test('a preview, what came of it, and the form', () => {
  const replayed = (opened: number, missed: number[], lin: number): Replayed => ({
    opened: { P0: opened, P1: opened * 2, P2: opened * 4 },
    days: 90,
    left: [7, 12, 31],
    missed,
    load: new Map([
      ['lin', lin],
      ['', 3],
    ]),
    deferred: opened,
  })
  const change = {
    name: 'band.p0',
    about: text('模型概率从多少起算 P0', 'Model probability from which a customer is P0'),
    before: same('0.8'),
    after: same('0.7'),
    value: '0.7',
  }
  const data: TuneCardData = {
    ...change,
    ...{ word: 'p0', days: 90, judgedByModel: true, names: new Map([['lin', LIN]]) },
    trial: { before: replayed(12, [12, 31], 40), after: replayed(16, [31], 52), nights: 14 },
  }
  const cards: TuneCardData[] = [
    data,
    { ...data, trial: { ...data.trial!, before: replayed(12, [], 40) }, judgedByModel: false },
    { ...data, trial: null },
  ]
  expect(
    both((locale) =>
      [
        ...cards.map((each) => render(tuneCard(each, view(locale)))),
        render(tunedCard(change, view(locale))),
        render(tuneAskNote({ advice: [] }, view(locale))),
        JSON.stringify(tuneForm(locale, new Map([['p0', '0.8']])), null, 1),
      ].join('\n\n'),
    ),
  ).toMatchSnapshot()
})
