import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coldStartScore, quietness, scoreParts } from '../../src/risk/score.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, every, type Life, lexicon, profile } from '../signals/customer.ts'
import { anyReading, readingOf } from './readings.ts'

const signals = coldStartSignals(profile, lexicon)

function scoreOf(life: Life): number {
  const history = customerWith(life)
  const readings = signals.flatMap((signal) => signal.read(history) ?? [])
  return coldStartScore(readings, history, profile.rhythm.kind)
}

test('customers without any signal are graded by silence against their own rhythm, and by frequency', () => {
  const recent = scoreOf({ events: { visit: every(100, 510, 10) } })
  const longer = scoreOf({ events: { visit: every(100, 590, 90) } })
  const rare = scoreOf({ events: { visit: [90] } })
  const rareLong = scoreOf({ events: { visit: [170] } })
  expect(recent).toBeLessThan(longer)
  expect(longer).toBeLessThan(rare)
  expect(rare).toBeLessThan(rareLong)
})

test('what is said and done adds to it', () => {
  const events = { visit: every(100, 510, 10) }
  const calm = scoreOf({ events, says: [[1, '很好']] })
  const competitor = scoreOf({ events, says: [[1, '隔壁家便宜']] })
  const strong = scoreOf({ events, says: [[1, '我要退款']] })
  expect(calm).toBeLessThan(competitor)
  expect(competitor).toBeLessThan(strong)
  expect(scoreOf({ events: { ...events, competitor_seen: [3] } })).toBeGreaterThan(calm)
})

test('signals that see the same silence again do not add to it', () => {
  const history = customerWith({ events: { visit: [170] } })
  const quiet = coldStartScore([], history, 'visit')
  const same = readingOf('change', { strength: 0.5, basis: ['visit'] })
  expect(coldStartScore([same], history, 'visit')).toBe(quiet)
  expect(coldStartScore([{ ...same, basis: ['login'] }], history, 'visit')).toBeGreaterThan(quiet)
})

test('a customer of whom nothing is known scores 0', () => {
  const nobody = customerWith({ others: false })
  expect(quietness(nobody)).toBeNull()
  expect(coldStartScore([], nobody)).toBe(0)
})

test('always within 0 and 1, and no reading lowers it', () => {
  const history = customerWith({ events: { visit: [40, 100] } })
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 6 }), anyReading, (readings, more) => {
      const score = coldStartScore(readings, history, 'visit')
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
      expect(coldStartScore([...readings, more], history, 'visit')).toBeGreaterThanOrEqual(score - 1e-12)
      for (const { risk } of scoreParts(readings, history, 'visit')) expect(risk).toBeLessThanOrEqual(1)
    }),
  )
})
