import { parsePhone } from '../../records/key.ts'
import { isBlank } from '../../records/parsed.ts'
import { at } from '../cells.ts'
import { type Gathering, gather } from '../gather.ts'
import { type AnyField, columnOf } from '../row.ts'
import type { RowMapping } from '../row-mapping.ts'
import type { Batch, Cursor } from '../source.ts'
import type { Rules } from '../to-record.ts'
import type { Kinds } from './mapping.ts'
import type { Page, Row } from './stream.ts'

/** What is made of the rows of each kind. */
export type Gatherings = ReadonlyMap<string, Gathering>

export function gatheringsOf(kinds: Kinds, rules: Rules): Gatherings {
  return new Map(Object.entries(kinds).map(([kind, meaning]) => [kind, gather(kind, meaning, rules)]))
}

/** A page as it is stored. Rows that say nothing go, and with them what was once refused of them. */
export function batchOf(
  stream: string,
  { rows, gone = [] }: Page,
  gatherings: Gatherings,
  kinds: Kinds,
  cursor: Cursor,
): Batch {
  const left = [...gone]
  for (const row of rows) {
    const mapping = kinds[row.kind]
    if (mapping === undefined) continue
    if (isThere(row, mapping)) gatherings.get(row.kind)!.add(callable(row, mapping), row.id)
    else left.push(row.id)
  }
  const parts = [...gatherings.values()].map((each) => each.batch(cursor))
  const places = Object.keys(kinds).flatMap((kind) => left.map((id) => `${kind} ${id}`))
  return {
    records: parts.flatMap(({ records }) => records),
    rejected: parts.flatMap(({ rejected }) => rejected),
    begins: [...parts.flatMap(({ begins = [] }) => begins), ...places],
    gone: left,
    cursor,
    progress: {
      ...{ file: stream, bytes: 0, totalBytes: 0 },
      rows: parts.reduce((sum, part) => sum + part.progress.rows, 0),
    },
  }
}

const SCORES = ['rating', 'nps', 'csat', 'ces'] as const

/**
 * An event without its date has not happened, or no longer counts as having happened: an open ticket is not resolved. A
 * ticket or survey in which the customer said nothing is no voice.
 */
function isThere({ value }: Row, mapping: RowMapping): boolean {
  const isFilled = (field: AnyField | undefined): boolean => {
    if (field === undefined) return false
    const column = columnOf(field)
    return column === '' || !isBlank(String(at(value, column) ?? ''))
  }
  const { record, fields } = mapping
  if (record === 'event') return isFilled(fields.at)
  if (record === 'feedback') return isFilled(fields.text) || SCORES.some((score) => isFilled(fields[score]))
  return true
}

/** Vendors take any words for a phone number: one that nobody can call is left out, so that it does not keep the customer out. */
function callable({ value }: Row, mapping: RowMapping): Row['value'] {
  const column = mapping.record === 'customer' ? mapping.fields.phone : undefined
  if (typeof column !== 'string') return value
  return 'value' in parsePhone(String(at(value, column) ?? '')) ? value : { ...value, [column]: null }
}
