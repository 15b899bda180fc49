import type { StaffCall } from '../alerts/calls.ts'
import type { Db } from './rows.ts'

/** What people were to hear of, and whom no chat told. */
export interface MailedTable {
  /** Actions since then that call somebody, whose case each is of and how it stands in the chats, the oldest first. */
  calls(since: Date): Promise<StaffCall[]>
  /** Notes that a person is written to about these actions; gives those that nobody had noted before. */
  note(person: string, actions: readonly string[], notice: string, now: Date): Promise<string[]>
  /** Forgets what was noted before then. */
  forget(before: Date): Promise<void>
}

export function mailedTable(db: Db): MailedTable {
  return {
    calls: (since) => db.$queryRaw<StaffCall[]>`
      WITH called AS (
        SELECT x.id, x.at, x.seq, x.verb, x.detail, a.id AS alert, a.no, a.tier, a.state, a.assessment->>'reason' AS reason,
          c.no AS "customerNo", coalesce(x.detail->>'to', CASE WHEN x.verb = 'open' THEN a.assignee ELSE a.owner END, a.assignee) AS person
        FROM action x JOIN alert a ON a.id = x.alert JOIN customer c ON c.id = a.customer
        WHERE x.at > ${since} AND x.verb IN ('open', 'worsen', 'reassign', 'remind', 'overdue', 'escalate', 'ask'))
      SELECT k.id::text AS action, k.at, k.verb, k.no, k.tier, k.state, k.reason, k."customerNo", k.person,
        k.detail->>'clock' AS clock, (k.detail->>'dueAt')::timestamptz AS "dueAt", coalesce(p.places, '[]') AS places
      FROM called k CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('chat', d.chat, 'state',
          CASE WHEN k.verb = 'open' AND d.message IS NOT NULL THEN 'sent' ELSE coalesce(o.state, 'queued') END)) AS places
        FROM card d LEFT JOIN outbox o ON o.card = d.id AND CASE WHEN k.verb = 'open'
          THEN o.dedupe = 'card:' || d.id || ':v1' ELSE o.dedupe = 'reply:' || d.id || ':' || k.id END
        WHERE d.alert = k.alert) p
      WHERE k.person IS NOT NULL
        AND NOT EXISTS (SELECT FROM mailed_call m WHERE m.action = k.id AND m.person = k.person)
      ORDER BY k.at, k.seq`,
    note: async (person, actions, notice, at) => {
      const noted = await db.mailedCall.createManyAndReturn({
        data: actions.map((action) => ({ action, person, notice, at })),
        skipDuplicates: true,
      })
      return noted.map(({ action }) => action)
    },
    forget: async (before) => {
      await db.mailedCall.deleteMany({ where: { at: { lt: before } } })
    },
  }
}
