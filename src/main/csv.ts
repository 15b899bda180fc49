import { csvLine } from '../demo/csv.ts'

/** Spreadsheets take a cell that begins like this, in half or full width, for a formula. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|]|^[\t\r\n]/

/** Excel takes a file for UTF-8 by this mark alone. */
const MARK = '\ufeff'

/**
 * A table as RFC 4180 has it, which spreadsheets open as it is: words that they would take for a formula stand behind an
 * apostrophe. Null is an empty cell.
 */
export function csvOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return MARK + [columns, ...rows].map((row) => `${csvLine(row.map(cell))}\r\n`).join('')
}

function cell(value: string | number | null): string | number {
  if (value === null) return ''
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value
}
