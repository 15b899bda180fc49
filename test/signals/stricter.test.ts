import { describe, expect, it } from 'vitest'
import { stricterLimit, stricterRule } from '../../src/signals/stricter.ts'

const NAMES = ['visits', 'quiet', 'change', 'spend']
const cases = (...rows: readonly [wrong: boolean, numbers: Record<string, number>][]) =>
  rows.map(([wrong, numbers]) => ({ wrong, get: (name: string) => numbers[name] ?? Number.NaN }))

describe('a stricter rule', () => {
  it('is the smallest step that drops most of the wrong cases and none of the others', () => {
    const judged = cases(
      [true, { visits: 0, quiet: 62 }],
      [true, { visits: 0, quiet: 70 }],
      [true, { visits: 0, quiet: 90 }],
      [false, { visits: 0, quiet: 120 }],
      // Not one of its cases any more.
      [true, { visits: 0, quiet: 20 }],
    )
    expect(stricterRule('visits = 0 and quiet >= 60', NAMES, judged)).toEqual({
      of: 4,
      wrong: 3,
      step: { when: 'visits = 0 and quiet >= 75', dropped: 2 },
    })
  })

  it('is none where every step that helps would lose one that was right', () => {
    const judged = cases([true, { quiet: 90 }], [true, { quiet: 91 }], [false, { quiet: 61 }])
    expect(stricterRule('quiet >= 60', NAMES, judged)).toEqual({ of: 3, wrong: 2, step: null })
    // What stands behind = or in a sum is no limit.
    expect(stricterRule('visits = 0 and quiet + 3 > visits', NAMES, judged).step).toBeNull()
  })

  it('moves shares, amounts and numbers below zero', () => {
    const change = cases([true, { change: -0.52 }], [true, { change: -0.51 }], [false, { change: -0.9 }])
    expect(stricterRule('change <= -0.5', NAMES, change).step).toEqual({
      when: 'change <= -0.525',
      dropped: 2,
    })
    const spend = cases([true, { spend: 101_000 }], [true, { spend: 104_000 }])
    expect(stricterRule('(100000 < spend)', NAMES, spend).step).toEqual({
      when: '(105000 < spend)',
      dropped: 2,
    })
  })

  it('of a limit likewise', () => {
    const ages = [2, 9, 11].map((number) => ({ wrong: number > 5, number }))
    expect(stricterLimit(ages, [13, 10, 8, 5, 1], (age, days) => age <= days)).toEqual({
      limit: 8,
      dropped: 2,
    })
  })
})
