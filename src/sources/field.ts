import { parseNumber } from '../records/decimal.ts'
import { parseFlag } from '../records/flag.ts'
import { parseKey } from '../records/key.ts'
import { parseLabel } from '../records/label.ts'
import { type Calendar, parseDay } from '../records/moment.ts'
import { bad, good, isBlank, isPlaceholder, type Parsed } from '../records/parsed.ts'
import type { AttributeValue, CustomerKey } from '../records/record.ts'
import { parseRating } from '../records/score.ts'
import type { Text } from '../text.ts'
import { type Cells, cellOf, type Reader, together } from './row.ts'
import type { AttributeField, Field, RatingField } from './row-mapping.ts'

/** Readers for the fields a mapping can name, each bound to the columns of one file. */

type Columns = readonly string[]

/** Reads the words of a cell; `what` is the field's name in the reason against it. */
export type Parse<T> = (what: string, words: string) => Parsed<T>

export function always<T>(value: T): Reader<T> {
  return () => good(value)
}

export function optional<T>(
  what: string,
  field: Field | undefined,
  columns: Columns,
  parse: Parse<T>,
  blank: (words: string) => boolean = isPlaceholder,
): Reader<T | undefined> {
  if (field === undefined) return always(undefined)
  const cell = cellOf(field, columns)
  return (cells) => {
    const words = cell(cells)
    return blank(words) ? good(undefined) : parse(what, words)
  }
}

/** A short text. A person can be called "None", so only a truly empty cell counts as empty. */
export function label(what: string, field: Field | undefined, columns: Columns): Reader<string | undefined> {
  return optional(what, field, columns, parseLabel, isBlank)
}

export function required<T>(what: string, field: Field, columns: Columns, parse: Parse<T>): Reader<T> {
  const read = optional(what, field, columns, parse)
  const [inColumn, ofColumn] = columnWords(field)
  const reason = bad(`${what} 为空${inColumn}；请填写`, `${what} is empty${ofColumn}; fill it in`)
  return (cells) => {
    const parsed = read(cells)
    return 'value' in parsed && parsed.value === undefined ? reason : (parsed as Parsed<T>)
  }
}

/** Which column that is, in Chinese and English; nothing where it is a constant. */
function columnWords(field: Field): readonly [zh: string, en: string] {
  return typeof field === 'string' ? [`（“${field}”列）`, ` (column "${field}")`] : ['', '']
}

export function keysReader(keys: Readonly<Record<string, Field>>, columns: Columns): Reader<CustomerKey[]> {
  const readers = Object.entries(keys).map(([kind, field]) => optional(kind, field, columns, parseKey))
  const none = bad(
    `这一行没有 ${Object.keys(keys).join('、')}；客户至少要有一个身份标识`,
    `the row has no ${Object.keys(keys).join(', no ')}; a customer needs at least one identity key`,
  )
  return (cells) => {
    const found: CustomerKey[] = []
    for (const read of readers) {
      const key = read(cells)
      if ('reason' in key) return key
      if (key.value !== undefined) found.push(key.value)
    }
    return found.length === 0 ? none : good(found)
  }
}

/** The customer of an event or a voice. `need` says why an empty cell is refused; null: it is not. */
export function customerOf(
  key: Readonly<Record<string, Field>>,
  columns: Columns,
  need: Text,
): Reader<CustomerKey>
export function customerOf(
  key: Readonly<Record<string, Field>>,
  columns: Columns,
  need: null,
): Reader<CustomerKey | undefined>
export function customerOf(key: Readonly<Record<string, Field>>, columns: Columns, need: Text | null) {
  const [kind, field] = Object.entries(key)[0]!
  const read = optional(kind, field, columns, parseKey)
  if (need === null) return read
  const [inColumn, ofColumn] = columnWords(field)
  const reason = bad(`客户为空${inColumn}；${need.zh}`, `customer is empty${ofColumn}; ${need.en}`)
  return (cells: Cells) => {
    const parsed = read(cells)
    return 'value' in parsed && parsed.value === undefined ? reason : parsed
  }
}

export function attributesReader(
  attributes: Readonly<Record<string, AttributeField>>,
  columns: Columns,
  calendar: Calendar,
): Reader<Record<string, AttributeValue>> {
  const readers: Record<string, Reader<AttributeValue | undefined>> = {}
  for (const [name, field] of Object.entries(attributes)) {
    const { type, plain } = typeOf(field)
    if (type === null) readers[name] = always((field as { value: AttributeValue }).value)
    else if (type === 'number') readers[name] = optional(name, plain, columns, parseNumber)
    else if (type === 'flag') readers[name] = optional(name, plain, columns, parseFlag)
    else if (type === 'day')
      readers[name] = optional(name, plain, columns, (what, words) => parseDay(what, words, calendar))
    else readers[name] = label(name, plain, columns)
  }
  return together<Record<string, AttributeValue>>(readers as { [name: string]: Reader<AttributeValue> })
}

function typeOf(field: AttributeField): { type: 'text' | 'number' | 'day' | 'flag' | null; plain: string } {
  if (typeof field === 'string') return { type: 'text', plain: field }
  return 'value' in field ? { type: null, plain: '' } : { type: field.type, plain: field.column }
}

export function ratingOf(
  what: string,
  field: RatingField | undefined,
  columns: Columns,
): Reader<number | undefined> {
  if (field === undefined) return always(undefined)
  const [plain, scale] =
    typeof field === 'object' && 'scale' in field ? [field.column, field.scale] : [field, 10 as const]
  return optional(what, plain, columns, (name, words) => parseRating(name, words, scale))
}

/** A voice is kept even where a conversion damaged a character of it; only names must be whole. */
export function words(field: Field | undefined, columns: Columns): Reader<string> {
  if (field === undefined) return always('')
  const cell = cellOf(field, columns)
  return (cells) => good(cell(cells).trim())
}
