import { describe, expect, test } from 'vitest'
import { assess } from '../../src/risk/assess.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { type Mute, mutesOf } from '../../src/risk/mute.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, DAY, every, type Life, lexicon, mood, NOW, profile } from '../signals/customer.ts'

const signals = coldStartSignals(profile, lexicon, 'UTC', 14, { mood })
const env = {
  signals,
  profile,
  highValueFrom: Number.POSITIVE_INFINITY,
  median: () => Number.NaN,
  horizon: NOW,
}

function judge(life: Life, mutes: readonly Mute[] = []): Assessment {
  return assess(customerWith(life), { ...env, mutes })
}

/** The same customer some days later, after "not a risk" was said of how they stood at NOW. */
function later(life: Life, days: number, more: Life = {}): Assessment {
  const merged = { ...life, ...more, asOf: NOW + days * DAY }
  return judge(merged, mutesOf(judge(life)))
}

const steady = { visit: every(60, 400, 40), login: every(3, 300, 1) }

describe('"not a risk" mutes what was judged until it changes', () => {
  test('the same sentence no longer counts, a newer one does', () => {
    const life: Life = { events: steady, says: [[3, '我要退款']] }
    expect(judge(life).tier).toBe('P1')
    const muted = later(life, 1)
    expect(muted).toMatchObject({ tier: 'routine', reason: 'quiet', signals: [] })
    const words = muted.readings.find(({ signal }) => signal === 'words')!
    expect(words).toMatchObject({ fired: false, strong: false, strength: 0, evidence: [] })
    expect(words.muted).toHaveLength(1)
    const again = later(life, 2, {
      says: [
        [3, '我要退款'],
        [-1, '还是要退款'],
      ],
    })
    expect(again).toMatchObject({ tier: 'P1', reason: 'strong-word' })
  })

  test('another class of words is another matter', () => {
    const life: Life = { events: steady, says: [[3, '隔壁家便宜']] }
    const more = later(life, 2, {
      says: [
        [3, '隔壁家便宜'],
        [-1, '我要退款'],
      ],
    })
    expect(more.tier).toBe('P1')
    expect(more.readings.find(({ signal }) => signal === 'words')!.evidence).toHaveLength(1)
  })

  test('a rule that was judged stays quiet, a competitor seen once more does not', () => {
    const life: Life = { events: { ...steady, competitor_seen: [12] } }
    expect(judge(life).signals).toContain('rules')
    expect(later(life, 3).signals).not.toContain('rules')
    expect(later(life, 3, { events: { ...steady, competitor_seen: [12, -2] } }).signals).toContain('rules')
  })

  test('of two rules only the judged one is out of it', () => {
    const seen: Life = { events: { ...steady, competitor_seen: [12] } }
    const both: Life = {
      events: {
        ...steady,
        competitor_seen: [12],
        voice: [
          [50, { rating: 9 }],
          [40, { rating: 9 }],
          [-1, { rating: 3 }],
        ],
      },
    }
    const rules = judge({ ...both, asOf: NOW + 2 * DAY }, mutesOf(judge(seen))).readings.find(
      ({ signal }) => signal === 'rules',
    )!
    expect(rules).toMatchObject({ fired: true, strong: false, basis: ['voice'] })
    expect(rules.muted).toHaveLength(1)
  })

  test('a fall that goes on falling, or recovers and comes back, is new', () => {
    const fell: Life = { events: { ...steady, login: [...every(1, 59, 31), ...every(4, 28, 1)] } }
    const change = ({ readings }: Assessment) => readings.find(({ signal }) => signal === 'change')!
    expect(change(judge(fell)).fired).toBe(true)
    expect(change(later(fell, 1)).fired).toBe(false)
    const mutes = mutesOf(judge(fell)).map((mute) => ({ ...mute, level: mute.level! - 0.3 }))
    expect(change(judge(fell, mutes)).fired).toBe(true)
    const before = mutesOf(judge(fell)).map((mute) => ({ ...mute, at: NOW - 60 * DAY }))
    expect(change(judge(fell, before)).fired).toBe(true)
  })

  test('a silence judged to be no risk does not rank the customer either, until it is half as long again', () => {
    const quiet: Life = { events: { visit: every(30, 430, 100), login: every(3, 300, 1) } }
    const judged = judge(quiet)
    expect(judged.signals).toContain('change')
    const soon = later(quiet, 5, { events: { ...quiet.events, login: every(3, 300, -4) } })
    expect(soon.signals).not.toContain('change')
    expect(soon.score).toBeLessThan(judged.score)
    expect(later(quiet, 60, { events: { ...quiet.events, login: every(3, 300, -58) } }).signals).toContain(
      'change',
    )
  })

  test('a mute says what it was about', () => {
    const life: Life = { events: { ...steady, competitor_seen: [12] }, says: [[3, '我要退款']] }
    expect(mutesOf(judge(life))).toEqual([
      { signal: 'words', piece: 'strong-churn', level: null, at: NOW },
      { signal: 'rules', piece: 'competitor-seen', level: null, at: NOW },
    ])
  })
})
