import type { KeptKind } from '../records/kept.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'

export interface KeepTable {
  /** Rows older than that. */
  older(kind: KeptKind, before: Date): Promise<number>
  /** Erases the oldest of them, at most so many; gives how many it were. */
  erase(kind: KeptKind, before: Date, most: number): Promise<number>
}

export function keepTable(db: Db): KeepTable {
  return {
    older: async (kind, before) => {
      const [row] = await db.$queryRaw<[{ count: number }]>`
        SELECT count(*)::int AS count FROM ${OLD[kind].from} WHERE ${OLD[kind].where(before)}`
      return row.count
    },
    erase: (kind, before, most) => {
      const { from, by, where } = OLD[kind]
      const old = Prisma.sql`SELECT id FROM ${from} WHERE ${where(before)} ORDER BY ${by}, id LIMIT ${most}`
      if (kind !== 'voices') return db.$executeRaw`DELETE FROM ${from} WHERE id IN (${old})`
      // The row keeps its transaction: to the timeline and to who reads voices nothing has changed.
      return db.$executeRaw`
        WITH old AS MATERIALIZED (${old}),
        found AS (DELETE FROM voice_text WHERE id IN (SELECT id FROM old)),
        wished AS (UPDATE voice_reading SET wish = NULL WHERE id IN (SELECT id FROM old) AND wish IS NOT NULL)
        UPDATE feedback SET text = '' WHERE id IN (SELECT id FROM old)`
    },
  }
}

interface Old {
  readonly from: Prisma.Sql
  /** What tells its age. */
  readonly by: Prisma.Sql
  where(before: Date): Prisma.Sql
}

/** A voice that nobody has read yet, and what still waits to be done, is not old. */
const OLD: Readonly<Record<KeptKind, Old>> = {
  voices: {
    from: Prisma.sql`feedback`,
    by: Prisma.sql`at`,
    where: (before) =>
      Prisma.sql`at < ${before} AND text <> '' AND EXISTS (SELECT FROM voice_reading r WHERE r.id = feedback.id)`,
  },
  refused: {
    from: Prisma.sql`quarantine`,
    by: Prisma.sql`at`,
    where: (before) => Prisma.sql`at < ${before}`,
  },
  outbox: {
    from: Prisma.sql`outbox`,
    by: Prisma.sql`created_at`,
    where: (before) => Prisma.sql`created_at < ${before} AND state <> 'queued'`,
  },
}
