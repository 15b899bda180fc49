import { describe, expect, test } from 'vitest'
import { TIERS } from '../../src/risk/assessment.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { lastKept, mayBeNews } from '../../src/risk/last-kept.ts'
import type { Evidence } from '../../src/signals/signal.ts'
import { same } from '../../src/text.ts'
import { fired, judged } from '../alerts/cases.ts'
import { keptOf, tonightOf } from '../alerts/nights.ts'

const fall: Evidence = {
  kind: 'change',
  feature: 'visits_90',
  label: same('visits'),
  before: 6,
  after: 1,
  how: 'down',
  days: 90,
}
const factor = {
  feature: 'quiet_days',
  label: same('quiet'),
  share: 0.5,
  direction: 'raises',
  before: 30,
  after: 90,
  segmentMedian: 40,
} as const
const before = judged('P1', [{ ...fired('change'), evidence: [fall] }], {
  factors: [factor],
  stage: { name: 'looking', sentence: same('looks elsewhere') },
  segments: { rfm: 'core', lifecycle: 'old', layer: 'danger' },
})
const [reading] = before.readings

describe('a gist', () => {
  test('is the same while only numbers drift', () => {
    const drifted = {
      ...before,
      asOf: before.asOf + 86_400_000,
      score: 0.51,
      readings: [{ ...reading!, strength: 0.6, at: 5, evidence: [{ ...fall, before: 7, at: 9 }] }],
      factors: [{ ...factor, share: 0.4, after: 91 }],
      segments: { ...before.segments!, rfm: 'lost' },
      stage: { name: 'looking', sentence: same('looks elsewhere, for 3 days') },
    }
    expect(gistOf(drifted)).toEqual(gistOf(before))
    const { standing, factors } = gistOf(before)
    for (const digest of [standing, factors]) {
      expect(Number.isSafeInteger(digest)).toBe(true)
      expect(digest).toBeGreaterThan(2 ** 32)
    }
  })

  test.each([
    ['the tier', { tier: 'P2' }],
    ['the reason', { reason: 'two-signals' }],
    ['a signal that is strong now', { readings: [{ ...reading!, strong: true }] }],
    [
      'a signal that is held back',
      {
        readings: [
          reading!,
          { ...fired('rules'), fired: false, held: { reason: 'feed-unhealthy', kinds: [] } },
        ],
      },
    ],
    ['how something fell', { readings: [{ ...reading!, evidence: [{ ...fall, how: 'to-nothing' }] }] }],
    ['what fell', { readings: [{ ...reading!, evidence: [{ ...fall, feature: 'spend_90' }] }] }],
    ['the step on the way out', { stage: null }],
    ['the operating layer', { segments: { ...before.segments!, layer: 'lost' } }],
  ] as const)('differs with %s', (_, more) => {
    expect(gistOf({ ...before, ...more }).standing).not.toBe(gistOf(before).standing)
    expect(gistOf({ ...before, ...more }).factors).toBe(gistOf(before).factors)
  })

  test('tells the factors, whatever their order', () => {
    const other = { ...factor, feature: 'visits_90' }
    const both = gistOf({ ...before, factors: [factor, other] })
    expect(gistOf({ ...before, factors: [other, factor] })).toEqual(both)
    expect(both.factors).not.toBe(gistOf(before).factors)
    expect(gistOf({ ...before, factors: [{ ...factor, direction: 'lowers' }] })).not.toEqual(gistOf(before))
  })
})

describe('what a model explains is looked at again', () => {
  const written = judged('P1', [fired('model')], { score: 0.7, model: 'M-3' })
  const ask = async (score: number, model = 'M-3') => {
    const tonight = tonightOf([{ ...written, score }])
    const gistAt = (index: number) => ({ ...tonight.gistAt(index), factors: Number.NaN })
    return mayBeNews(await keptOf([written], ['c-1'], model), 0, { ...tonight, gistAt })
  }

  test('once the probability has moved, or another model judges', async () => {
    expect(await ask(0.7)).toBe(false)
    expect(await ask(0.74)).toBe(false)
    expect(await ask(0.64)).toBe(true)
    expect(await ask(0.7, 'M-4')).toBe(true)
  })
})

test('what was written before gists were kept differs once; strangers are left out', async () => {
  const written = judged('watch')
  const tonight = tonightOf([written])
  async function* pages() {
    yield {
      customers: ['gone', 'c-1', 'c-1'],
      asOf: [2, 2, 1],
      tiers: ['P0', 'watch', 'P1'] as const,
      scores: [0.9, 0.5, 0.7],
      models: ['rules', 'rules', 'rules'],
      standings: [null, null, null],
      factors: [null, null, null],
    }
  }
  const indexOf = (customer: string) => (customer === 'c-1' ? 0 : undefined)
  const last = await lastKept(pages(), { size: 1, model: 'rules', indexOf }, () => null)
  expect([last.tiers[0], last.scores[0]]).toEqual([TIERS.indexOf('watch'), 0.5])
  expect(mayBeNews(last, 0, tonight)).toBe(true)
  expect(mayBeNews(await keptOf([written], ['c-1']), 0, tonight)).toBe(false)
})
