import { isObject } from '../cells.ts'
import { mappedColumns } from '../row.ts'
import type { Ask } from '../vendor/account.ts'
import { type Keyset, keysetOf, settled } from '../vendor/keyset.ts'
import { listIn } from '../vendor/list.ts'
import { isWanted } from '../vendor/only.ts'
import type { Page, Stream } from '../vendor/stream.ts'
import { associated, associationsIn } from './associations.ts'
import type { HubspotMapping } from './mapping.ts'
import { SEARCHED, turn } from './turn.ts'

export interface Found {
  readonly id: string
  readonly changed: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Every object that changed, oldest change first. */
export function changedObjects(mapping: HubspotMapping, now: () => Date): Stream {
  return {
    name: mapping.object,
    kinds: [mapping.object],
    pages: (mark, ask) => changes(mapping, now(), keysetOf(mark, mapping.since), ask),
  }
}

async function* changes(mapping: HubspotMapping, began: Date, from: Keyset, ask: Ask): AsyncGenerator<Page> {
  let keyset: Keyset | null = from
  while (keyset !== null) {
    const at: Keyset = keyset
    const found = await search(mapping, at, ask)
    const { take, next } = turn(found, at)
    const taken = found.slice(0, take)
    const reached = { since: taken.at(-1)?.changed ?? at.since }
    keyset = next
    yield await pageOf(mapping, taken, next ?? settled(reached, began), ask)
  }
}

/** One search, sorted. @throws ForeshockError SOURCE_FAILED */
export async function search(mapping: HubspotMapping, { since, above }: Keyset, ask: Ask): Promise<Found[]> {
  const changed = changedProperty(mapping.object)
  const filters =
    above !== undefined
      ? [
          { propertyName: changed, operator: 'EQ', value: String(Date.parse(since!)) },
          { propertyName: 'hs_object_id', operator: 'GT', value: above },
        ]
      : since === null
        ? []
        : [{ propertyName: changed, operator: 'GTE', value: String(Date.parse(since)) }]
  const answer = await ask({
    path: `/crm/v3/objects/${mapping.object}/search`,
    body: {
      filterGroups: filters.length === 0 ? [] : [{ filters }],
      sorts: [{ propertyName: above === undefined ? changed : 'hs_object_id', direction: 'ASCENDING' }],
      properties: [changed, 'hs_object_id', ...wantedProperties(mapping)],
      limit: SEARCHED,
    },
  })
  return listIn(answer, 'results').map((one) => {
    const properties = isObject(one['properties']) ? one['properties'] : {}
    const written = String(properties[changed] ?? one['updatedAt'])
    return { id: String(one['id']), changed: new Date(written).toISOString(), properties }
  })
}

/** Contacts alone call it otherwise. */
export function changedProperty(object: string): string {
  return object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate'
}

/** Properties that the mapping reads, each once. */
export function wantedProperties(mapping: HubspotMapping): string[] {
  const columns = [...mappedColumns(mapping), ...Object.keys(mapping.only ?? {})]
  const linked = new Set(associationsIn(mapping).map(({ column }) => column))
  return [...new Set(columns)].filter((column) => !linked.has(column))
}

async function pageOf(
  mapping: HubspotMapping,
  found: readonly Found[],
  mark: Keyset,
  ask: Ask,
): Promise<Page> {
  const wanted = found.filter(({ properties }) => isWanted(properties, mapping.only))
  const links = await associated(
    mapping,
    wanted.map(({ id }) => id),
    ask,
  )
  const kept = new Set(wanted.map(({ id }) => id))
  return {
    rows: wanted.map(({ id, properties }) => ({
      kind: mapping.object,
      id,
      value: { ...properties, ...links.get(id) },
    })),
    gone: found.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
    mark: { ...mark },
  }
}
