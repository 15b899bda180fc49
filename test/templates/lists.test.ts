import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { type CustomerCardData, customerCard } from '../../templates/customer.ts'
import { type MineCardData, mineCard } from '../../templates/mine.ts'
import { type TopCardData, type TopRow, topCard } from '../../templates/top.ts'
import { whyCard } from '../../templates/why.ts'
import { ago, alertIn, assessment, cardData, customer, GU, LIN, NOW, view } from './cases.ts'
import { render } from './render.ts'

const money = { currency: 'CNY', features: new Set(['visit_spend_90', 'visit_spend_365']) }
const en = view('en')

const emily = { ...customer, id: 'c-77', no: 77, name: 'Emily Carter', ltvMinor: 1_234_000, valueTier: null }
const fading = {
  ...assessment,
  tier: 'P1' as const,
  reason: 'two-rules' as const,
  highValue: false,
  readings: assessment.readings.filter(({ signal }) => signal === 'change'),
}
const quiet = { ...assessment, tier: 'watch' as const, reason: 'one-signal' as const, readings: [] }
const nobody = { ...customer, no: 900, name: null, ltvMinor: null }

const rows: TopRow[] = [
  {
    rank: 1,
    moved: 'new',
    deferred: false,
    customer,
    assessment,
    alert: { no: 1042, state: 'open', ownerName: null, openedAt: ago(3 * HOUR) },
  },
  {
    rank: 2,
    moved: -1,
    deferred: false,
    customer: emily,
    assessment: fading,
    alert: { no: 1040, state: 'contacted', ownerName: LIN, openedAt: ago(DAY) },
  },
  { rank: 3, moved: 2, deferred: true, customer: nobody, assessment: quiet, alert: null },
]
const top: TopCardData = {
  asked: 'top 3 store 虹桥店',
  rows,
  total: 41,
  newcomers: 1,
  page: 2,
  pages: 14,
  money,
  dataAgeHours: 0.2,
  maskNames: false,
}

const mine: MineCardData = {
  waiting: 5,
  dataAgeHours: 3,
  cases: [
    {
      alert: alertIn('claimed', { due: [{ clock: 'reach', at: ago(40 * 60_000), missed: true }] }),
      customer,
    },
    {
      alert: alertIn('contacted', {
        no: 1040,
        tier: 'P1',
        assessment: fading,
        due: [{ clock: 'outcome', at: new Date(+NOW + 5 * DAY), missed: false }],
      }),
      customer: emily,
    },
    {
      alert: alertIn('watch', {
        no: 1001,
        watchFrom: ago(9 * DAY),
        watchUntil: new Date(+NOW + 21 * DAY),
        due: [],
      }),
      customer,
    },
    {
      alert: alertIn('snoozed', { no: 1003, snoozedUntil: new Date(+NOW + 2 * HOUR), due: [] }),
      customer: emily,
    },
  ],
  total: 4,
  page: 1,
  pages: 1,
  money,
  maskNames: false,
}

const shownCustomer: CustomerCardData = {
  customer,
  assessment,
  csmName: LIN,
  contactConsent: null,
  money,
  numbers: [
    { feature: 'visits_365', label: text('近一年到店次数', 'visits in the last year'), value: 9 },
    {
      feature: 'visit_spend_365',
      label: text('近一年到店消费', 'service spend in the last year'),
      value: 1_286_000,
    },
    { feature: 'gap_days', label: text('平均到店间隔（天）', 'mean days between visits'), value: 31.42 },
    { feature: 'nps_last', label: text('最近一次 NPS', 'latest NPS'), value: Number.NaN },
  ],
  events: [
    { label: text('登录 App', 'app login'), count: 124, last: ago(2 * DAY) },
    { label: text('到店', 'workshop visit'), count: 18, last: ago(96 * DAY) },
    { label: text('续保', 'warranty renewed'), count: 1, last: ago(400 * DAY) },
  ],
  openCase: { no: 1042, tier: 'P0', state: 'claimed', openedAt: ago(HOUR), ownerName: LIN, result: null },
  pastCases: [
    { no: 811, tier: 'P2', state: 'resolved', openedAt: ago(210 * DAY), ownerName: GU, result: 'other' },
  ],
  dataAgeHours: 2,
  maskNames: false,
}

const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

test('top', () => expect(both((locale) => render(topCard(top, view(locale))))).toMatchSnapshot())

test('top gives the chance of leaving of whom a model judged, and no score of rules as one', () => {
  const tableOf = (data: TopCardData) => {
    const [table] = topCard(data, en).blocks
    return table?.kind === 'table' ? [table.columns[2], ...table.rows.map(({ cells }) => cells[2])] : []
  }
  expect(tableOf(top)[0]).toBe('Customer')
  const modelled = { ...rows[0]!, assessment: { ...assessment, forecast: { probability: 0.834, days: 60 } } }
  expect(tableOf({ ...top, rows: [modelled, rows[1]!] })).toEqual(['Chance in 60 days', '83%', '—'])
})

test('top with nobody on it', () => {
  const empty = { ...top, rows: [], newcomers: null, total: 0, page: 1, pages: 1 }
  expect(both((locale) => render(topCard(empty, view(locale))))).toMatchSnapshot()
})

test('top turns pages with the words that were asked', () => {
  const card = topCard({ ...top, asked: 'top 3 store 虹桥店 page 2' }, en)
  expect(card.buttons.map(({ args }) => args)).toEqual(['3 store 虹桥店 page 1', '3 store 虹桥店 page 3'])
})

test('top lets a manager ask, and tells which data does not come in', () => {
  const feed = { kind: 'visit', state: 'stale', days: 4, expected: 9, came: 0, newest: 0 } as const
  const feeds = [{ ...feed, reason: same('No visits for four days.') }]
  const card = topCard({ ...top, mayAsk: true, feeds }, en)
  expect(card.buttons[0]).toMatchObject({ command: 'ask', args: '' })
  expect(JSON.stringify(card.blocks.at(-1))).toContain('No visits for four days.')
})

test('top opens a customer from a row and masks names where asked', () => {
  const card = topCard({ ...top, maskNames: true }, en)
  const [table] = card.blocks
  if (table?.kind !== 'table') throw new Error('the list is a table')
  expect(table.rows.map(({ command }) => command)).toEqual(['show C-318', 'show C-77', 'show C-900'])
  expect(table.rows.map(({ cells }) => cells[2])).toEqual([
    'C-318 何**',
    'C-77 E. C***',
    'C-900 Unnamed customer',
  ])
})

test('mine', () => expect(both((locale) => render(mineCard(mine, view(locale))))).toMatchSnapshot())

test('mine with nothing to do', () => {
  expect(
    both((locale) => render(mineCard({ ...mine, cases: [], total: 0, waiting: 0 }, view(locale)))),
  ).toMatchSnapshot()
})

test('show', () =>
  expect(both((locale) => render(customerCard(shownCustomer, view(locale))))).toMatchSnapshot())

test('show, a customer nobody has scored or seen', () => {
  const blank = {
    ...customer,
    name: '  ',
    ltvMinor: null,
    valueTier: null,
    site: null,
    region: null,
    product: null,
    firstPurchase: null,
  }
  const data = {
    ...shownCustomer,
    customer: blank,
    assessment: null,
    csmName: null,
    contactConsent: false,
    numbers: [],
    events: [],
    openCase: null,
    pastCases: [],
  }
  expect(both((locale) => render(customerCard(data, view(locale))))).toMatchSnapshot()
})

test('why', () => {
  const data = { customer, assessment, caseNo: 1042, money, maskNames: false }
  expect(both((locale) => render(whyCard(data, view(locale))))).toMatchSnapshot()
})

test('why, a customer without signals', () => {
  const data = {
    customer,
    assessment: { ...quiet, tier: 'routine' as const, reason: 'no-history' as const, factors: [] },
    caseNo: null,
    money,
    maskNames: true,
  }
  expect(both((locale) => render(whyCard(data, view(locale))))).toMatchSnapshot()
})

test('a rule that is a factor is told by its sentence, once', () => {
  const ruleFactor = {
    ...assessment.factors[0]!,
    feature: 'rule:rating-fell',
    label: text('rating-fell', 'rating-fell'),
  }
  const judged = { ...assessment, factors: [ruleFactor] }
  const told = render(alertCard(cardData(alertIn('open', { assessment: judged })), view('zh')))
  expect(told).not.toContain('rating-fell')
  expect(told.match(/最近一次只打了 2 分/g)).toHaveLength(1)
})

test('a quiet rhythm that is a factor is not told twice', () => {
  const quietDays = {
    ...assessment.factors[1]!,
    feature: 'quiet_days',
    label: text('到店间隔（天）', 'days between visits'),
    before: 31,
    after: 96,
  }
  const judged = { ...assessment, factors: [quietDays] }
  const told = render(alertCard(cardData(alertIn('open', { assessment: judged })), view('en')))
  expect(told).toContain('Days between visits  31 → 96')
  expect(told).not.toContain('now quiet for')
})
