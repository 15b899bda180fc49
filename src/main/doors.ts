import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { rangesOf } from '../features/ranges.ts'
import { ingestSources } from '../ingest/access.ts'
import { heldSource } from '../ingest/held.ts'
import { ownReader } from '../ingest/own.ts'
import { mappedReader } from '../ingest/read.ts'
import type { Door } from '../ingest/routes.ts'
import { rowMappings } from '../sources/mapping.ts'
import type { Source } from '../sources/source.ts'
import type { Rules } from '../sources/to-record.ts'

type Parts = Pick<Context, 'config' | 'profile' | 'store' | 'clock'>

/** Our own two addresses, and one for each webhook of the configuration. */
export function doorsOf({ config, profile, store, clock }: Parts): Map<string, Door> {
  const { timeZone, currency } = config.company
  const kinds = new Set(Object.keys(profile.kinds))
  const ranges = rangesOf(profile)
  const rules = (own: Omit<Rules, 'now' | 'kinds' | 'ranges'>): Rules => ({
    ...own,
    kinds,
    ranges,
    // Rows come at any time.
    get now() {
      return clock.now()
    },
  })
  const own = {
    rules: (asked: string | null) => rules({ timeZone, currency: asked ?? currency, dateFormat: 'iso' }),
    keys: keyKinds(config),
    keysOf: store.ingest.keysOf,
  }
  const doors = new Map<string, Door>([
    ['feedback', { source: null, read: ownReader('feedback', own) }],
    ['events', { source: null, read: ownReader('event', own) }],
  ])
  for (const mapping of config.sources) {
    if (mapping.type !== 'webhook') continue
    const read = mappedReader(
      mapping,
      rules({
        timeZone: mapping.timeZone ?? timeZone,
        currency: mapping.currency ?? currency,
        dateFormat: mapping.dateFormat,
      }),
    )
    const list = mapping.list === undefined ? {} : { list: mapping.list }
    doors.set(mapping.name, { source: mapping.name, ...list, read })
  }
  return doors
}

/** Where no source says what customers are known by. */
const USUAL_KEYS = ['crm', 'phone', 'email']

/** Kinds of identity keys that the configuration's sources name. */
function keyKinds({ sources }: Config): Set<string> {
  const named = sources
    .flatMap(rowMappings)
    .flatMap((mapping) =>
      Object.keys(mapping.record === 'customer' ? mapping.fields.keys : (mapping.fields.customer ?? {})),
    )
  return new Set(named.length === 0 ? USUAL_KEYS : named)
}

/** What came in over HTTP and could not be used, to be read again with every pull. */
export function heldSources(parts: Parts): Source[] {
  const { config, store } = parts
  const doors = doorsOf(parts)
  const webhooks = config.sources.filter(({ type }) => type === 'webhook').map(({ name }) => name)
  return [...ingestSources(config.access.ingest), ...webhooks].map((name) =>
    heldSource(name, {
      readerAt: (path) => doors.get(path.slice('/ingest/'.length))?.read ?? null,
      rows: (after, most) => store.sources.quarantined(name, most, after),
    }),
  )
}
