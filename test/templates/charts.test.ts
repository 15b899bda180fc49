import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from '../../src/chat/card.ts'
import { DAY } from '../../src/clock.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type RiskPoint, type Trends, trendCharts } from '../../templates/charts.ts'
import { customerCard } from '../../templates/customer.ts'
import { LIMITS } from '../../templates/limits.ts'
import { whyNowChart } from '../../templates/why-now.ts'
import { ago, assessment, customer, view } from './cases.ts'

const night = (days: number, score: number, tier: RiskPoint['tier']): RiskPoint => ({
  asOf: ago(days * DAY),
  score,
  tier,
})
const said = (days: number, mood: number) => ({ at: +ago(days * DAY), mood })
const visits = {
  label: text('到店', 'workshop visits'),
  months: [2, 0, 1, 1, 1, 2, 0, 1, 1, 0, 0, 0].map((count, month) => ({
    at: Date.UTC(2025, 6 + month, 1),
    count,
  })),
}
const nothing: Trends = { risk: [], mood: [], activity: { label: visits.label, months: [] } }
const charts = (trends: Partial<Trends>, locale: Locale = 'zh') =>
  trendCharts({ ...nothing, ...trends }, view(locale))

describe('what the pictures of a customer say', () => {
  const fell: Trends = {
    risk: [night(14, 0.05, 'routine'), night(7, 0.31, 'watch'), night(1, 0.86, 'P0')],
    mood: [said(300, 9), said(120, 8), said(2, 2)],
    activity: visits,
  }

  test('in Chinese', () => {
    expect(charts(fell).map(({ title, says, ends }) => [title, says, ends.from, ends.to])).toEqual([
      ['风险走势', '13 天前低，现在极高', '5月18日', '昨天'],
      ['情绪与评分', '近一年 3 条反馈，平均 6.3 分，最近 2 分（满分 10 分）', '2025年6月', '今天'],
      ['每月到店', '2025年7月以来共 9 次，其中4月以来 0 次', '2025年7月', '本月'],
    ])
  })

  test('in English', () => {
    expect(charts(fell, 'en').map(({ title, says, ends }) => [title, says, ends.from, ends.to])).toEqual([
      ['Risk', 'Very low 13 days ago, critical now', '18 May', 'Yesterday'],
      ['Mood', '3 voices in a year: 6.3 of 10 on average, 2 the latest', 'Jun 2025', 'Today'],
      ['Workshop visits a month', '9 since Jul 2025, 0 of them since Apr', 'Jul 2025', 'This month'],
    ])
  })

  test.each<[string, readonly RiskPoint[], string]>([
    ['the same throughout', [night(9, 0.1, 'watch'), night(0, 0.12, 'watch')], '近 9 天一直较低'],
    [
      'worse in between',
      [night(20, 0.1, 'watch'), night(9, 0.7, 'P1'), night(0, 0.12, 'watch')],
      '现在较低，5月23日 曾为高',
    ],
  ])('a risk that is %s', (_, risk, says) => {
    expect(charts({ risk })[0]?.says).toBe(says)
  })

  test('too little to draw draws nothing', () => {
    expect(charts({})).toEqual([])
    expect(charts({ risk: [night(1, 0.5, 'P2')], mood: [said(3, 7)] })).toEqual([])
    const quiet = visits.months.map(({ at }) => ({ at, count: 0 }))
    expect(charts({ activity: { label: visits.label, months: quiet } })).toEqual([])
  })

  test('a year of talking shows its newest part, and the axis says from when', () => {
    const mood = Array.from({ length: 300 }, (_, index) => said(300 - index, 7))
    const [chart] = charts({ mood })
    expect(chart?.points).toHaveLength(LIMITS.points)
    expect(chart?.ends.from).toBe('4月')
  })
})

describe('the picture of why now', () => {
  const telling = (locale: Locale) => ({
    view: view(locale),
    money: { currency: 'CNY' },
    maskNames: false,
    name: null,
  })

  test('every beat, those that were missed, and the silence until now', () => {
    const { chart } = whyNowChart(assessment, telling('zh'))!
    expect(chart).toMatchObject({ draw: 'marks', title: '到店节奏' })
    expect(chart.says).toBe('通常 31 天一次，上次是 2月25日，此后错过 3 次')
    expect(chart.points.map(({ value }) => value)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, null])
    expect(whyNowChart(assessment, telling('en'))!.chart.says).toBe(
      'usually every 31 days, last on 25 Feb, 3 missed since',
    )
  })

  test('a drop is drawn where no beat is known, nothing where nothing fell', () => {
    const { beats: _, ...unheard } = assessment
    const { chart, tells } = whyNowChart(unheard, telling('zh'))!
    expect(tells).toMatchObject({ kind: 'change', feature: 'visits_90' })
    expect(chart).toMatchObject({ draw: 'bars', says: '4 → 0', ends: { from: '此前 90 天', to: '近 90 天' } })
    const words = assessment.readings.filter(({ signal }) => signal === 'words')
    expect(whyNowChart({ ...assessment, readings: words }, telling('zh'))).toBeNull()
  })
})

const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e300, 0))
const anyTrends: fc.Arbitrary<Trends> = fc.record({
  risk: fc.array(
    fc.record({
      asOf: fc.date({ noInvalidDate: false }),
      score: anyNumber,
      tier: fc.constantFrom(...TIERS),
    }),
    { maxLength: 90 },
  ),
  mood: fc.array(fc.record({ at: anyNumber, mood: anyNumber }), { maxLength: 200 }),
  activity: fc.record({
    label: fc.string({ unit: 'binary', maxLength: 400 }).map(same),
    months: fc.array(fc.record({ at: anyNumber, count: anyNumber }), { maxLength: 60 }),
  }),
})

test('whatever the data is, the pictures keep to their limits', () => {
  const data = {
    customer,
    assessment,
    csmName: null,
    contactConsent: null,
    money: { currency: 'CNY' },
    numbers: [],
    events: [],
    openCase: null,
    pastCases: [],
    dataAgeHours: 0,
    maskNames: false,
  }
  fc.assert(
    fc.property(anyTrends, fc.constantFrom(...LOCALES), (trends, locale) => {
      const card = customerCard({ ...data, trends }, view(locale))
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(LIMITS.bytes)
      for (const block of card.blocks.filter(
        (each): each is Extract<Block, { kind: 'chart' }> => each.kind === 'chart',
      )) {
        expect(block.points.length).toBeLessThanOrEqual(LIMITS.points)
        for (const { at, value } of block.points) {
          expect(Number.isFinite(at)).toBe(true)
          expect(value === null || Number.isFinite(value)).toBe(true)
        }
      }
    }),
    { numRuns: 150 },
  )
})
