import type { Table } from './table.ts'

/** A table with words in it: each column is numbers or categories. */
export interface Frame {
  readonly rows: number
  readonly columns: readonly FrameColumn[]
}

export type FrameColumn =
  /** NaN: unknown. */
  | { readonly name: string; readonly kind: 'number'; readonly values: Float32Array }
  /** Null: unknown. */
  | { readonly name: string; readonly kind: 'category'; readonly words: readonly (string | null)[] }

/** From words to numbers, as learned on some rows: the code of each category of each column. */
export interface Encoder {
  readonly columns: readonly ColumnCode[]
}

interface ColumnCode {
  readonly name: string
  /** Null: the column holds numbers already. */
  readonly codes: ReadonlyMap<string, number> | null
}

/** A category with fewer training rows shares its code with other rare ones. */
const RARE = 5
/** Rows of the average rate that are mixed into each category's own. */
const SMOOTHING = 10

/**
 * Learns the codes of categories on the given rows only: 0, 1, 2 ... by rising share of leavers, smoothed towards the average, so
 * that a tree can part them with one cut. Rare categories share one code.
 */
export function learnEncoder(frame: Frame, labels: Uint8Array, training: ArrayLike<number>): Encoder {
  return {
    columns: frame.columns.map((column) => ({
      name: column.name,
      codes: column.kind === 'number' ? null : codesOf(column.words, labels, training),
    })),
  }
}

function codesOf(
  words: readonly (string | null)[],
  labels: Uint8Array,
  training: ArrayLike<number>,
): Map<string, number> {
  const seen = new Map<string, { rows: number; left: number }>()
  let left = 0
  for (let at = 0; at < training.length; at += 1) {
    const row = training[at]!
    left += labels[row]!
    const word = words[row]
    if (word === null || word === undefined) continue
    const count = seen.get(word) ?? { rows: 0, left: 0 }
    seen.set(word, { rows: count.rows + 1, left: count.left + labels[row]! })
  }
  const average = left / training.length
  const rare = [...seen].filter(([, { rows }]) => rows < RARE)
  const usual = [...seen].filter(([, { rows }]) => rows >= RARE)
  const groups = usual.map(([word, count]) => ({ words: [word], ...count }))
  if (rare.length > 0) groups.push({ words: rare.map(([word]) => word), ...summed(rare) })
  const rate = (group: { rows: number; left: number }) =>
    (group.left + SMOOTHING * average) / (group.rows + SMOOTHING)
  groups.sort((a, b) => rate(a) - rate(b) || (a.words[0]! < b.words[0]! ? -1 : 1))
  return new Map(groups.flatMap((group, code) => group.words.map((word): [string, number] => [word, code])))
}

function summed(counts: readonly [string, { rows: number; left: number }][]): { rows: number; left: number } {
  return counts.reduce((sum, [, { rows, left }]) => ({ rows: sum.rows + rows, left: sum.left + left }), {
    rows: 0,
    left: 0,
  })
}

/** The given rows as numbers. A category the encoder has not met is unknown (see `unmet`). */
export function encode(
  { columns }: Encoder,
  frame: Frame,
  labels: Uint8Array,
  rows: ArrayLike<number>,
): Table {
  const width = columns.length
  const values = new Float32Array(rows.length * width)
  frame.columns.forEach((column, at) => {
    const { codes } = columns[at]!
    for (let position = 0; position < rows.length; position += 1) {
      const row = rows[position]!
      values[position * width + at] =
        column.kind === 'number' ? column.values[row]! : (codes?.get(column.words[row] ?? '') ?? Number.NaN)
    }
  })
  return {
    names: columns.map(({ name }) => name),
    rows: rows.length,
    values,
    labels: Uint8Array.from(rows, (row) => labels[row]!),
  }
}

/** Categories among the given rows that the encoder has never met, by column: they are scored as unknown. */
export function unmet({ columns }: Encoder, frame: Frame, rows: ArrayLike<number>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  frame.columns.forEach((column, at) => {
    const { name, codes } = columns[at]!
    if (column.kind === 'number' || codes === null) return
    const words = new Set(Array.from(rows, (row) => column.words[row]!).filter((word) => word !== null))
    const strange = [...words].filter((word) => !codes.has(word))
    if (strange.length > 0) found.set(name, strange)
  })
  return found
}
