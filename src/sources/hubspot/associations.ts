import { at } from '../cells.ts'
import { mappedColumns } from '../row.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { HubspotMapping } from './mapping.ts'

const PREFIX = 'associations.'

/** The objects that the mapping looks up as `associations.contacts`. */
export function associationsIn(mapping: HubspotMapping): { readonly column: string; readonly to: string }[] {
  return mappedColumns(mapping)
    .filter((column) => column.startsWith(PREFIX))
    .map((column) => ({ column, to: column.slice(PREFIX.length) }))
}

/** By object: the id of the one it belongs to, the primary one where there are several. */
export async function associated(
  mapping: HubspotMapping,
  ids: readonly string[],
  ask: Ask,
): Promise<Map<string, Record<string, string>>> {
  const links = new Map<string, Record<string, string>>()
  for (const { column, to } of ids.length === 0 ? [] : associationsIn(mapping)) {
    const answer = await ask({
      path: `/crm/v4/associations/${mapping.object}/${to}/batch/read`,
      body: { inputs: ids.map((id) => ({ id })) },
    })
    for (const result of listIn(answer, 'results')) {
      const from = String(at(result, 'from.id'))
      const linked = mainOf(listIn(result, 'to'))
      if (linked !== null) links.set(from, { ...links.get(from), [column]: linked })
    }
  }
  return links
}

function mainOf(linked: readonly Record<string, unknown>[]): string | null {
  const main = linked.find((one) =>
    listIn(one, 'associationTypes').some(({ label }) => /primary/i.test(String(label))),
  )
  const id = (main ?? linked[0])?.['toObjectId']
  return id === undefined ? null : String(id)
}
