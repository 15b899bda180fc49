import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, openStream, pickWeighted, shuffled, whole } from '../../src/demo/random.ts'

const take = (count: number, draw: () => number) => Array.from({ length: count }, draw)

describe('streams', () => {
  it('gives the same numbers for the same name, others for another', () => {
    expect(take(20, openStream('a', 1))).toEqual(take(20, openStream('a', 1)))
    expect(take(20, openStream('a', 1))).not.toEqual(take(20, openStream('a', 2)))
    // The parts are kept apart: 1,23 is not 12,3.
    expect(take(5, openStream('a', 1, 23))).not.toEqual(take(5, openStream('a', 12, 3)))
  })

  it('is even over [0, 1), also over the first draws of many streams', () => {
    const tenths = new Array<number>(10).fill(0)
    for (let no = 0; no < 20_000; no += 1) tenths[Math.floor(openStream('even', no)() * 10)]! += 1
    for (const count of tenths) expect(count).toBeGreaterThan(1850)
    const mean = take(20_000, openStream('mean')).reduce((sum, value) => sum + value, 0) / 20_000
    expect(mean).toBeCloseTo(0.5, 2)
  })

  it('stays within what was asked for, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, low, span) => {
        const draw = openStream(seed)
        for (let turn = 0; turn < 20; turn += 1) {
          const day = whole(draw, low, low + span)
          expect(Number.isInteger(day) && day >= low && day <= low + span).toBe(true)
          const share = between(draw, low, low + span + 1)
          expect(share >= low && share < low + span + 1).toBe(true)
        }
      }),
    )
  })

  it('shuffles without losing anyone, and picks by weight', () => {
    expect([...shuffled(openStream('s'), 500)].sort((a, b) => a - b)).toEqual(Array.from(Array(500).keys()))
    const draw = openStream('weights')
    const picked = take(4000, draw).filter(
      () =>
        pickWeighted(draw, [
          ['rare', 1],
          ['often', 3],
        ]) === 'rare',
    )
    expect(picked.length / 4000).toBeCloseTo(0.25, 1)
  })
})
