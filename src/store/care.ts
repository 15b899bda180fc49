import type { CareKind, Piece } from '../alerts/care.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { Cause } from '../risk/assessment.ts'
import type { CareModel } from './generated/models.ts'
import type { Db } from './rows.ts'

/** A piece of care as it is kept. */
export interface KeptPiece extends Piece {
  /** Its key: sent again, the receiver knows it by it. */
  readonly id: string
  readonly batch: string
  readonly at: Date
  /** When the receiver had it; null: not yet. */
  readonly leftAt: Date | null
}

/** How a customer can be reached by what is not ours. */
export interface Address {
  readonly no: number
  readonly name: string | null
  /** As a source wrote it: `zh`, `en-GB`. */
  readonly language: string | null
  readonly keys: Readonly<Record<string, string>>
}

export interface CareTable {
  /** Keeps pieces, each occasion of a customer once; gives those that are new. `together`: all of them leave as one. */
  add(pieces: readonly Piece[], together: boolean, now: Date): Promise<KeptPiece[]>
  /** Pieces decided on since then. */
  countSince(at: Date): Promise<number>
  /** The last piece of each of these customers and of who became part of them, and every occasion that was one. */
  before(
    customers: readonly string[],
  ): Promise<Map<string, { readonly lastAt: Date; readonly occasions: ReadonlySet<string> }>>
  /** Of customers by their numbers, in that order: who may be written to at `now`, is in no case and was sent nothing since. */
  reminderDue(numbers: readonly number[], since: Date, now: Date, limit: number): Promise<string[]>
  /** What of a batch has still to leave. */
  waitingIn(batch: string): Promise<KeptPiece[]>
  addresses(customers: readonly string[]): Promise<Map<string, Address>>
  /** The receiver has them; gives those it had not before. */
  left(ids: readonly string[], now: Date): Promise<KeptPiece[]>
  withhold(ids: readonly string[], why: string): Promise<void>
  /** When the first care of a case left; null: it has not. */
  firstLeft(alert: string): Promise<Date | null>
  /** When any last left for a customer; null: none ever has. */
  lastLeft(customer: string): Promise<Date | null>
  /** Pieces that left in some time. */
  countLeft(from: Date, to: Date): Promise<number>
  /** Times people reached a customer in it, or did one of these steps of the plan; what was taken back does not count. */
  countByHand(from: Date, to: Date, steps: readonly string[]): Promise<number>
}

export function careTable(db: Db, newId: NewId): CareTable {
  const waiting = { leftAt: null, withheld: null }
  return {
    add: async (pieces, together, now) => {
      const batch = newId()
      const data = pieces.map((piece) => {
        const id = newId()
        return { ...piece, id, batch: together ? batch : id, at: now }
      })
      return (await db.care.createManyAndReturn({ data, skipDuplicates: true })).map(pieceOf)
    },
    countSince: (at) => db.care.count({ where: { at: { gte: at } } }),
    before: async (customers) => {
      const rows = await db.$queryRaw<{ customer: string; lastAt: Date; occasions: string[] }[]>`
        WITH own AS (
          SELECT id, id AS part FROM unnest(${[...customers]}::uuid[]) AS c (id)
          UNION SELECT p.customer, p.id FROM customer_part p WHERE p.customer = ANY (${[...customers]}::uuid[]))
        SELECT o.id::text AS customer, max(k.at) AS "lastAt", array_agg(k.occasion) AS occasions
        FROM own o JOIN care k ON k.customer = o.part GROUP BY o.id`
      return new Map(
        rows.map(({ customer, lastAt, occasions }) => [customer, { lastAt, occasions: new Set(occasions) }]),
      )
    },
    reminderDue: async (numbers, since, now, limit) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT c.id::text AS id FROM unnest(${[...numbers]}::int[]) WITH ORDINALITY AS w (no, place)
        JOIN customer c ON c.no = w.no
        WHERE c.contact_consent
          AND NOT EXISTS (SELECT FROM holdout_draw h WHERE h.customer = c.id AND h.arm = 'held' AND h.until > ${now})
          AND NOT EXISTS (SELECT FROM care k WHERE k.at > ${since}
            AND (k.customer = c.id OR k.customer IN (SELECT p.id FROM customer_part p WHERE p.customer = c.id)))
          AND NOT EXISTS (SELECT FROM alert a WHERE a.customer = c.id
            AND a.state IN ('open', 'claimed', 'contacted', 'snoozed', 'watch'))
        ORDER BY w.place LIMIT ${limit}`
      return rows.map(({ id }) => id)
    },
    waitingIn: async (batch) =>
      (await db.care.findMany({ where: { batch, ...waiting }, orderBy: { id: 'asc' } })).map(pieceOf),
    addresses: async (customers) => {
      const rows = await db.$queryRaw<(Address & { id: string })[]>`
        SELECT c.id::text AS id, c.no, c.name, c.language,
          coalesce(jsonb_object_agg(k.kind, k.value ORDER BY k.value DESC) FILTER (WHERE k.kind IS NOT NULL), '{}') AS keys
        FROM customer c LEFT JOIN customer_key k ON k.customer = c.id
        WHERE c.id = ANY (${[...customers]}::uuid[]) GROUP BY c.id`
      return new Map(rows.map(({ id, ...address }) => [id, address]))
    },
    left: async (ids, now) =>
      (
        await db.care.updateManyAndReturn({
          where: { id: { in: [...ids] }, leftAt: null },
          data: { leftAt: now },
        })
      ).map(pieceOf),
    withhold: async (ids, why) => {
      await db.care.updateMany({ where: { id: { in: [...ids] }, ...waiting }, data: { withheld: why } })
    },
    firstLeft: async (alert) =>
      (
        await db.care.findFirst({
          where: { alert, kind: 'first', leftAt: { not: null } },
          select: { leftAt: true },
        })
      )?.leftAt ?? null,
    lastLeft: async (customer) => {
      const [row] = await db.$queryRaw<[{ leftAt: Date | null }]>`
        SELECT max(left_at) AS "leftAt" FROM care
        WHERE customer = ${customer}::uuid OR customer IN (SELECT p.id FROM customer_part p WHERE p.customer = ${customer}::uuid)`
      return row.leftAt
    },
    countLeft: (from, to) => db.care.count({ where: { leftAt: { gte: from, lt: to } } }),
    countByHand: async (from, to, steps) => {
      const [row] = await db.$queryRaw<[{ count: number }]>`
        WITH done AS (
          SELECT verb, by, at, detail, lead(verb) OVER (PARTITION BY alert ORDER BY seq) AS next FROM action WHERE at >= ${from})
        SELECT count(*)::int AS count FROM done
        WHERE at < ${to} AND by <> ${FORESHOCK} AND next IS DISTINCT FROM 'undo'
          AND (verb = 'contacted' OR (verb = 'step' AND detail->>'step' = ANY (${[...steps]}::text[])))`
      return row.count
    },
  }
}

function pieceOf({ withheld: _, ...row }: CareModel): KeptPiece {
  return { ...row, kind: row.kind as CareKind, cause: row.cause as Cause }
}
