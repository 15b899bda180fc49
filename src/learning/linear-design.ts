import type { Term } from './model.ts'
import type { Table } from './table.ts'

/** A term before it is weighed. */
export type Shape = Pick<Term, 'feature' | 'of' | 'at'>

/** Whole numbers with at most so many different values are looked at one by one: categories, small counts. */
const MOST_LEVELS = 12
/** A level or an unknown that fewer rows have tells nothing. */
const LEAST_ROWS = 5
/** Bends need rows to be found. */
const LEAST_FOR_BENDS = 500
const BENDS = [0.1, 0.25, 0.5, 0.75, 0.9]

/**
 * Which terms a column is given: its value; where it has few levels, one term a level; where it has a heavy tail, its
 * logarithm; where there are rows enough, bends at quantiles; where it can be unknown, that. A column that must rise or fall
 * (`monotone`) gets only terms that do.
 */
export function designOf(table: Table, monotone: readonly number[] = []): Shape[] {
  return table.names.flatMap((_, feature) => columnTerms(table, feature, (monotone[feature] ?? 0) !== 0))
}

/** Every column as it is. */
export function plainDesign(table: Table): Shape[] {
  return table.names.map((_, feature) => ({ feature, of: 'value', at: 0 }))
}

function columnTerms(table: Table, feature: number, monotone: boolean): Shape[] {
  const known = knownValues(table, feature)
  const unknown = table.rows - known.length
  const term = (of: Term['of'], at = 0): Shape => ({ feature, of, at })
  const shapes = unknown >= LEAST_ROWS && known.length >= LEAST_ROWS && !monotone ? [term('unknown')] : []
  if (known.length === 0 || known[0] === known.at(-1)) return shapes
  const levels = levelsOf(known)
  shapes.push(term('value'))
  if (levels !== null && levels.length === 2) return shapes
  if (levels !== null && !monotone) {
    const usual = levels.reduce((most, level) => (level.rows > most.rows ? level : most))
    const told = levels.filter((level) => level !== usual && level.rows >= LEAST_ROWS)
    return [...shapes, ...told.map(({ value }) => term('is', value))]
  }
  if (hasHeavyTail(known)) shapes.push(term('log'))
  if (table.rows < LEAST_FOR_BENDS) return shapes
  const bends = new Set(BENDS.map((share) => quantile(known, share)))
  bends.delete(known[0]!)
  bends.delete(known.at(-1)!)
  return [...shapes, ...[...bends].map((at) => term('above', at))]
}

/** Known values of a column, ascending. */
function knownValues({ values, rows, names }: Table, feature: number): Float32Array {
  const column = new Float32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row += 1) {
    const value = values[row * names.length + feature]!
    if (!Number.isNaN(value)) column[count++] = value
  }
  return column.subarray(0, count).sort()
}

function levelsOf(sorted: Float32Array): { value: number; rows: number }[] | null {
  const levels: { value: number; rows: number }[] = []
  for (let start = 0; start < sorted.length; ) {
    const value = sorted[start]!
    if (!Number.isInteger(value) || levels.length === MOST_LEVELS) return null
    let end = start
    while (end < sorted.length && sorted[end] === value) end += 1
    levels.push({ value, rows: end - start })
    start = end
  }
  return levels
}

/** Never negative, and the top hundredth lies far above the middle. */
function hasHeavyTail(sorted: Float32Array): boolean {
  return sorted[0]! >= 0 && quantile(sorted, 0.99) > 4 * Math.max(quantile(sorted, 0.5), 1e-9)
}

function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
