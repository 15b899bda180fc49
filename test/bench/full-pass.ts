import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Columns } from '../../src/features/columns.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { computeFeaturesAt } from '../../src/features/kernel.ts'
import { rfmOf } from '../../src/features/rfm.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { MEASURED, RFM } from './feature-profile.ts'

export const LIST: FeatureList = featureList(MEASURED)

/** The features of a full pass, in the order of a row of `allCells`. */
export const NAMES: readonly string[] = [...LIST.names, 'r', 'f', 'm']

const plan = loadSegmentPlan(
  readFileSync(join(PACKAGE_ROOT, 'models/segments.yaml'), 'utf8'),
  'segments.yaml',
)

/** Everyone's features and fifths as of each instant. */
export interface Pass {
  readonly values: Float64Array
  readonly fifths: readonly Uint8Array[]
}

export function fullPasses(columns: Columns, asOfs: readonly number[], memory?: Float64Array): Pass[] {
  return computeFeaturesAt(LIST, columns, asOfs, memory).map(({ values }) => ({
    values,
    fifths: fifthsOf(values),
  }))
}

const FIFTHS = (['recency', 'frequency', 'monetary'] as const).map((name) => LIST.index.get(RFM[name])!)

/** The fifths of RFM, over rows of the list's width. */
export function fifthsOf(values: Float64Array): readonly Uint8Array[] {
  const width = LIST.names.length
  const size = values.length / width
  const [recency, frequency, monetary] = FIFTHS.map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const [quiet, visits, spend] = FIFTHS as [number, number, number]
  // Row by row: the three lie side by side.
  for (let row = 0, base = 0; row < size; row += 1, base += width) {
    recency[row] = values[base + quiet]!
    frequency[row] = values[base + visits]!
    monetary[row] = values[base + spend]!
  }
  const { r, f, m } = rfmOf({ recency, frequency, monetary }, plan.rfm)
  return [r, f, m]
}

/** Rows of all features, the fifths last. */
export function allCells({ values, fifths }: Pass): Float64Array {
  const [own, width] = [LIST.names.length, NAMES.length]
  const size = values.length / own
  const cells = new Float64Array(size * width)
  for (let row = 0; row < size; row += 1) {
    cells.set(values.subarray(row * own, (row + 1) * own), row * width)
    fifths.forEach((fifth, index) => {
      cells[row * width + own + index] = fifth[row]!
    })
  }
  return cells
}

/** How many cells differ by more than the last bits; both unknown is the same. */
export function mismatches(one: Float64Array, other: Float64Array): number {
  if (one.length !== other.length) return Math.max(one.length, other.length)
  let count = 0
  for (let cell = 0; cell < one.length; cell += 1) {
    const [a, b] = [one[cell]!, other[cell]!]
    const isSame = Number.isNaN(a)
      ? Number.isNaN(b)
      : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
    if (!isSame) count += 1
  }
  return count
}

/** Reads every byte of the columns a pass reads, and adds them up: the least a pass over them can cost in this language. */
export function scanBytes(columns: Columns): number {
  let sum = 0
  for (const array of readArrays(columns)) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let index = 0; index < bytes.length; index += 1) sum = (sum + bytes[index]!) | 0
  }
  return sum
}

export function bytesRead(columns: Columns): number {
  return readArrays(columns).reduce((sum, { byteLength }) => sum + byteLength, 0)
}

function readArrays(columns: Columns): (Int32Array | Float64Array)[] {
  return LIST.kinds.flatMap(({ kind }) => {
    const block = columns.blocks.get(kind)
    const read = new Set(MEASURED.aggregates.flatMap((one) => (one.kind === kind ? [one.measure] : [])))
    if (block === undefined) return []
    const measures = [...block.measures].filter(([measure]) => read.has(measure)).map(([, values]) => values)
    return [block.offsets, block.at, ...measures]
  })
}
