import { encode, type Frame, learnEncoder } from './encode.ts'
import { rowsOf, type Table } from './table.ts'

/** Rows with labels that become numbers only once it is known which of them may be learned from. */
export interface Examples {
  readonly names: readonly string[]
  readonly labels: Uint8Array
  /** Rows of one group (a customer) are never parted by a fold. */
  readonly groups: ArrayLike<number>
  /** 1: of the newest dates. Calibration rests on these, as customs drift; absent where rows have no date. */
  readonly newest?: Uint8Array
  /** What turns rows into numbers, knowing only the rows it may learn from. */
  encoding(training: ArrayLike<number>): (rows: ArrayLike<number>) => Table
}

/** A table of numbers needs no encoding. Without groups every row stands alone. */
export function examplesOfTable(table: Table, groups?: ArrayLike<number>): Examples {
  return {
    names: table.names,
    labels: table.labels,
    groups: groups ?? Int32Array.from(table.labels, (_, row) => row),
    encoding: () => (rows) => rowsOf(table, rows),
  }
}

export function examplesOfFrame(frame: Frame, labels: Uint8Array): Examples {
  return {
    names: frame.columns.map(({ name }) => name),
    labels,
    groups: Int32Array.from(labels, (_, row) => row),
    encoding: (training) => {
      const encoder = learnEncoder(frame, labels, training)
      return (rows) => encode(encoder, frame, labels, rows)
    },
  }
}

/** The table with only some of its columns, in the given order. */
export function columnsOf(table: Table, names: readonly string[]): Table {
  const from = names.map((name) => table.names.indexOf(name))
  const width = table.names.length
  const values = new Float32Array(table.rows * names.length)
  for (let row = 0; row < table.rows; row += 1) {
    from.forEach((column, at) => {
      values[row * names.length + at] = table.values[row * width + column]!
    })
  }
  return { ...table, names, values }
}
