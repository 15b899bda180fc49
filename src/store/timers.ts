import type { Alert } from '../alerts/alert.ts'
import type { DueTimer, TimerKind } from '../alerts/move.ts'
import type { NewId } from '../ids.ts'
import { Prisma } from './generated/client.ts'
import type { AlertModel } from './generated/models.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

export interface TimerTable {
  start(alert: string, timers: readonly { kind: TimerKind; at: Date }[]): Promise<void>
  /** Timers that have run out and have not rung, the oldest first. */
  due(now: Date): Promise<DueTimer[]>
  /** Marks a timer as rung; false when it already had been, or no longer matters. */
  fire(timer: string, now: Date): Promise<boolean>
}

export function timerTable(db: Db, newId: NewId): TimerTable {
  return {
    start: (alert, timers) => startTimers(db, newId, alert, timers),
    due: async (now) => {
      const rows = await db.timer.findMany({
        where: { dueAt: { lte: now }, firedAt: null, doneAt: null },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(({ id, alert, kind, dueAt }) => ({ id, alert, kind: kind as TimerKind, dueAt }))
    },
    fire: async (timer, now) => {
      const { count } = await db.timer.updateMany({
        where: { id: timer, firedAt: null, doneAt: null },
        data: { firedAt: now },
      })
      return count === 1
    },
  }
}

export async function stopTimers(
  db: Db,
  alert: string,
  kinds: readonly TimerKind[],
  at: Date,
): Promise<void> {
  if (kinds.length === 0) return
  await db.timer.updateMany({
    where: { alert, kind: { in: [...kinds] }, doneAt: null },
    data: { doneAt: at },
  })
}

/** One statement, however many: a case starts several at once, and one that ran before runs again. */
export async function startTimers(
  db: Db,
  newId: NewId,
  alert: string,
  timers: readonly { kind: TimerKind; at: Date; firedAt?: Date | null }[],
): Promise<void> {
  if (timers.length === 0) return
  const rows = timers.map(
    ({ kind, at, firedAt = null }) =>
      Prisma.sql`(${newId()}::uuid, ${alert}::uuid, ${kind}, ${at}::timestamptz, ${firedAt}::timestamptz)`,
  )
  await db.$executeRaw`
    INSERT INTO timer (id, alert, kind, due_at, fired_at) VALUES ${Prisma.join(rows)}
    ON CONFLICT (alert, kind, due_at) DO UPDATE SET done_at = NULL, fired_at = excluded.fired_at`
}

/** How a case and its timers stood before a move: kept with the action, so that it can be taken back. */
export interface Before {
  readonly alert: Record<string, unknown>
  readonly timers: readonly {
    readonly kind: TimerKind
    readonly at: string
    readonly firedAt: string | null
  }[]
}

/** What a person's move can change, and taking it back must restore. */
const RESTORED = [
  'state',
  'owner',
  'escalated',
  'course',
  'claimedAt',
  'contactedAt',
  'closedAt',
  'watchFrom',
  'watchUntil',
  'snoozedUntil',
] as const

export async function beforeMove(db: Db, alert: Alert): Promise<Before> {
  const timers = await db.timer.findMany({ where: { alert: alert.id, doneAt: null } })
  return {
    alert: Object.fromEntries([...RESTORED.map((name) => [name, alert[name]]), ['outcome', alert.outcome]]),
    timers: timers.map(({ kind, dueAt, firedAt }) => ({
      kind: kind as TimerKind,
      at: dueAt.toISOString(),
      firedAt: firedAt?.toISOString() ?? null,
    })),
  }
}

export async function restore(
  db: Db,
  newId: NewId,
  alert: Alert,
  before: Before,
  at: Date,
): Promise<AlertModel | null> {
  const { outcome, ...plain } = before.alert
  const data = {
    ...(plain as Prisma.AlertUpdateManyMutationInput),
    outcome: outcome === null ? Prisma.DbNull : json(outcome),
    version: alert.version + 1,
  }
  const { count } = await db.alert.updateMany({ where: { id: alert.id, version: alert.version }, data })
  if (count === 0) return null
  await db.timer.updateMany({ where: { alert: alert.id, doneAt: null }, data: { doneAt: at } })
  const timers = before.timers.map((timer) => ({
    kind: timer.kind,
    at: new Date(timer.at),
    firedAt: timer.firedAt === null ? null : new Date(timer.firedAt),
  }))
  await startTimers(db, newId, alert.id, timers)
  return db.alert.findUnique({ where: { id: alert.id } })
}
