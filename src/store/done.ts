import type { Action, AlertState } from '../alerts/alert.ts'
import type { DoneEntry } from '../alerts/done-entry.ts'
import type { Db } from './rows.ts'

export interface DoneQuery {
  /** One case's. */
  readonly alert?: string
  /** One person's. */
  readonly by?: string
}

/** What was done, newest first; `total` of all pages. */
export async function doneEntries(
  db: Db,
  { alert = null, by = null }: { readonly [Key in keyof DoneQuery]?: string | null },
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<{ readonly total: number; readonly entries: readonly DoneEntry[] }> {
  const rows = await db.$queryRaw<Row[]>`
    WITH done AS (
      SELECT a.at, a.by, a.seq, b.no, a.verb, a."from", a."to", a.note, NULL AS name, NULL::jsonb AS before, NULL::jsonb AS after
      FROM action a JOIN alert b ON b.id = a.alert
      WHERE (${alert}::uuid IS NULL OR a.alert = ${alert}::uuid) AND (${by}::text IS NULL OR a.by = ${by}::text)
      UNION ALL
      SELECT s.at, s.by, s.seq, NULL, NULL, NULL, NULL, NULL, s.name, s.before, s.after
      FROM setting_change s WHERE ${alert}::uuid IS NULL AND (${by}::text IS NULL OR s.by = ${by}::text))
    SELECT n.total, d.* FROM (SELECT count(*)::int AS total FROM done) n
    LEFT JOIN (SELECT * FROM done ORDER BY at DESC, seq DESC LIMIT ${take}::int OFFSET ${skip}::int) d ON true
    ORDER BY d.at DESC, d.seq DESC`
  return { total: rows[0]?.total ?? 0, entries: rows.flatMap(entryOf) }
}

interface Row {
  readonly total: number
  /** Null: there is nothing on this page. */
  readonly at: Date | null
  readonly by: string
  /** Null: it is no case's. */
  readonly no: number | null
  readonly verb: Action['verb']
  readonly from: AlertState | null
  readonly to: AlertState
  readonly note: string
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

function entryOf({ at, by, no, verb, from, to, note, name, before, after }: Row): DoneEntry[] {
  if (at === null) return []
  return [
    no === null
      ? { kind: 'change', at, by, name, before, after }
      : { kind: 'case', at, by, no, verb, from, to, note },
  ]
}
