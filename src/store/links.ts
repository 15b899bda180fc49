import type { PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { Link } from './identity.ts'
import { jsonText } from './rows.ts'

/** Notes who is to be merged by which key. Two who were linked before, and perhaps split since, stay as they are. */
export async function noteLinks(
  client: PoolClient,
  links: readonly (Link & { readonly source: string })[],
  now: Date,
): Promise<void> {
  if (links.length === 0) return
  const rows = links.map(({ customers: [one, other], key, source }) => ({
    ...{ id: uuidOf('merge', ...[one, other].toSorted()), one, other },
    ...{ kind: key.kind, value: key.value, source },
  }))
  await client.query(
    `INSERT INTO customer_merge (id, stays, absorbed, state, at, by, key_kind, key_value, source, parts, cases, others)
     SELECT DISTINCT ON (l.id) l.id, l.one, l.other, 'waiting', $2::timestamptz, '${FORESHOCK}', l.kind, l.value, l.source, '{}', '{}', '{}'
     FROM jsonb_to_recordset($1::jsonb) AS l(id uuid, one uuid, other uuid, kind text, value text, source text)
     ORDER BY l.id ON CONFLICT (id) DO NOTHING`,
    [jsonText(rows), now],
  )
}
