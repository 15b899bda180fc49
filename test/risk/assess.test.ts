import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assess } from '../../src/risk/assess.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { whatChanged } from '../../src/risk/changed.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, DAY, every, type Life, lexicon, mood, NOW, profile } from '../signals/customer.ts'

const env = {
  signals: coldStartSignals(profile, lexicon, 'UTC', 14, { mood }),
  profile,
  highValueFrom: 1_000_000,
  median: (feature: string) => (feature === 'visits_90' ? 1 : Number.NaN),
  horizon: NOW,
}

function judge(life: Life): Assessment {
  return assess(customerWith(life), env)
}

const steady = { visit: every(60, 400, 40) }
const faded = { visit: [95, 150, 250, 400], competitor_seen: [12] }

describe('one customer judged', () => {
  test.each<[string, Life, object]>([
    [
      'angry and of high value',
      { events: steady, says: [[1, '态度恶劣，我要退款']], facts: { valueTier: 'high' } },
      { tier: 'P0', reason: 'strong-word-high-value', highValue: true, cause: 'service', signals: ['words'] },
    ],
    [
      'angry',
      { events: steady, says: [[1, '我要退款']] },
      { tier: 'P1', reason: 'strong-word', highValue: false },
    ],
    ['high by LTV', { events: steady, says: [[1, '退订']], facts: { ltvMinor: 2_000_000 } }, { tier: 'P0' }],
    [
      'a fan of high value let down, and fewer logins',
      {
        events: { ...steady, login: every(1, 59, 31) },
        says: [
          [90, '很满意'],
          [60, '非常好'],
          [40, '不错'],
          [2, '这次真的很失望'],
        ],
        facts: { valueTier: 'high' },
      },
      { tier: 'P0', reason: 'emotion-and-signal-high-value', signals: ['emotion', 'change'] },
    ],
    ['two rules', { events: faded }, { tier: 'P1', reason: 'two-rules', cause: 'competitor' }],
    ['steady', { events: steady }, { tier: 'routine', reason: 'quiet', signals: [] }],
    ['polite closing', { events: steady, says: [[1, '好的，谢谢，再见']] }, { tier: 'routine' }],
    [
      'how-to',
      { events: steady, says: [[1, '怎么取消预约提醒']], facts: { valueTier: 'high' } },
      { tier: 'routine' },
    ],
    [
      'a year between two services, and of high value',
      { events: { visit: [300] }, says: [[1, '我要退款']], facts: { valueTier: 'high' } },
      { tier: 'P0', reason: 'strong-word-high-value' },
    ],
    [
      'the same weeks ago',
      { events: { visit: [300] }, says: [[20, '我要退款']], facts: { valueTier: 'high' } },
      { tier: 'routine', reason: 'already-gone' },
    ],
    [
      'gone, and said so',
      { events: { visit: [300], cancelled: [200] }, says: [[1, '我要退款']] },
      { tier: 'routine', reason: 'already-gone' },
    ],
    ['nobody', { others: false }, { tier: 'routine', reason: 'no-history', score: 0 }],
  ])('%s', (_, life, expected) => {
    expect(judge(life)).toMatchObject({
      ...expected,
      model: 'rules',
      profile: `auto@${profile.version}`,
      horizon: NOW,
      asOf: NOW,
    })
  })
})

test('a value that nobody declares is estimated, and kept as an estimate', () => {
  const events = { ...faded, visit: faded.visit.map((ago) => [ago, { amount: 40_000 }] as const) }
  expect(judge({ events }).ltvEstimateMinor).toBe(160_000)
  expect(judge({ events: faded })).not.toHaveProperty('ltvEstimateMinor')
  expect(judge({ events, facts: { ltvMinor: 5 } })).not.toHaveProperty('ltvEstimateMinor')
})

test('an assessment is plain data: written and read back it is the same', () => {
  const assessment = judge({ events: faded, says: [[1, '隔壁家便宜']] })
  expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment)
  expect(structuredClone(assessment)).toEqual(assessment)
})

test('factors name what the score is made of, with the numbers and the median', () => {
  const { factors } = judge({
    events: { visit: [100, 120, 140, 160], login: every(1, 20, 1) },
    says: [[1, '我要退款']],
  })
  expect(factors[0]).toMatchObject({
    feature: 'words:strong-churn',
    direction: 'raises',
    segmentMedian: null,
  })
  expect(factors[0]!.label).toEqual({ zh: '流失词：“退款”', en: 'churn words: “退款”' })
  expect(factors.find(({ feature }) => feature === 'visits_90')).toMatchObject({
    before: 4,
    after: 0,
    direction: 'raises',
    segmentMedian: 1,
  })
  expect(factors.find(({ feature }) => feature === 'logins_30')).toMatchObject({
    direction: 'lowers',
    after: 20,
  })
})

test.each([
  ['one visit', [60], { before: null, after: 60 }, 'days without workshop visits'],
  ['two', [60, 90], { before: null, after: 60 }, 'days without workshop visits'],
  ['three', [60, 90, 120], { before: 75, after: 60 }, 'days between workshop visits'],
])(
  'an interval between visits is told as the customer’s own only where they have one: %s',
  (_, visit, numbers, en) => {
    const quiet = judge({ events: { visit } }).factors.find(({ feature }) => feature === 'quiet_days')
    expect(quiet).toMatchObject({ ...numbers, label: { en } })
  },
)

test('a mood that broke is a factor, told on the scale of ratings', () => {
  const { factors } = judge({
    events: steady,
    says: [
      [90, '很满意'],
      [60, '非常好'],
      [40, '不错'],
      [2, '这次真的很失望'],
    ],
  })
  expect(factors[0]).toMatchObject({ feature: 'emotion:mood', direction: 'raises', segmentMedian: null })
  expect(factors[0]!.before).toBeGreaterThan(6)
  expect(factors[0]!.after).toBeLessThan(4)
})

const days = (max: number) => fc.array(fc.integer({ min: 0, max }), { maxLength: 12 })
const anyLife: fc.Arbitrary<Life> = fc
  .record({
    visit: days(500),
    login: days(250),
    competitor_seen: days(60),
    complaint: days(200),
    ratings: fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 10 })), {
      maxLength: 9,
    }),
    says: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 200 }),
        fc.oneof(fc.string(), fc.constantFrom('我要退款', '隔壁家', '很满意', '失望')),
      ),
      {
        maxLength: 4,
      },
    ),
    others: fc.boolean(),
  })
  .map(({ ratings, says, others, ...events }) => ({
    events: { ...events, voice: ratings.map(([ago, rating]) => [ago, { rating }] as const) },
    says,
    others,
  }))

test('for any history: scores in 0..1, at most five factors whose shares sum to at most 1, nothing dated after now', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const { score, priority, factors, readings, tier } = judge(life)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
      expect(Number.isFinite(priority)).toBe(true)
      expect(factors.length).toBeLessThanOrEqual(5)
      expect(new Set(factors.map(({ feature }) => feature)).size).toBe(factors.length)
      expect(factors.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9)
      for (const { share } of factors) expect(share).toBeGreaterThanOrEqual(0)
      for (const { at, strength, fired, strong } of readings) {
        expect(at).toBeLessThanOrEqual(NOW)
        expect(strength).toBeGreaterThanOrEqual(0)
        expect(strength).toBeLessThanOrEqual(1)
        expect(fired || !strong).toBe(true)
      }
      expect(tier).toBeDefined()
    }),
    { numRuns: 200 },
  )
})

describe('what is worth a new row', () => {
  test('the first assessment, a tier, a reason, a signal, a factor', () => {
    const before = judge({ events: faded })
    expect(whatChanged(null, before)).toBe('tier')
    expect(whatChanged(before, judge({ events: steady }))).toBe('tier')
    expect(whatChanged(before, judge({ events: faded, says: [[1, '我要退款']] }))).toBe('reason')
    expect(whatChanged(before, judge({ events: faded, says: [[1, '隔壁家便宜']] }))).toBe('signals')
    expect(whatChanged(before, { ...before, factors: before.factors.slice(1) })).toBe('factors')
  })

  test('the same words of another day are another quote', () => {
    const say = (day: number) => judge({ events: steady, says: [[day, '隔壁家便宜']] })
    expect(whatChanged(say(3), say(2))).toBe('signals')
  })

  test('a step on the way out and an operating layer, once they are known', () => {
    const before = judge({ events: faded })
    expect(before.stage).toMatchObject({
      name: 'looking-around',
      sentence: { zh: '近 30 天接触竞品 1 次。' },
    })
    expect(judge({ events: steady }).stage).toBeNull()
    expect(whatChanged(before, { ...before, stage: null })).toBe('stage')
    const { stage: _, ...older } = before
    expect(whatChanged(older, before)).toBeNull()
    const layered = (layer: string, rfm: string) => ({ ...before, segments: { layer, rfm, lifecycle: null } })
    expect(whatChanged(layered('core', 'lost'), layered('sleeping', 'lost'))).toBe('layer')
    expect(whatChanged(layered('core', 'lost'), layered('core', 'important-keep'))).toBeNull()
    expect(whatChanged(before, layered('core', 'lost'))).toBeNull()
  })

  test('who has left is on no way out, and only alerts keep their newest beats', () => {
    expect(judge({ events: { visit: [300], competitor_seen: [5] } }).stage).toBeNull()
    const { beats } = judge({ events: faded })
    expect(beats).toEqual({ event: 'visit', at: [400, 250, 150, 95].map((ago) => NOW - ago * DAY) })
    expect(judge({ events: steady }).beats).toBeUndefined()
  })

  test('numbers that drift by a day are no change', () => {
    const life: Life = { events: faded, says: [[1, '隔壁家便宜']] }
    const today = judge(life)
    const tomorrow = judge({ ...life, asOf: NOW + DAY })
    expect(tomorrow.score).not.toBe(today.score)
    expect(whatChanged(today, tomorrow)).toBeNull()
    expect(whatChanged(today, today)).toBeNull()
  })
})
