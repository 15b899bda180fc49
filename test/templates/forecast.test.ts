import { describe, expect, test } from 'vitest'
import type { Assessment } from '../../src/risk/assessment.ts'
import { text } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { forecastFields, percent } from '../../templates/forecast.ts'
import { whyCard } from '../../templates/why.ts'
import { alertIn, assessment, cardData, customer, view } from './cases.ts'
import { render } from './render.ts'

const money = { currency: 'CNY' }
const judged: Assessment = {
  ...assessment,
  model: 'M-3',
  forecast: { probability: 0.834, days: 60 },
  lever: {
    feature: 'tickets_open',
    label: text('未办结工单', 'open tickets'),
    from: 2,
    to: 0,
    probability: 0.55,
  },
}

describe('what the model says', () => {
  test('is not there while rules judge alone', () => {
    expect(forecastFields(assessment, money, view('zh'))).toEqual([])
    expect(render(alertCard(cardData(alertIn('open')), view('zh')))).not.toContain('流失概率')
  })

  test('is told on the card and by why, with what would lower it', () => {
    const [chance, lever] = forecastFields(judged, money, view('zh'))
    expect(chance).toEqual({ label: '流失概率', value: '83%（60 天内）' })
    expect(lever).toEqual({ label: '怎样能降下来', value: '未办结工单 2 → 0，概率可降到 55%' })
    const [inEnglish, then] = forecastFields(judged, money, view('en'))
    expect(inEnglish?.value).toBe('83% within 60 days')
    expect(then?.value).toBe('Open tickets 2 → 0 would bring it to 55%')
    const card = alertCard(cardData(alertIn('open', { assessment: judged })), view('en'))
    expect(render(card)).toContain('83% within 60 days')
    const why = whyCard({ customer, assessment: judged, caseNo: 1042, money, maskNames: false }, view('zh'))
    expect(render(why)).toContain('模型 M-3 与规则')
  })

  test('never claims to be certain', () => {
    expect([0, 0.001, 0.01, 0.994, 0.996, 1].map(percent)).toEqual([
      '< 1%',
      '< 1%',
      '1%',
      '> 99%',
      '> 99%',
      '> 99%',
    ])
  })
})
