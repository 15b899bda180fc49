import type { PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'

/** Takes events and voices away that are no more where they came from. Everything here must run inside a transaction. */

const TABLES = ['event', 'feedback'] as const
type Table = (typeof TABLES)[number]

/** Removes rows by their source's ids, `4711/` all that begin so; returns how many there were. */
export async function removeGone(
  client: PoolClient,
  embedded: boolean,
  source: string,
  gone: readonly string[],
): Promise<number> {
  if (gone.length === 0) return 0
  const ids = gone.filter((id) => !id.endsWith('/')).map((id) => uuidOf(source, id))
  const heads = gone.filter((id) => id.endsWith('/')).map((id) => id.slice(0, -1))
  let removed = 0
  for (const table of TABLES) {
    const { rows } = await client.query<[id: string]>({
      text: `SELECT id FROM ${table} WHERE id = ANY ($1::uuid[])${heads.length === 0 ? '' : below(table)}`,
      values: heads.length === 0 ? [ids] : [ids, source, heads],
      rowMode: 'array',
    })
    await remove(
      client,
      embedded,
      table,
      rows.map(([id]) => id),
    )
    removed += rows.length
  }
  return removed
}

/** As the index of ids with a slash has it. */
const below = (table: Table): string => `
  UNION SELECT id FROM ${table} WHERE source = $2 AND source_id LIKE '%/%' AND split_part(source_id, '/', 1) = ANY ($3)`

/** Removes what a scope held and no longer does. Looks at every table before removing from any: a refusal leaves all as it was. */
export async function retire(
  client: PoolClient,
  embedded: boolean,
  source: string,
  scope: string,
  seen: ReadonlySet<string>,
): Promise<number> {
  const lost: { table: Table; ids: string[] }[] = []
  for (const table of TABLES) {
    const { rows } = await client.query<[id: string, sourceId: string]>({
      text: `SELECT id, source_id FROM ${table} WHERE source = $1 AND starts_with(source_id, $2)`,
      values: [source, `${scope}:`],
      rowMode: 'array',
    })
    const ids = rows.filter(([, sourceId]) => !seen.has(sourceId)).map(([id]) => id)
    lost.push({ table, ids })
  }
  for (const { table, ids } of lost) await remove(client, embedded, table, ids)
  return lost.reduce((sum, { ids }) => sum + ids.length, 0)
}

/** What was read out of a voice goes with it. */
const forgotten = (incoming: string): string =>
  ['voice_reading', 'voice_text']
    .map(
      (read) =>
        `, forgotten_${read} AS (DELETE FROM ${read} WHERE id = ANY (ARRAY (SELECT id FROM ${incoming})))`,
    )
    .join('')

async function remove(
  client: PoolClient,
  embedded: boolean,
  table: Table,
  ids: readonly string[],
): Promise<void> {
  const id: Column<string> = { name: 'id', type: 'uuid', of: (each) => each }
  for (const page of pages(ids)) {
    await overRows(
      client,
      embedded,
      [id],
      page,
      (incoming) => `
        ${table === 'feedback' ? forgotten(incoming) : ''}
        , removed AS (DELETE FROM ${table} WHERE id = ANY (ARRAY (SELECT id FROM ${incoming})) RETURNING customer)
        INSERT INTO customer_touched (customer) SELECT DISTINCT customer FROM removed WHERE customer IS NOT NULL`,
    )
  }
}
