import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { fateOf, knownFrom, type Outcome, silentFor } from '../../src/learning/leaving.ts'
import { smallProfile } from '../features/small-profile.ts'

const profile = smallProfile({
  churn: { inactiveDays: 100, kinds: ['visit'] },
  aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }],
})
const outcome = (label: Outcome['label'], gapDays = 0): Outcome => ({ label, horizonDays: 60, gapDays })
const steps = (active: number[], cancelled: number[] = []) => ({
  active: Float64Array.from(active, (day) => day * DAY),
  cancelled: Float64Array.from(cancelled, (day) => day * DAY),
})

/** As of day 1000. */
function fate(active: number[], cancelled: number[] = [], how = outcome('last-activity'), keepGone = false) {
  return fateOf(steps(active, cancelled), 1000 * DAY, how, profile, keepGone)
}

describe('the last activity', () => {
  test.each([
    ['comes back again and again', [950, 1010, 1100, 1190], 'stayed'],
    ['last seen within the horizon', [950, 1010, 1050], 'left'],
    ['last seen after it', [950, 1010, 1060], 'stayed'],
    ['silent for good already, but not long enough to be called gone', [950], 'left'],
    ['back after the limit: gone in between', [950, 1050, 1150], 'left'],
    ['back just before the limit', [950, 1049, 1148], 'stayed'],
    ['gone before', [900], 'gone'],
    ['active only later', [1001], 'never-active'],
  ] as const)('%s', (_, active, wanted) => {
    expect(fate([...active])).toBe(wanted)
  })

  test('leaving within the gap is no case: there was no time to act', () => {
    expect(fate([950, 1005], [], outcome('last-activity', 10))).toBe('left-in-gap')
    expect(fate([950, 1015], [], outcome('last-activity', 10))).toBe('left')
  })
})

test('silence as of a date is counted from the last activity before it', () => {
  expect(silentFor(steps([900, 950, 1010]), 1000 * DAY)).toBe(50)
  expect(silentFor(steps([1010]), 1000 * DAY)).toBeNaN()
})

test('no activity: whether anything happens in the window, which the gap pushes back', () => {
  expect(fate([950, 1059], [], outcome('no-activity'))).toBe('stayed')
  expect(fate([950, 1060], [], outcome('no-activity'))).toBe('left')
  expect(fate([950, 1005], [], outcome('no-activity', 10))).toBe('left')
  expect(fate([950, 1069], [], outcome('no-activity', 10))).toBe('stayed')
})

test('cancelling is leaving, unless taken back', () => {
  expect(fate([950, 1010], [1020])).toBe('left')
  expect(fate([950, 1010, 1030, 1100, 1190], [1020])).toBe('stayed')
  expect(fate([950], [960])).toBe('gone')
})

test('those gone already can be asked about as well', () => {
  expect(fate([850, 1010], [], outcome('no-activity'), true)).toBe('stayed')
  expect(fate([850], [], outcome('no-activity'), true)).toBe('left')
})

test('an outcome is known after gap and horizon, and where silence must tell, after the inactive days', () => {
  expect(knownFrom(0, outcome('no-activity', 5), profile) / DAY).toBe(65)
  expect(knownFrom(0, outcome('last-activity', 5), profile) / DAY).toBe(165)
})
