import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { SEGMENTS } from '../../src/paths.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { openScorer } from '../../src/risk/scorer.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { text } from '../../src/text.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { DAY, every, lexicon, mood, NOW, profile } from '../signals/customer.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { rowsInMemory } from '../timeline/rows-in-memory.ts'

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
const TERMS = { wordsDays: 14, topShare: 0.3 }
const LATER = new Date(NOW + 1_000)

/** Sure of those who have not come for `days`; it cannot tell of who never came. */
function modelOf(name: string, days: number): Forecaster & { readonly rows: number[] } {
  const rows: number[] = []
  const quiet = (row: Float64Array) => row[featureList(profile).index.get('quiet_days')!]!
  return {
    ...{ name, days: 60, rows },
    forecast: async ({ size, features }) => {
      rows.push(size)
      return Float32Array.from({ length: size }, (_, at) => {
        const ago = quiet(features.row(at))
        return Number.isNaN(ago) ? Number.NaN : ago > days ? 0.85 : 0.05
      })
    },
    explain: (row) => ({
      factors: [
        {
          ...{ feature: 'quiet_days', label: text('安静天数', 'quiet days'), share: 1, direction: 'raises' },
          ...{ before: null, after: quiet(row), segmentMedian: null },
        },
      ],
      lever: null,
    }),
  }
}

/** Thirty customers who come every other month; c1 stayed away, c2 never came. */
function openCompany(inUse: () => Forecaster | null) {
  const facts = Array.from({ length: 30 }, (_, at) => factsOf(`c${at}`, at + 1))
  const visit = (customer: string, ago: number) => {
    return { customer, kind: 'visit', at: NOW - ago * DAY, id: `${customer}-${ago}` }
  }
  const rows = rowsInMemory(
    facts,
    facts.flatMap(({ id }) =>
      id === 'c2' ? [] : every(id === 'c1' ? 60 : 20, 400, 20).map((ago) => visit(id, ago)),
    ),
  )
  const scorer = openScorer({
    ...{ profile, mood, plan, feeds: () => [] },
    histories: openTimeline(rows, featureList(profile)),
    forecaster: async () => inUse(),
    signals: ({ wordsDays }, background) => coldStartSignals(profile, lexicon, 'UTC', wordsDays, background),
  })
  return { scorer, rows, visit }
}

const told = (judged: Assessment | undefined) => {
  const { tier, reason, signals, score, model, forecast, factors } = judged!
  return { tier, reason, signals, score, model, forecast, factors }
}

describe('a model in use', () => {
  test('says the same of some as of everyone, and is asked about these alone', async () => {
    const model = modelOf('M-1', 30)
    const { scorer } = openCompany(() => model)
    const { assessments: some } = await scorer.assessSome(['c0', 'c1', 'c2'], new Date(NOW), TERMS)
    expect(Math.max(...model.rows)).toBe(3)
    const { assessments } = await scorer.assess(new Date(NOW), TERMS)
    const whole = new Map(assessments.map((each) => [each.customer, each]))
    for (const customer of some.keys()) expect(told(some.get(customer))).toEqual(told(whole.get(customer)))
    expect(some.get('c1')).toMatchObject({ model: 'M-1', tier: 'P0', reason: 'critical-probability' })
    expect(some.get('c1')!.forecast!.probability).toBeCloseTo(0.85)
    expect(some.get('c1')!.factors.map(({ feature }) => feature)).toContain('quiet_days')
    expect(some.get('c0')!.forecast!.probability).toBeCloseTo(0.05)
    // Unknown is never shown as safe.
    expect(some.get('c2')!.forecast).toBeUndefined()
  })

  test('sees what they did just now', async () => {
    const { scorer, rows, visit } = openCompany(() => modelOf('M-1', 30))
    await scorer.assessSome(['c1'], new Date(NOW), TERMS)
    rows.arrive(visit('c1', 0))
    const { assessments: some } = await scorer.assessSome(['c1'], LATER, TERMS)
    expect(some.get('c1')!.forecast!.probability).toBeCloseTo(0.05)
    expect(some.get('c1')!.tier).not.toBe('P0')
  })

  test('that takes another’s place judges whoever comes next, and none does where there is none', async () => {
    let inUse: Forecaster | null = modelOf('M-1', 30)
    const { scorer } = openCompany(() => inUse)
    const once = async (terms: Parameters<typeof scorer.assessSome>[2] = TERMS) =>
      (await scorer.assessSome(['c0', 'c1'], LATER, terms)).assessments.get('c0')!
    expect(await once()).toMatchObject({ model: 'M-1', forecast: { days: 60 } })
    inUse = modelOf('M-2', 10)
    expect(await once()).toMatchObject({ model: 'M-2', tier: 'P0' })
    expect((await once({ ...TERMS, rulesOnly: true })).forecast).toBeUndefined()
    inUse = null
    expect((await once()).forecast).toBeUndefined()
  })
})
