import { ForeshockError } from '../errors.ts'
import { parseNumber } from '../records/decimal.ts'
import { isPlaceholder, plain, quoted } from '../records/parsed.ts'
import type { FrameColumn } from './encode.ts'

/** Cells of one column as words, and the line each stands in. */
export interface WordColumn {
  readonly name: string
  readonly cells: readonly string[]
  readonly lines: readonly number[]
}

/** A column read, or why it was left out; `notes` say what was odd about it. */
export type ColumnRead = { readonly notes: readonly string[] } & (
  | { readonly column: FrameColumn }
  | { readonly column: null }
)

/** A column is numbers when at least so many of its known cells are; the odd words count as unknown. */
const MOSTLY = 0.95
/** A column of texts of which so many differ names rows rather than describing them. */
const ALL_DIFFERENT = 0.9

/**
 * Finds out what a column holds: numbers, categories, or nothing to learn from. Empty cells, placeholders ("-", NULL, N/A) and NaN are
 * unknown. Throws BAD_INPUT, with the line, on an infinite number.
 */
export function readColumn({ name, cells, lines }: WordColumn): ColumnRead {
  const numbers = cells.map((cell, row) => numberOf(cell, name, lines[row]!))
  const known = numbers.filter((value) => value !== null)
  if (known.length === 0) return left(`"${name}" is empty everywhere and was left out.`)
  const words = numbers.filter((value) => value === 'words').length
  return words <= (1 - MOSTLY) * known.length
    ? readNumbers(name, cells, lines, numbers)
    : readWords(name, cells)
}

function left(note: string): ColumnRead {
  return { column: null, notes: [note] }
}

/** The number in a cell; null where it is unknown. */
function numberOf(cell: string, name: string, line: number): number | 'words' | null {
  if (isPlaceholder(cell) || /^\s*(?:na|nan)\s*$/i.test(cell)) return null
  const written = plain(cell)
  const parsed = parseNumber(name, written)
  if ('value' in parsed) return parsed.value
  const large = /^[+-]?[\d.]/.test(written) ? Number(written.replaceAll(',', '')) : Number.NaN
  if (/^[+-]?inf(?:inity)?$/i.test(written) || !Number.isFinite(Math.fround(large))) {
    if (!Number.isNaN(large) || /inf/i.test(written)) throw infinite(cell, name, line)
    return 'words'
  }
  return large
}

function infinite(cell: string, name: string, line: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    `Line ${line}: ${name} is ${quoted(cell)}, which is no finite number.`,
    'Leave the cell empty where the value is unknown, or give a number.',
  )
}

function readNumbers(
  name: string,
  cells: readonly string[],
  lines: readonly number[],
  numbers: readonly (number | 'words' | null)[],
): ColumnRead {
  const values = Float32Array.from(numbers, (value) => (typeof value === 'number' ? value : Number.NaN))
  const distinct = new Set(values.filter((value) => !Number.isNaN(value)))
  const odd = numbers.flatMap((value, row) => (value === 'words' ? [row] : []))
  const notes = odd.slice(0, 1).map((row) => {
    const others = odd.length === 1 ? '' : `, as ${odd.length - 1} more`
    return `"${name}" holds numbers, but line ${lines[row]} has ${quoted(cells[row]!)}: taken as unknown${others}.`
  })
  const hasUnknown = values.some(Number.isNaN)
  if (distinct.size === 1 && !hasUnknown) {
    return left(`"${name}" is ${[...distinct][0]} everywhere and was left out.`)
  }
  if (countsRows(values, distinct.size)) return left(`"${name}" numbers the rows and was left out.`)
  return { column: { name, kind: 'number', values }, notes }
}

/** 1, 2, 3 ... in any order, each once. */
function countsRows(values: Float32Array, distinct: number): boolean {
  if (distinct < values.length || values.length < 10 || !values.every(Number.isInteger)) return false
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high - low === values.length - 1
}

function readWords(name: string, cells: readonly string[]): ColumnRead {
  const words = cells.map((cell) =>
    isPlaceholder(cell) || /^\s*(?:na|nan)\s*$/i.test(cell) ? null : cell.normalize('NFC').trim(),
  )
  const known = words.filter((word) => word !== null)
  const distinct = new Set(known).size
  if (distinct === 1 && known.length === words.length) {
    return left(`"${name}" is ${quoted(known[0]!)} everywhere and was left out.`)
  }
  if (known.length >= 10 && distinct >= ALL_DIFFERENT * known.length) {
    return left(`"${name}" is a different text in nearly every row, like an id, and was left out.`)
  }
  return { column: { name, kind: 'category', words }, notes: [] }
}
