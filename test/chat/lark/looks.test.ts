import { describe, expect, test } from 'vitest'
import type { Card } from '../../../src/chat/card.ts'
import { encodeCard } from '../../../src/chat/lark/encode.ts'
import { encodeForm } from '../../../src/chat/lark/form.ts'
import { DAY, HOUR } from '../../../src/clock.ts'
import { LOCALES, type Locale } from '../../../src/text.ts'
import { alertCard } from '../../../templates/alert.ts'
import { trendCharts } from '../../../templates/charts.ts'
import { resolveForm, snoozeForm } from '../../../templates/form.ts'
import { topCard } from '../../../templates/top.ts'
import { whyCard } from '../../../templates/why.ts'
import { faultsOf } from '../../fakes/lark-card.ts'
import { ago, alertIn, assessment, cardData, customer, LIN, NOW, view } from '../../templates/cases.ts'
import { STAGES } from '../../templates/stages.ts'
import { outline } from './outline.ts'

/** What people see on Lark, in both languages. */

const money = { currency: 'CNY', features: new Set(['visit_spend_90']) }
const emily = { ...customer, id: 'c-77', no: 77, name: 'Emily Carter', ltvMinor: 1_234_000, valueTier: null }

const top = (locale: Locale): Card =>
  topCard(
    {
      asked: 'top 2',
      rows: [
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
          assessment: { ...assessment, tier: 'P1' },
          alert: { no: 1040, state: 'contacted', ownerName: LIN, openedAt: ago(DAY) },
        },
      ],
      total: 41,
      newcomers: 1,
      page: 2,
      pages: 14,
      money,
      dataAgeHours: 0.2,
      maskNames: false,
    },
    view(locale),
  )

const charts = (locale: Locale): Card => ({
  accent: 'neutral',
  title: locale === 'zh' ? '近况' : 'Lately',
  fallback: locale === 'zh' ? '近况' : 'Lately',
  buttons: [],
  blocks: trendCharts(
    {
      risk: [],
      mood: [8.5, 6, 3].map((mood, at) => ({ at: +NOW - (90 - at * 30) * DAY, mood })),
      activity: {
        label: { zh: '到店', en: 'workshop visits' },
        months: [2, 1, 0].map((count, at) => ({ at: +NOW - (60 - at * 30) * DAY, count })),
      },
    },
    view(locale),
  ),
})

const CARDS: Readonly<Record<string, (locale: Locale) => Card>> = {
  'a case nobody has': (locale) => alertCard(cardData(alertIn('open')), view(locale)),
  'a case being worked': (locale) => alertCard(cardData(alertIn('claimed')), view(locale)),
  'a case on watch': (locale) =>
    alertCard(Object.values(STAGES).find(({ alert }) => alert.state === 'watch')!, view(locale)),
  top,
  why: (locale) => whyCard({ ...cardData(alertIn('open')), assessment, caseNo: 1042 }, view(locale)),
  charts,
}

describe('on Lark', () => {
  for (const [name, draw] of Object.entries(CARDS))
    for (const locale of LOCALES)
      test(`${name}, ${locale}`, () => {
        const card = encodeCard(draw(locale), { locale })
        expect(faultsOf(JSON.stringify(card))).toEqual([])
        expect(outline(card)).toMatchSnapshot()
      })

  test('forms', () => {
    for (const locale of LOCALES)
      for (const form of [resolveForm(locale, 'CNY'), snoozeForm(locale)])
        expect(outline(encodeForm(form, locale, { command: 'x', args: 'A-1042' }))).toMatchSnapshot()
  })

  test('the whole JSON of one card', () => {
    const card = encodeCard(top('zh'), { locale: 'zh' })
    expect(JSON.stringify(card, null, 1)).toMatchSnapshot()
  })
})
