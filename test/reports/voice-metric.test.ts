import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  METRICS,
  metricFigures,
  NO_VOICES,
  type Targets,
  type VoiceSums,
} from '../../src/reports/voice-metric.ts'

const targets: Targets = {
  ...{ nps: 30, csat: 0.8, ces: 7, rating: 8 },
  ...{ sentiment: 0.2, negative: 0.25, retention: 0.85, churn: 0.15 },
}
const sums = (more: Partial<VoiceSums>): VoiceSums => ({ ...NO_VOICES, ...more })
const nobody = { voices: NO_VOICES, kept: null }
const figures = (now: Partial<VoiceSums>, before: Partial<VoiceSums> = {}, days = 365) =>
  new Map(
    metricFigures({
      now: { voices: sums(now), kept: { customers: 100, left: 20 } },
      before: { voices: sums(before), kept: null },
      usual: nobody,
      targets,
      days,
    }).map((figure) => [figure.metric.name, figure]),
  )

test('NPS is promoters less detractors, in points', () => {
  const nps = figures({ npsOf: 100, promoters: 50, detractors: 20 }).get('nps')!
  expect(nps.estimate!.value).toBeCloseTo(30, 9)
  expect(nps.standing).toBe('open')
  expect(figures({ npsOf: 1_000, promoters: 700, detractors: 20 }).get('nps')!.standing).toBe('reached')
  expect(figures({ npsOf: 1_000, promoters: 200, detractors: 500 }).get('nps')!.standing).toBe('missed')
})

test('fewer than ten make no figure, and say how many they are', () => {
  const csat = figures({ csatOf: 9, satisfied: 9 }).get('csat')!
  expect([csat.estimate, csat.of, csat.standing]).toEqual([null, 9, 'open'])
  expect(figures({}).get('csat')!.of).toBe(0)
})

test('a change needs enough on both sides', () => {
  const now = { read: 200, negative: 80, mood: -20, moodSquares: 60 }
  const before = { read: 200, negative: 20, mood: 40, moodSquares: 60 }
  expect(figures(now, before).get('negative')!.change).toMatchObject({
    by: expect.closeTo(0.3, 9),
    clear: true,
  })
  expect(figures(now, { ...before, read: 9, negative: 9 }).get('negative')!.change).toBeNull()
  expect(figures(now, before).get('sentiment')!.change!.clear).toBe(true)
})

test('the target for a year is brought to the length of the time', () => {
  expect(figures({}).get('retention')!.target).toBeCloseTo(0.85, 9)
  expect(figures({}, {}, 36.5).get('retention')!.target).toBeCloseTo(0.85 ** 0.1, 9)
  const { retention, churn } = Object.fromEntries(figures({}, {}, 90))
  expect(retention!.target + churn!.target).toBeCloseTo(1, 9)
  expect(retention!.estimate!.value + churn!.estimate!.value).toBeCloseTo(1, 9)
})

test('whatever the sums, NPS lies within -100 and 100 and every interval holds its estimate', () => {
  const counts = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300))
  fc.assert(
    fc.property(counts, ([a, b, c, left]) => {
      const of = a + b + c
      const voices = sums({
        ...{ npsOf: of, promoters: a, detractors: b, csatOf: of, satisfied: a, read: of, negative: b },
        ...{ mood: a - b, moodSquares: a + b, rated: of, rating: 10 * a, ratingSquares: 100 * a },
        ...{ cesOf: of, ces: 5 * b, cesSquares: 25 * b },
      })
      for (const metric of METRICS) {
        const found = metric.of({ voices, kept: { customers: of + left, left } })
        if (found === null) continue
        expect(found.low, metric.name).toBeLessThanOrEqual(found.value + 1e-12)
        expect(found.high, metric.name).toBeGreaterThanOrEqual(found.value - 1e-12)
        if (metric.unit === 'points')
          expect(Math.max(Math.abs(found.low), Math.abs(found.high))).toBeLessThanOrEqual(100)
      }
    }),
  )
})
