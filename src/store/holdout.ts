import type { Arm, Draw } from '../alerts/holdout.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { AlertTier, TierReason } from '../risk/assessment.ts'
import { type Db, json } from './rows.ts'

/** Under this name, with their number, whoever is held out stands among the changes. */
export const HELD_OUT = 'held-out '

/** Draws of the holdout: who is scored and not contacted, and who was drawn to be contacted beside them. */
export interface HoldoutTable {
  /** The newest draw since an instant of each of these customers, or of everyone. */
  drawn(since: Date, customers?: readonly string[]): Promise<Map<string, Draw>>
  /** Keeps draws, each customer's once a quarter; whom they hold back is noted in the sealed record. */
  add(draws: readonly Draw[]): Promise<void>
}

/** Rows of one statement. */
const AT_ONCE = 1_000

export function holdoutTable(db: Db, newId: NewId): HoldoutTable {
  return {
    drawn: async (since, customers) => {
      const rows = await db.holdoutDraw.findMany({
        where: {
          at: { gte: since },
          ...(customers === undefined ? {} : { customer: { in: [...customers] } }),
        },
        orderBy: { at: 'asc' },
        omit: { id: true },
      })
      return new Map(rows.map((row) => [row.customer, drawOf(row)]))
    },
    add: async (draws) => {
      for (let start = 0; start < draws.length; start += AT_ONCE) {
        const kept = await db.holdoutDraw.createManyAndReturn({
          data: draws.slice(start, start + AT_ONCE).map((draw) => ({ id: newId(), ...draw })),
          skipDuplicates: true,
        })
        await note(
          db,
          newId,
          kept.filter(({ arm }) => arm === 'held'),
        )
      }
    },
  }
}

type Row = Omit<Draw, 'arm' | 'tier' | 'reason'> & { arm: string; tier: string; reason: string }

/** What was written came from a draw. */
function drawOf(row: Row): Draw {
  return { ...row, arm: row.arm as Arm, tier: row.tier as AlertTier, reason: row.reason as TierReason }
}

async function note(db: Db, newId: NewId, held: readonly Row[]): Promise<void> {
  const customers = await db.customer.findMany({
    where: { id: { in: held.map(({ customer }) => customer) } },
    select: { id: true, no: true },
  })
  const numbers = new Map(customers.map(({ id, no }) => [id, no]))
  await db.settingChange.createMany({
    data: held.map(({ customer, at, tier, reason, period, share, until }) => ({
      id: newId(),
      name: `${HELD_OUT}C-${numbers.get(customer)}`,
      after: json({ why: 'held-out', tier, reason, period, share, until }),
      by: FORESHOCK,
      at,
    })),
  })
}
