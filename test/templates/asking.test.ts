import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import type { OutsideEvent } from '../../src/reports/outside-event.ts'
import { LOCALES } from '../../src/text.ts'
import { CALENDAR_PAGE, calendarCard, calendarNote } from '../../templates/calendar.ts'
import { LIMITS } from '../../templates/limits.ts'
import { SURVEY_PAGE, type SurveyCardData, surveyCard } from '../../templates/survey.ts'
import { both } from './both.ts'
import { ago, LIN, view } from './cases.ts'
import { words } from './hostile.ts'

const outside: readonly OutsideEvent[] = [
  { no: 3, kind: 'promotion', title: '618 大促', first: '2025-12-01', last: '2026-05-20' },
  { no: 4, kind: 'outage', title: '小程序打不开', first: '2026-05-03', last: '2026-05-03' },
]
const dates = { rows: outside, total: 14, page: 1, pages: 2, mayEdit: true }
const ask: SurveyCardData = {
  ...{ asked: '虹桥店', days: 365, total: 40, refused: 3, active: 1_204, page: 1, pages: 4 },
  ...{ money: { currency: 'CNY' }, dataAgeHours: 2 },
  rows: [
    {
      ...{ id: 'c-318', no: 318, name: '何雨婷', site: '虹桥店', owner: 'lin', ownerName: LIN },
      ...{ ltvMinor: 8_645_050, contactConsent: true, heardAt: ago(500 * DAY), activeAt: ago(DAY) },
    },
    {
      ...{ id: 'c-77', no: 77, name: null, site: null, owner: null, ownerName: null },
      ...{ ltvMinor: null, contactConsent: null, heardAt: null, activeAt: ago(30 * DAY) },
    },
  ],
}

test('the calendar', () => expect(both(calendarCard, dates)).toMatchSnapshot())
test('an entry of it', () =>
  expect(both(calendarNote, { did: 'added', event: outside[0]! })).toMatchSnapshot())
test('whom to ask', () => expect(both(surveyCard, ask)).toMatchSnapshot())
test('whatever is written in them, they stay cards', () => {
  fc.assert(
    fc.property(words, (said) => {
      const event = { ...outside[0]!, title: said }
      const [first] = ask.rows
      const cards = LOCALES.flatMap((locale) => [
        calendarCard({ ...dates, rows: Array(CALENDAR_PAGE).fill(event) }, view(locale)),
        surveyCard(
          { ...ask, asked: said, rows: Array(SURVEY_PAGE).fill({ ...first!, name: said, site: said }) },
          view(locale),
        ),
      ])
      for (const card of cards) {
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(LIMITS.bytes + 2_000)
        expect(card.blocks.length).toBeLessThanOrEqual(LIMITS.blocks)
        expect(JSON.stringify(card)).not.toContain('\\u202e')
      }
    }),
    { numRuns: 30 },
  )
})
