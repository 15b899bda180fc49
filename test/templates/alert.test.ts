import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { LOCALES, text } from '../../src/text.ts'
import { type AlertCardData, alertCard } from '../../templates/alert.ts'
import type { Trends } from '../../templates/charts.ts'
import { ago, view } from './cases.ts'
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
