import type { Alert } from '../alerts/alert.ts'
import type { DueTimer, TimerKind } from '../alerts/move.ts'
import type { CaseRow, RunningTimer } from './case-row.ts'
import { isSameTimer } from './case-row.ts'
import type { Db } from './rows.ts'

export interface TimerTable {
  /** Timers that have run out and have not rung, the oldest first. */
  due(now: Date): Promise<DueTimer[]>
  /** Marks a timer as rung; false when it already had been, or no longer matters. */
  fire(timer: string, now: Date): Promise<boolean>
}

export function timerTable(db: Db): TimerTable {
  return {
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
const PLAIN = ['state', 'owner', 'escalated', 'course', 'outcome'] as const
const INSTANTS = ['claimedAt', 'contactedAt', 'closedAt', 'watchFrom', 'watchUntil', 'snoozedUntil'] as const

export function beforeMove({ alert, timers }: CaseRow): Before {
  return {
    alert: Object.fromEntries([...PLAIN, ...INSTANTS].map((name) => [name, alert[name]])),
    timers: timers.map(({ kind, at, firedAt }) => ({
      kind,
      at: at.toISOString(),
      firedAt: firedAt?.toISOString() ?? null,
    })),
  }
}

/** The case as it stood, and what has to happen to its timers for that. */
export function putBack(
  { alert, timers }: CaseRow,
  before: Before,
): {
  readonly alert: Alert
  readonly ended: readonly string[]
  readonly begun: readonly { readonly kind: TimerKind; readonly at: Date; readonly firedAt: Date | null }[]
} {
  const instants = INSTANTS.map((name) => {
    const written = before.alert[name]
    return [name, typeof written === 'string' ? new Date(written) : null]
  })
  const plain = PLAIN.map((name) => [name, before.alert[name] ?? null])
  const stood = before.timers.map(({ kind, at, firedAt }) => ({
    kind,
    at: new Date(at),
    firedAt: firedAt === null ? null : new Date(firedAt),
  }))
  const isSame = (a: Omit<RunningTimer, 'id'>, b: Omit<RunningTimer, 'id'>): boolean =>
    isSameTimer(a, b) && a.firedAt?.getTime() === b.firedAt?.getTime()
  return {
    alert: { ...alert, ...Object.fromEntries([...plain, ...instants]) } as Alert,
    ended: timers.filter((timer) => !stood.some((each) => isSame(each, timer))).map(({ id }) => id),
    begun: stood.filter((each) => !timers.some((timer) => isSame(each, timer))),
  }
}
