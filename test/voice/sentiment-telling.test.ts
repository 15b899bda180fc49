import { expect, test } from 'vitest'
import { ofBothKinds, type Rows } from '../../src/voice/sentiment-rows.ts'
import { tellingOf } from '../../src/voice/sentiment-telling.ts'

/** Rows of the given features each; a domain and the side they stand on. */
function rowsFrom(told: readonly (readonly [domain: string, side: 1 | -1, ...features: number[]])[]) {
  const starts = [0]
  for (const [, , ...features] of told) starts.push(starts.at(-1)! + features.length)
  const rows = {
    starts: Uint32Array.from(starts),
    features: Uint32Array.from(told.flatMap(([, , ...features]) => features)),
    buckets: Uint32Array.from({ length: 10 }, (_, at) => at),
    domains: told.map(([domain]) => domain),
  }
  return { rows: rows as Pick<Rows, 'starts' | 'features' | 'buckets' | 'domains'> as Rows, told }
}

function tellingIn(told: Parameters<typeof rowsFrom>[0]): Float64Array {
  const { rows } = rowsFrom(told)
  const all = told.map((_, at) => at)
  const sides = Int8Array.from(told, ([, side]) => side)
  return tellingOf(rows, all, sides, new Float64Array(told.length).fill(1))
}

const [TURNS, PLACE, ONCE] = [7, 8, 9]

test('a word that turns texts within its domain says more than the name of a domain that leans', () => {
  const telling = tellingIn([
    ...Array.from({ length: 8 }, () => ['inn', 1, PLACE, TURNS] as const),
    ...Array.from({ length: 2 }, () => ['inn', -1, PLACE] as const),
    ...Array.from({ length: 2 }, () => ['shop', 1, TURNS] as const),
    ...Array.from({ length: 8 }, () => ['shop', -1, 3] as const),
  ])
  expect(telling[PLACE]).toBeGreaterThan(0)
  expect(telling[TURNS]).toBeGreaterThan(2 * telling[PLACE]!)
})

test('a domain of one kind is counted overall only; what one row has says nothing', () => {
  const inn = [
    ['inn', 1, TURNS],
    ['inn', -1, PLACE],
  ] as const
  const blame = Array.from({ length: 6 }, () => ['blame', -1, 3] as const)
  const telling = tellingIn([...inn, ...inn, ...blame, ['inn', -1, ONCE]])
  expect(telling[3]).toBeCloseTo(Math.log(7), 3)
  // Two against none, one counted beforehand on each side: overall, and again beside half of each that the inn would give.
  expect(telling[PLACE]).toBeGreaterThan(Math.log(3))
  expect(telling[ONCE]).toBe(0)
})

test('domains that have such rows and others are told from those that do not', () => {
  const { rows, told } = rowsFrom([
    ['inn', 1, 1],
    ['blame', -1, 1],
    ['inn', -1, 1],
    ['praise', 1, 1],
  ])
  const isSuch = (row: number) => told[row]![1] === 1
  expect(ofBothKinds(rows, [0, 1, 2, 3], isSuch)).toEqual([0, 2])
  expect(ofBothKinds(rows, [0, 1, 3], isSuch)).toEqual([])
})
