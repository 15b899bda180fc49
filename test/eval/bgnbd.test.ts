import { expect, test } from 'vitest'
import { chanceOf } from '../../src/learning/chance.ts'
import { type Buyer, expectedPurchases, fitBgNbd, logGamma, nelderMead } from './bgnbd.ts'

test('the logarithm of the gamma function', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 10)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10)
})

test('Nelder-Mead finds the bottom of a bent valley', () => {
  const [x, y] = nelderMead(([a = 0, b = 0]) => (1 - a) ** 2 + 100 * (b - a * a) ** 2 + 1, [-1, 1])
  expect([x, y]).toEqual([expect.closeTo(1, 2), expect.closeTo(1, 2)])
})

test('expected purchases of the paper’s model on its own data (Fader, Hardie and Lee 2005)', () => {
  const paper = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  expect(expectedPurchases(paper, { repeats: 2, lastAt: 30.43, watched: 38.86 }, 39)).toBeCloseTo(1.226, 2)
})

test('more purchases come of those who bought often and lately', () => {
  const chance = chanceOf(7)
  const buyers = Array.from({ length: 300 }, (): Buyer => {
    const repeats = Math.floor(4 * chance() ** 2)
    return { repeats, lastAt: repeats === 0 ? 0 : Math.floor(30 * chance()) + 1, watched: 39 }
  })
  const model = fitBgNbd(buyers)
  const expected = (repeats: number, lastAt: number) =>
    expectedPurchases(model, { repeats, lastAt, watched: 39 }, 39)
  expect(expected(3, 38)).toBeGreaterThan(expected(3, 10))
  expect(expected(3, 38)).toBeGreaterThan(expected(1, 38))
})
