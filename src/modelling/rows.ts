import type { FeatureMatrix } from '../features/kernel.ts'

type Features = Pick<FeatureMatrix, 'index' | 'names' | 'values'>

/** Everyone's features as a model reads them: float32, row by row; a feature the profile no longer has is unknown. */
export function modelRows(names: readonly string[], features: Features, size: number): Float32Array {
  const values = new Float32Array(size * names.length)
  fillRows(columnsOf(names, features), features, 0, size, values)
  return values
}

/** Customers copied between two looks at the event loop. */
const STEP = 10_000

/** The same, giving the event loop its turn between steps. */
export async function modelRowsInSteps(
  names: readonly string[],
  features: Features,
  size: number,
): Promise<Float32Array> {
  const values = new Float32Array(size * names.length)
  const columns = columnsOf(names, features)
  for (let from = 0; from < size; from += STEP) {
    fillRows(columns, features, from, Math.min(size, from + STEP), values)
    await new Promise(setImmediate)
  }
  return values
}

function columnsOf(names: readonly string[], features: Features): Int32Array {
  return Int32Array.from(names, (name) => features.index.get(name) ?? -1)
}

function fillRows(
  columns: Int32Array,
  features: Features,
  from: number,
  to: number,
  values: Float32Array,
): void {
  const width = columns.length
  const all = features.values
  const stride = features.names.length
  for (let customer = from, cell = from * width; customer < to; customer += 1) {
    const first = customer * stride
    for (let at = 0; at < width; at += 1, cell += 1) {
      const column = columns[at]!
      values[cell] = column < 0 ? Number.NaN : all[first + column]!
    }
  }
}
