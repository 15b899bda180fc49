import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { slicesOf } from '../../src/learning/slices.ts'

const days = (slices: ReturnType<typeof slicesOf>) =>
  'reason' in slices
    ? slices.reason
    : { learn: slices.learn.map((at) => at / DAY), test: slices.test.map((at) => at / DAY) }

test('a long history: 18 months teach, 6 later ones test, and what was not known by then is left out', () => {
  const found = slicesOf(0, 1500 * DAY, 240, {})
  if ('reason' in found) throw new Error(found.reason)
  expect(found.test.at(-1)! / DAY).toBe(1500 - 240)
  expect((found.test.at(-1)! - found.test[0]!) / DAY).toBe(180)
  expect(found.learn.at(-1)! / DAY).toBe(found.test[0]! / DAY - 240)
})

test('a short one', () => {
  expect(days(slicesOf(0, 89 * DAY, 60, {}))).toBe('short-history')
  expect(days(slicesOf(0, 120 * DAY, 60, {}))).toBe('outcome-unknown')
  expect(days(slicesOf(0, 160 * DAY, 60, {}))).toEqual({ learn: [100], test: [] })
})

test('a single test date', () => {
  const found = slicesOf(0, 546 * DAY, 91, { testAt: 455 * DAY, learnDays: 183 })
  expect(days(found)).toEqual({ learn: [274, 304, 334, 364], test: [455] })
})

test('the reasons are said in both languages, with the day', () => {
  expect(slicesOf(0, 120 * DAY, 60, {})).toMatchObject({
    says: {
      zh: expect.stringContaining('最早 1970-05-31 起才能学习'),
      en: expect.stringContaining('learning can begin on 1970-05-31'),
    },
  })
})

test('nothing is learned before 90 days, nothing tested before its outcome, nothing taught that was not known', () => {
  const day = fc.integer({ min: 0, max: 2000 })
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      (now, delay, everyDays) => {
        const found = slicesOf(0, now * DAY, delay, { everyDays })
        if ('reason' in found) return
        const { learn, test: tested } = found
        expect(learn.length).toBeGreaterThan(0)
        expect(learn[0]! / DAY).toBeGreaterThanOrEqual(90)
        expect((tested.at(-1) ?? learn.at(-1)!) / DAY + delay).toBeLessThanOrEqual(now)
        if (tested.length > 0) expect(learn.at(-1)! / DAY + delay).toBeLessThanOrEqual(tested[0]! / DAY)
      },
    ),
  )
})
