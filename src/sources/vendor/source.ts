import type { ForeshockError } from '../../errors.ts'
import { rulesOf } from '../environment.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { meaningProblems } from '../meaning.ts'
import { misfit } from '../misfit.ts'
import type { RowMapping } from '../row-mapping.ts'
import type { Batch, Cursor, Source } from '../source.ts'
import type { Ask } from './account.ts'
import { asking } from './ask.ts'
import { check } from './check.ts'
import type { Kinds } from './mapping.ts'
import { batchOf, gatheringsOf } from './page.ts'
import { PathRefused } from './refusal.ts'
import type { Mark, Page, Stream } from './stream.ts'
import type { Vendor, VendorEnvironment } from './vendor.ts'

/**
 * Reads a vendor's streams one after the other. Each page is stored with where its stream stands, so that a pull that was
 * cut off goes on there; a changed mapping reads everything anew.
 */
export function vendorSource(given: Vendor, environment: VendorEnvironment): Source {
  const missing = (given.optional ?? []).filter((kind) => !environment.kinds.has(kind))
  const kinds = without(missing, given.kinds)
  const streams = given.streams.filter((stream) => stream.kinds.some((kind) => kind in kinds))
  const vendor = { ...given, kinds, streams }
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

async function* pull(
  vendor: Vendor,
  environment: VendorEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { mapping, kinds, streams } = vendor
  const faults = Object.values(kinds).flatMap((meaning) => meaningProblems(meaning, environment.kinds))
  if (faults.length > 0) throw misfit(mapping.name, faults)
  const mark = fingerprintOf([mapping, kinds], environment)
  const marks: Record<string, Mark> = cursor?.['mapping'] === mark ? marksIn(cursor) : {}
  const rules = rulesOf(mapping, environment)
  const refused: ForeshockError[] = []
  try {
    const ask = asking(vendor.account(), environment, signal)
    for (const stream of streams) {
      const gatherings = gatheringsOf(kinds, rules)
      try {
        for await (const page of pagesFrom(stream, marks[stream.name] ?? null, ask)) {
          signal.throwIfAborted()
          marks[stream.name] = page.mark
          yield batchOf(stream.name, page, gatherings, kinds, { mapping: mark, marks: { ...marks } })
        }
      } catch (error) {
        // One stream that may not be read must not keep the others out, nor go unnoticed.
        if (!(error instanceof PathRefused)) throw error
        refused.push(error)
      }
    }
  } catch (error) {
    // Stopping is no failure: what was yielded is stored, and the rest comes with the next pull.
    if (signal.aborted) return
    throw error
  }
  if (refused.length > 0) throw refused[0]
}

/**
 * A page that an earlier pull was cut off at may be known no more. It would be refused at every pull, so the stream then begins
 * where it did without it.
 */
async function* pagesFrom(stream: Stream, mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
  const { after, ...start } = mark ?? {}
  let begun = false
  try {
    for await (const page of stream.pages(mark, ask)) {
      begun = true
      yield page
    }
    return
  } catch (error) {
    if (begun || after === undefined || !(error instanceof PathRefused)) throw error
  }
  yield* stream.pages(start, ask)
}

/** Without events of these kinds. */
function without(missing: readonly string[], kinds: Kinds): Kinds {
  const isLeftOut = (mapping: RowMapping): boolean => {
    const kind = mapping.record === 'event' ? mapping.fields.kind : ''
    return typeof kind === 'object' && missing.includes(String(kind.value))
  }
  return Object.fromEntries(Object.entries(kinds).filter(([, mapping]) => !isLeftOut(mapping)))
}

function marksIn(cursor: Cursor): Record<string, Mark> {
  return { ...(cursor['marks'] as Record<string, Mark> | undefined) }
}
