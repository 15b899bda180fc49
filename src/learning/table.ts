/**
 * What trainers learn from: one row a customer (or a customer at one as-of date), one column a feature. A category is
 * already a number here (encode.ts). NaN is unknown; infinities do not occur.
 */
export interface Table {
  readonly names: readonly string[]
  readonly rows: number
  /** rows x names.length, row by row. */
  readonly values: Float32Array
  /** 1: left. As many as rows. */
  readonly labels: Uint8Array
}

/** The given rows of a table, in the given order; a row may come twice. */
export function rowsOf(table: Table, picked: ArrayLike<number>): Table {
  const width = table.names.length
  const values = new Float32Array(picked.length * width)
  const labels = new Uint8Array(picked.length)
  for (let row = 0; row < picked.length; row += 1) {
    const from = picked[row]!
    values.set(table.values.subarray(from * width, (from + 1) * width), row * width)
    labels[row] = table.labels[from]!
  }
  return { names: table.names, rows: picked.length, values, labels }
}
