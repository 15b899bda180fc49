import type { FeatureMatrix } from '../features/kernel.ts'
import type { RowsOf } from '../risk/scores.ts'

type Features = Pick<FeatureMatrix, 'index' | 'names' | 'values'>

/** Everyone's features as a model reads them: float32, row by row; a feature the profile no longer has is unknown. */
export function modelRows(names: readonly string[], features: Features, size: number): Float32Array {
  return modelRowsOf(names, features)(0, size)
}

/** The same of customers `from..to`, for who asks for some at a time. */
export function modelRowsOf(names: readonly string[], features: Features): RowsOf {
  const columns = columnsOf(names, features)
  return (from, to, spent) => {
    const length = (to - from) * names.length
    const values = spent?.length === length ? spent : new Float32Array(length)
    fillRows(columns, features, from, to, values)
    return values
  }
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
  for (let customer = from, cell = 0; customer < to; customer += 1) {
    const first = customer * stride
    for (let at = 0; at < width; at += 1, cell += 1) {
      const column = columns[at]!
      values[cell] = column < 0 ? Number.NaN : all[first + column]!
    }
  }
}
