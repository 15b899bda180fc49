import { bad, good, type Parsed } from '../records/parsed.ts'
import type { CustomerKey, SourceRecord } from '../records/record.ts'
import type { Scale } from '../records/score.ts'
import { cellsIn } from '../sources/cells.ts'
import { mappedColumns } from '../sources/row.ts'
import { contentId } from '../sources/row-id.ts'
import type { RowMapping } from '../sources/row-mapping.ts'
import { type Rules, type ToRecord, toRecord } from '../sources/to-record.ts'
import type { Sent } from './body.ts'
import type { ReadSent } from './read.ts'
import { type OwnEvent, type OwnFeedback, shaped, strangeKey } from './shape.ts'

/** Reads records that come by our own field names, by the same rules as a source's rows. */
export function ownReader(
  kind: 'event' | 'feedback',
  parts: {
    /** What rows are read by, for amounts in a currency; null: the company's. */
    rules(currency: string | null): Rules
    /** Kinds of identity keys in use. */
    readonly keys: ReadonlySet<string>
    /** An identity key of each customer, by the number people see. */
    keysOf(numbers: readonly number[]): Promise<Map<number, CustomerKey>>
  },
): ReadSent {
  const readers = new Map<string, { columns: string[]; read: ToRecord }>()
  // Key kinds, scales and currencies are few: a reader is made once for each that is used.
  const readerFor = (key: string | null, row: OwnEvent | OwnFeedback) => {
    const { currency, scale } = { currency: null, scale: null, ...row }
    const hasId = row.id !== undefined && row.id !== null
    const name = JSON.stringify([key, currency, scale, hasId])
    const known = readers.get(name)
    if (known !== undefined) return known
    const mapping = kind === 'event' ? eventMapping(key!, hasId) : feedbackMapping(key, scale ?? 10, hasId)
    const columns = mappedColumns(mapping)
    const read = toRecord(mapping, columns, parts.rules(currency ?? null))
    const made = { columns, read }
    readers.set(name, made)
    return made
  }
  const readOne = (sent: Sent, named: ReadonlyMap<number, CustomerKey>): Parsed<SourceRecord> => {
    const shape = shaped(kind, sent.value)
    if ('reason' in shape) return shape
    const row = shape.value
    if ('currency' in row && row.currency != null && !CURRENCIES.has(row.currency))
      return bad(
        `币种“${row.currency.slice(0, 20)}”不是 ISO 4217 代码，例如 CNY`,
        `currency "${row.currency.slice(0, 20)}" is not an ISO 4217 currency, such as CNY`,
      )
    const whose = customerOf(row.customer ?? null, named, parts.keys)
    if ('reason' in whose) return whose
    const key = whose.value
    const { columns, read } = readerFor(key?.kind ?? null, row)
    const customer = key === null ? {} : { customer: { [key.kind]: key.value } }
    const cells = cellsIn({ ...row, ...customer }, columns, sent.suspect, new Set())
    if ('reason' in cells) return cells
    return read(cells.value, () => contentId([...columns, ...cells.value]))
  }
  return async (all) => {
    const numbers = all.flatMap(({ value }) => numberIn(value) ?? [])
    const named = numbers.length === 0 ? new Map() : await parts.keysOf(numbers)
    return all.map((sent) => readOne(sent, named))
  }
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

function customerOf(
  given: OwnFeedback['customer'] | null,
  named: ReadonlyMap<number, CustomerKey>,
  keys: ReadonlySet<string>,
): Parsed<{ kind: string; value: string | number } | null> {
  if (given === null || given === undefined) return good(null)
  if (typeof given === 'string') {
    const key = named.get(numberIn({ customer: given })!)
    return key === undefined
      ? bad(`没有 ${given.toUpperCase()} 这位客户`, `customer: there is no ${given.toUpperCase()}`)
      : good(key)
  }
  const [kind, value] = Object.entries(given)[0]!
  const strange = strangeKey(kind, keys)
  return strange === null ? good({ kind, value }) : bad(strange.zh, strange.en)
}

function numberIn(value: unknown): number | null {
  const customer = (value as { customer?: unknown } | null | undefined)?.customer
  const number = typeof customer === 'string' ? /^C-(\d{1,9})$/i.exec(customer)?.[1] : undefined
  return number === undefined ? null : Number(number)
}

const COMMON = { id: 'id', at: 'at', site: 'site' }
/** A row without an id is known by its content. */
const { id: _, ...NAMELESS } = COMMON

const keyed = (key: string) => ({ [key]: `customer.${key}` })

function eventMapping(key: string, hasId: boolean): RowMapping {
  const measures = { kind: 'kind', amount: 'amount', quantity: 'quantity', duration: 'duration' }
  return {
    record: 'event',
    fields: { ...(hasId ? COMMON : NAMELESS), ...measures, customer: keyed(key) },
  }
}

function feedbackMapping(key: string | null, scale: Scale, hasId: boolean): RowMapping {
  const rated = (column: string) => ({ column, scale })
  return {
    record: 'feedback',
    fields: {
      ...(hasId ? COMMON : NAMELESS),
      ...(key === null ? {} : { customer: keyed(key) }),
      ...{ channel: 'channel', text: 'text', language: 'language', nps: 'nps', product: 'product' },
      ...{ rating: rated('rating'), csat: rated('csat'), ces: rated('ces') },
    },
  }
}
