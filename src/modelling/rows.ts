import type { FeatureMatrix } from '../features/kernel.ts'

type Features = Pick<FeatureMatrix, 'index'> & { row(customer: number): Float64Array }

/** Everyone's features as a model reads them: float32, row by row; a feature the profile no longer has is unknown. */
export function modelRows(names: readonly string[], features: Features, size: number): Float32Array {
  const columns = names.map((name) => features.index.get(name) ?? -1)
  const values = new Float32Array(size * names.length)
  for (let customer = 0; customer < size; customer += 1) {
    const row = features.row(customer)
    const base = customer * names.length
    columns.forEach((column, at) => {
      values[base + at] = column < 0 ? Number.NaN : row[column]!
    })
  }
  return values
}
