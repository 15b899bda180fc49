import { isBlank, type Parsed } from '../records/parsed.ts'
import { clean } from '../text.ts'
import type { AttributeField, Field, RatingField, RowMapping } from './row-mapping.ts'

/** The cells of one row, in the order of the columns it was bound to. */
export type Cells = readonly string[]

/** Reads one field of the mapping from a row; undefined where the row says nothing. */
export type Reader<T> = (cells: Cells) => Parsed<T>

/** What a field reads: a column's cell, cleaned, or its constant. Blank cells read as ''. */
export function cellOf(field: AnyField, columns: readonly string[]): (cells: Cells) => string {
  if (typeof field === 'object' && 'value' in field) {
    const constant = String(field.value)
    return () => constant
  }
  const index = columns.indexOf(columnOf(field))
  return (cells) => {
    const cell = clean(cells[index] ?? '')
    return isBlank(cell) ? '' : cell
  }
}

/** A row's readers run one after the other: the values that are there, or the first reason against the row. */
export function together<T extends object>(
  readers: { readonly [K in keyof T]-?: Reader<T[K] | undefined> },
): Reader<T> {
  const all = Object.entries(readers) as [string, Reader<unknown>][]
  return (cells) => {
    const values: Record<string, unknown> = {}
    for (const [name, read] of all) {
      const parsed = read(cells)
      if ('reason' in parsed) return parsed
      if (parsed.value !== undefined) values[name] = parsed.value
    }
    return { value: values as T }
  }
}

export type AnyField = Field | RatingField | AttributeField

/** Fields of a mapping that hold several named fields. */
const GROUPS = new Set(['keys', 'customer', 'attributes'])

/** Every column the mapping reads, each once. */
export function mappedColumns(mapping: RowMapping): string[] {
  const columns = Object.entries(mapping.fields).flatMap(([name, field]) => {
    const fields = GROUPS.has(name) ? Object.values(field as Record<string, AnyField>) : [field as AnyField]
    return fields.filter((one) => typeof one === 'string' || 'column' in one).map(columnOf)
  })
  return [...new Set(columns)]
}

/** The column a field reads; '' for a constant. */
export function columnOf(field: AnyField): string {
  if (typeof field === 'string') return field
  return 'column' in field ? field.column : ''
}
