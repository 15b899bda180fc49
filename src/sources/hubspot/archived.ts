import { HOUR } from '../../clock.ts'
import { at, isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { Mark, Page, Stream } from '../vendor/stream.ts'
import type { HubspotMapping } from './mapping.ts'

/** The archive can only be listed whole, so it is looked through once a day. HubSpot keeps it for 90 days. */
const EVERY_MS = 20 * HOUR

/** Objects that were archived, whose events and voices go. */
export function archivedObjects(mapping: HubspotMapping, now: () => Date): Stream {
  const name = `archived ${mapping.object}`
  return { name, kinds: [mapping.object], pages: (mark, ask) => archive(mapping.object, mark, now(), ask) }
}

async function* archive(object: string, mark: Mark | null, now: Date, ask: Ask): AsyncGenerator<Page> {
  const { after: left = null, seen = null } = (mark ?? {}) as { after?: string; seen?: string }
  if (left === null && seen !== null && now.getTime() - Date.parse(seen) < EVERY_MS) return
  for (let after = left; ; ) {
    const query = { archived: 'true', limit: 100, ...(after === null ? {} : { after }) }
    const answer = await ask({ path: `/crm/v3/objects/${object}`, query })
    const gone = listIn(answer, 'results').map(({ id }) => String(id))
    const next = isObject(answer) ? at(answer, 'paging.next.after') : undefined
    after = next === undefined ? null : String(next)
    yield { rows: [], gone, mark: after === null ? { seen: now.toISOString() } : { after } }
    if (after === null) return
  }
}
