import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ground } from '../../src/learning/trees/ground.ts'
import { compiledKernel } from '../compile-kernel.ts'

test('the bytes shipped are what the source compiles to', async () => {
  const folder = new URL('../../src/learning/trees/', import.meta.url)
  const flags = ['--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads']
  const sources = { folder, names: ['kernel', 'score'], flags, test: 'test/learning/kernel.test.ts' }
  const compiled = await compiledKernel(sources)
  await expect(compiled).toMatchFileSnapshot('../../src/learning/trees/kernel-bytes.ts')
})

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  words: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer(),
})

test('sums by code are those of a plain loop, whichever words a thread has, and a sibling’s follow by subtraction', () => {
  fc.assert(
    fc.property(sizes, ({ rows, words, seed }) => {
      const ground = new Ground()
      const codes = ground.bytes(rows * words * 4)
      const order = ground.whole(rows)
      const packed = ground.doubles(rows)
      const [all, some] = [ground.doubles(words * 1024).fill(9), ground.doubles(words * 1024)]
      const next = numbers(seed)
      codes.forEach((_, at) => {
        codes[at] = next() % 256
      })
      order.forEach((_, at) => {
        order[at] = (at * 7) % rows
        packed[at] = (next() % 1000) * 2 ** 26 + (next() % 1000)
      })
      const addUp = (histogram: Float64Array, from: number, to: number, first: number, end: number) =>
        ground.kernel.addUp(
          histogram.byteOffset,
          codes.byteOffset,
          words,
          order.byteOffset,
          packed.byteOffset,
          from,
          to,
          first,
          end,
        )
      const plain = (from: number, to: number): Float64Array => {
        const sums = new Float64Array(words * 1024)
        for (const row of order.subarray(from, to))
          for (let column = 0; column < words * 4; column += 1)
            sums[column * 256 + codes[row * words * 4 + column]!]! += packed[row]!
        return sums
      }
      const middle = Math.floor(rows / 3)
      for (let word = 0; word < words; word += 1) addUp(all, 0, rows, word, word + 1)
      expect([...all]).toEqual([...plain(0, rows)])
      addUp(some, 0, middle, 0, words)
      ground.kernel.takeOff(all.byteOffset, some.byteOffset, words * 8192)
      expect([...all]).toEqual([...plain(middle, rows)])
      const columns = ground.whole(2)
      columns.set([3, 1])
      ground.kernel.addUpSome(
        some.byteOffset,
        codes.byteOffset,
        words * 4,
        order.byteOffset,
        packed.byteOffset,
        middle,
        rows,
        columns.byteOffset,
        2,
      )
      const whole = plain(middle, rows)
      expect([...some.subarray(0, 512)]).toEqual([...whole.subarray(768, 1024), ...whole.subarray(256, 512)])
    }),
    { numRuns: 20, seed: 1 },
  )
})

test('rows are parted in the order they had', () => {
  fc.assert(
    fc.property(sizes, ({ rows, seed }) => {
      const ground = new Ground()
      const [order, spare] = [ground.whole(rows + 1), ground.whole(rows + 1)]
      const [codes, goes] = [ground.bytes(rows), ground.bytes(256)]
      const next = numbers(seed)
      order.subarray(0, rows).forEach((_, at) => {
        order[at] = rows - 1 - at
        codes[at] = next() % 4
      })
      goes.set([0, 1, 1, 0])
      const held = [...order.subarray(1, rows)]
      const [left, right] = [1, 0].map((side) => held.filter((row) => goes[codes[row]!] === side))
      const middle = ground.kernel.part(
        order.byteOffset,
        spare.byteOffset,
        1,
        rows,
        codes.byteOffset,
        goes.byteOffset,
      )
      expect(middle).toBe(1 + left!.length)
      expect([...order.subarray(1, rows)]).toEqual([...left!, ...right!])
    }),
    { numRuns: 20, seed: 2 },
  )
})

test('gradients and hessians of the logistic loss are right to eight figures, and weighted', () => {
  const ground = new Ground()
  const scores = [-30, -3, -0.2, 0, 1e-9, 0.7, 4, 30]
  const rows = scores.length
  const [order, labels] = [ground.whole(rows), ground.bytes(rows)]
  const [raw, gradients, hessians, sums] = [rows, rows, rows, 2].map((length) => ground.doubles(length))
  scores.forEach((score, row) => {
    order[row] = row
    labels[row] = row % 2
    raw![row] = score
  })
  const [g, h] = [gradients!.byteOffset, hessians!.byteOffset]
  ground.kernel.derive(order.byteOffset, rows, raw!.byteOffset, labels.byteOffset, 3, g, h, sums!.byteOffset)
  scores.forEach((score, row) => {
    const probability = 1 / (1 + Math.exp(-score))
    const weight = row % 2 === 1 ? 3 : 1
    expect(gradients![row]).toBeCloseTo((probability - (row % 2)) * weight, 8)
    expect(hessians![row]).toBeCloseTo(probability * (1 - probability) * weight, 8)
  })
  const packed = ground.doubles(rows)
  const sum = ground.kernel.pack(order.byteOffset, rows, g, h, 2 ** 10, 2 ** 12, packed.byteOffset)
  expect(sum).toBe(packed.reduce((all, one) => all + one, 0))
  expect(packed[3]).toBe(Math.round(-0.5 * 3 * 2 ** 10) * 2 ** 26 + Math.round(0.25 * 3 * 2 ** 12))
})

test('about the asked share of the rows is drawn, each once, in order', () => {
  const ground = new Ground()
  const order = ground.whole(10_001)
  const state = ground.whole(1).fill(77)
  const draw = (share: number) =>
    ground.kernel.sample(order.byteOffset, 10_000, share * 2 ** 32, state.byteOffset)
  const count = draw(0.8)
  expect(Math.abs(count - 8_000)).toBeLessThan(150)
  const drawn = [...order.subarray(0, count)]
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
  expect([draw(1), draw(0)]).toEqual([10_000, 0])
})

/** Whole numbers that look like chance. */
function numbers(seed: number): () => number {
  let state = seed | 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state >>> 8
  }
}
