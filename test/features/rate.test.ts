import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { featuresOf } from '../../src/features/kernel.ts'
import { rateNamed, rateOf } from '../../src/features/rate.ts'
import { rateFeatures } from '../../src/features/rate-features.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { AS_OF, DAY, factsOf } from '../timeline/random-rows.ts'
import { smallProfile } from './small-profile.ts'

const profile = smallProfile({
  aggregates: [
    { name: 'visits_30', fn: 'count', kind: 'visit', from: 30 },
    { name: 'visits_before_30', fn: 'count', kind: 'visit', from: 60, to: 30 },
    { name: 'logins', fn: 'count', kind: 'login' },
  ],
  finalisers: [
    { name: 'visits_change', expr: 'change(visits_30, visits_before_30)' },
    { name: 'logins_change', expr: 'change(logins, visits_30)' },
    { name: 'is_falling', expr: 'change(visits_30, visits_before_30) < 0' },
  ],
})

describe('a rate', () => {
  test.each([
    ['all of it stopped', 0, 4, -1, { how: 'to-nothing' }],
    ['half of it', 2, 4, -0.5, { how: 'moved', by: -0.5 }],
    ['nothing changed', 4, 4, 0, { how: 'unchanged' }],
    ['nothing then, nothing now', 0, 0, 0, { how: 'unchanged' }],
    ['twice as much', 4, 2, 0.5, { how: 'moved', by: 1 }],
    ['something where nothing was', 3, 0, 1, { how: 'from-nothing' }],
    ['a debt that halved', -50, -100, 0.5, { how: 'moved', by: 1 }],
    ['a debt where money was', -50, 100, -1, { how: 'to-nothing' }],
  ])('%s', (_, now, before, wanted, named) => {
    expect(rateOf(now, before)).toBe(wanted)
    expect(rateNamed(wanted)).toEqual(named)
  })

  test('is unknown where either is, and otherwise a number from -1 to 1 that turns around with time', () => {
    expect([rateOf(Number.NaN, 1), rateOf(1, Number.NaN), rateOf(0, Number.NaN)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect(rateNamed(Number.NaN)).toBeNull()
    const amount = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(amount, amount, (now, before) => {
        const rate = rateOf(now, before)
        expect(Math.abs(rate)).toBeLessThanOrEqual(1)
        expect(rate + 0).toBe(0 - rateOf(before, now))
        const named = rateNamed(rate)!
        if (named.how === 'moved') expect(Number.isFinite(named.by)).toBe(true)
      }),
    )
  })
})

test('the kernel gives each zero its value, and what is not measured none', () => {
  const list = featureList(profile)
  const visits = (...daysBefore: number[]) =>
    daysBefore.map((days) => ({ customer: 'ada', kind: 'visit', at: AS_OF - days * DAY, id: `${days}` }))
  const other = { customer: 'bo', kind: 'visit', at: AS_OF - 400 * DAY, id: 'other' }
  const read = (name: string, ...daysBefore: number[]) => {
    const columns = buildTimeline([factsOf('ada', 1), factsOf('bo', 2)], [...visits(...daysBefore), other])
    return featuresOf(list, columns, 0, AS_OF)[list.index.get(name)!]!
  }
  expect([read('visits_change'), read('visits_change', 10), read('visits_change', 40)]).toEqual([0, 1, -1])
  expect(read('visits_change', 10, 20, 40)).toBe(0.5)
  expect(read('logins_change', 10)).toBeNaN()
})

test('the rates of a profile are those finalisers that are nothing else', () => {
  expect([...rateFeatures(profile)]).toEqual(['visits_change', 'logins_change'])
})
