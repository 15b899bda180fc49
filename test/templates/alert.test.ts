import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { LOCALES, text } from '../../src/text.ts'
import { type AlertCardData, alertCard } from '../../templates/alert.ts'
import type { Trends } from '../../templates/charts.ts'
import { ago, NOW, view } from './cases.ts'
import { render } from './render.ts'
import { STAGES } from './stages.ts'

describe('the card of a case', () => {
  for (const [stage, data] of Object.entries(STAGES)) {
    for (const locale of LOCALES) {
      test(`${stage}, ${locale}`, () => {
        expect(render(alertCard(data, view(locale)))).toMatchSnapshot()
      })
    }
  }
})

test('the picture of risk, mood and visits, while somebody works with it', () => {
  const trends: Trends = {
    risk: [
      { asOf: ago(9 * DAY), score: 0.2, tier: 'watch' },
      { asOf: ago(DAY), score: 0.9, tier: 'P0' },
    ],
    mood: [8, 3].map((mood, at) => ({ at: +ago((9 - at) * DAY), mood })),
    activity: { label: text('到店', 'workshop visits'), months: [] },
  }
  const titles = (data: AlertCardData) => alertCard(data, view('zh')).picture?.map(({ title }) => title)
  const drawn = Object.values(STAGES).map((data) => [data.alert.state, titles({ ...data, trends })] as const)
  for (const [state, picture] of drawn) {
    const isAtWork = ['open', 'claimed', 'contacted', 'watch'].includes(state)
    expect(picture).toEqual(isAtWork ? ['风险走势', '情绪与评分'] : undefined)
  }
  // Who shows no pictures, and who has nothing to draw yet, gets the card alone.
  expect(titles(STAGES['claimed']!)).toBeUndefined()
  const nothing = { ...trends, risk: [], mood: [] }
  expect(alertCard({ ...STAGES['claimed']!, trends: nothing }, view('zh'))).not.toHaveProperty('picture')
})

test.each(['open', 'claimed', 'contacted', 'snoozed', 'resolved'])(
  'a card that lasts says of a case that is %s nothing that will be wrong tomorrow',
  (state) => {
    for (const [stage, data] of Object.entries(STAGES).filter(([, each]) => each.alert.state === state)) {
      for (const locale of LOCALES) {
        const dueLater = data.alert.due.map((due) => ({ ...due, at: new Date(+NOW + 3 * DAY) }))
        const stood = { ...data, dataAgeHours: 5, alert: { ...data.alert, due: dueLater } }
        const seen = (days: number) =>
          alertCard(
            { ...stood, dataAgeHours: 5 + days * 24 },
            {
              ...view(locale),
              now: new Date(+NOW + days * DAY),
              lasting: true,
            },
          )
        // What to do may be to do it today, and a form may offer tomorrow.
        const { blocks, buttons: _, ...rest } = seen(0)
        const said = [...blocks.filter(({ kind }) => kind !== 'steps'), rest]
        expect(JSON.stringify(said), stage).not.toMatch(
          /今天|明天|昨天|还有|[Tt]oday|[Yy]esterday|[Tt]omorrow/,
        )
        expect(seen(1), stage).toEqual(seen(0))
      }
    }
  },
)
