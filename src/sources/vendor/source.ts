import { ForeshockError } from '../../errors.ts'
import { parsePhone } from '../../records/key.ts'
import { isBlank } from '../../records/parsed.ts'
import { at } from '../cells.ts'
import { rulesOf, type SourceEnvironment } from '../environment.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { type Gathering, gather } from '../gather.ts'
import { meaningProblems } from '../meaning.ts'
import { misfit, unprefixed } from '../misfit.ts'
import { type AnyField, columnOf } from '../row.ts'
import type { Named, RowMapping } from '../row-mapping.ts'
import type { Batch, Cursor, Source } from '../source.ts'
import type { Rules } from '../to-record.ts'
import type { Variables } from '../variable.ts'
import { type Account, type Ask, asking, type World } from './ask.ts'
import type { Feed, Mark, Page, Row } from './feed.ts'

/** What a vendor's source needs to know besides its mapping. */
export interface VendorEnvironment extends SourceEnvironment, World {
  readonly variables: Variables
}

/** What makes one vendor's source. */
export interface Vendor {
  readonly mapping: Named
  /** The kinds of rows it yields, each with its meaning. */
  readonly kinds: Readonly<Record<string, RowMapping>>
  /** Event kinds it yields only where the profile has them. */
  readonly optional?: readonly string[]
  readonly feeds: readonly Feed[]
  /** @throws ForeshockError SOURCE_FAILED where a secret is not set */
  account(): Account
  /** Asks the vendor for what reading alone does not tell, such as misspelt properties: one fault each. */
  examine(ask: Ask): Promise<string[]>
}

/**
 * Reads a vendor's feeds one after the other. Each page is stored with where its feed stands, so that a pull that was
 * cut off goes on there; a changed mapping reads everything anew.
 */
export function vendorSource(given: Vendor, environment: VendorEnvironment): Source {
  const missing = (given.optional ?? []).filter((kind) => !environment.kinds.has(kind))
  const vendor = { ...given, kinds: without(missing, given.kinds) }
  const { name } = vendor.mapping
  return {
    name,
    pull: (cursor, signal) => pull(vendor, environment, cursor, signal),
    check: async (note = () => {}) => {
      if (missing.length > 0) note(`${name}: the profile has no ${missing.join(', no ')}, so none are taken`)
      const faults = await check(vendor, environment, (says) => note(`${name}: ${says}`))
      return faults.map((fault) => `${name}: ${fault}`)
    },
  }
}

/** Asks for what is mapped, then reads the first page of every feed, which takes every right a pull takes. */
async function check(
  vendor: Vendor,
  environment: VendorEnvironment,
  note: (says: string) => void,
): Promise<string[]> {
  const { mapping, kinds, feeds } = vendor
  const faults = senseless(vendor, environment)
  try {
    const ask = asking(vendor.account(), environment, new AbortController().signal)
    faults.push(...(await vendor.examine(ask)))
    const rules = rulesOf(mapping, environment)
    for (const feed of faults.length === 0 ? feeds : []) {
      const gatherings = gatheringsOf(feed, kinds, rules)
      for await (const page of feed.pages(null, ask)) {
        batchOf(page, gatherings, kinds, {})
        break
      }
      for (const [kind, { found, unseen }] of gatherings) {
        faults.push(...unseen().map((column) => `no ${kind} have "${column}"`))
        if (found.bad > 0)
          note(`of ${found.rows} ${kind} looked at, ${found.bad} cannot be used: ${found.reasons.join('; ')}`)
      }
    }
  } catch (error) {
    if (!(error instanceof ForeshockError)) throw error
    faults.push(unprefixed(mapping.name, error))
  }
  return faults
}

function gatheringsOf(feed: Feed, kinds: Vendor['kinds'], rules: Rules): Map<string, Gathering> {
  return new Map(Object.entries(kinds).map(([kind, meaning]) => [kind, gather(feed.name, meaning, rules)]))
}

async function* pull(
  vendor: Vendor,
  environment: VendorEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { mapping, kinds, feeds } = vendor
  const faults = senseless(vendor, environment)
  if (faults.length > 0) throw misfit(mapping.name, faults)
  const mark = fingerprintOf([mapping, kinds], environment)
  const marks: Record<string, Mark> = cursor?.['mapping'] === mark ? marksIn(cursor) : {}
  const rules = rulesOf(mapping, environment)
  try {
    const ask = asking(vendor.account(), environment, signal)
    for (const feed of feeds) {
      const gatherings = gatheringsOf(feed, kinds, rules)
      for await (const page of feed.pages(marks[feed.name] ?? null, ask)) {
        signal.throwIfAborted()
        marks[feed.name] = page.mark
        yield batchOf(page, gatherings, kinds, { mapping: mark, marks: { ...marks } })
      }
    }
  } catch (error) {
    // Stopping is no failure: what was yielded is stored, and the rest comes with the next pull.
    if (signal.aborted) return
    throw error
  }
}

function without(missing: readonly string[], kinds: Vendor['kinds']): Vendor['kinds'] {
  const isLeftOut = (mapping: RowMapping): boolean => {
    const kind = mapping.record === 'event' ? mapping.fields.kind : ''
    return typeof kind === 'object' && missing.includes(String(kind.value))
  }
  return Object.fromEntries(Object.entries(kinds).filter(([, mapping]) => !isLeftOut(mapping)))
}

function senseless({ kinds }: Vendor, environment: SourceEnvironment): string[] {
  return Object.values(kinds).flatMap((mapping) => meaningProblems(mapping, environment.kinds))
}

function marksIn(cursor: Cursor): Record<string, Mark> {
  return { ...(cursor['marks'] as Record<string, Mark> | undefined) }
}

function batchOf(
  { rows, gone = [] }: Page,
  gatherings: ReadonlyMap<string, Gathering>,
  kinds: Vendor['kinds'],
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
  const { progress } = parts[0]!
  return {
    records: parts.flatMap(({ records }) => records),
    rejected: parts.flatMap(({ rejected }) => rejected),
    begins: [...parts.flatMap(({ begins = [] }) => begins), ...left.map((id) => `${progress.file} ${id}`)],
    gone: left,
    cursor,
    progress: { ...progress, rows: parts.reduce((sum, part) => sum + part.progress.rows, 0) },
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
