import type { Action, Alert, AlertState, Outcome } from '../alerts/alert.ts'
import { CLOSED } from '../alerts/alert.ts'
import type { TimerKind } from '../alerts/move.ts'
import type { Cases } from '../alerts/plan.ts'
import type { AlertTier, Assessment } from '../risk/assessment.ts'
import { casesOf, dueOf, lookAt } from './case-row.ts'
import type { Prisma } from './generated/client.ts'
import type { ActionModel, AlertModel, TimerModel } from './generated/models.ts'
import { lateVoices } from './late-voices.ts'
import type { Db } from './rows.ts'
import type { Ask, Statement } from './statement.ts'
import type { Before } from './timers.ts'

export interface NewAlert {
  readonly customer: string
  readonly tier: AlertTier
  readonly trigger: Alert['trigger']
  readonly previous: string | null
  readonly assignee: string | null
  readonly openedAt: Date
  readonly assessment: Assessment
}

export interface AlertTable {
  get(id: string): Promise<Alert | null>
  byNo(no: number): Promise<Alert | null>
  /** The customer's case that is not closed, if any. */
  current(customer: string): Promise<Alert | null>
  lastClosed(customer: string): Promise<Alert | null>
  /** The case a relapse opened after this one. */
  successor(id: string): Promise<Alert | null>
  action(id: string): Promise<Action | null>
  /** The last thing one of these people wrote about a case. */
  lastNote(alert: string, people: readonly string[]): Promise<string | null>
  list(q: {
    states?: readonly AlertState[]
    owner?: string
    customers?: readonly string[]
    openedSince?: Date
  }): Promise<Alert[]>
  /** Every customer, or every one of these, that ever had a case: the one not closed, and the last closed one. */
  cases(customers?: readonly string[]): Promise<Map<string, Cases>>
  /** What nobody could know of who closed the last case of each of these customers, or began its watch. */
  late(customers: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>
  ofCustomer(customer: string): Promise<Alert[]>
  /** How many cases opened since then ask each person; '' counts those that ask nobody. */
  askedSince(since: Date): Promise<Map<string, number>>
  baseline(id: string): Promise<Assessment | null>
  actions(alert: string): Promise<Action[]>
  /** The newest action of a case, with what it can be taken back to. */
  lastAction(alert: string): Promise<{ action: Action; before: Before | null } | null>
  /** The newest action of a person on any case. */
  lastBy(person: string): Promise<Action | null>
}

const ACTION: Statement = {
  name: 'action',
  sql: `SELECT to_jsonb(a) - 'before' - 'request' - 'seq' AS body FROM action a WHERE a.id = $1::uuid`,
}
const LAST_NOTE: Statement = {
  name: 'last-note',
  sql: `SELECT to_jsonb(a.note) AS body FROM action a
    WHERE a.alert = $1::uuid AND a.note <> '' AND a.by IN (SELECT jsonb_array_elements_text($2::jsonb))
    ORDER BY a.seq DESC LIMIT 1`,
}

export function alertTable(db: Db, ask: Ask): AlertTable {
  const one = async (row: AlertModel | null): Promise<Alert | null> =>
    row === null ? null : ((await whole(db, [row]))[0] ?? null)
  return {
    get: async (id) => (await lookAt(ask, { id }))?.alert ?? null,
    byNo: async (no) => (await lookAt(ask, { no }))?.alert ?? null,
    current: async (customer) =>
      one(await db.alert.findFirst({ where: { customer, state: { notIn: [...CLOSED] } } })),
    lastClosed: async (customer) =>
      one(
        await db.alert.findFirst({
          where: { customer, state: { in: [...CLOSED] } },
          orderBy: [{ closedAt: 'desc' }, { no: 'desc' }],
        }),
      ),
    successor: async (id) => one(await db.alert.findFirst({ where: { previous: id } })),
    action: async (id) => {
      const written = await ask<Omit<Action, 'at'> & { at: string }>(ACTION, [id])
      return written === null ? null : { ...written, at: new Date(written.at) }
    },
    lastNote: (alert, people) => ask<string>(LAST_NOTE, [alert, JSON.stringify(people)]),
    list: async ({ states, owner, customers, openedSince }) => {
      const where: Prisma.AlertWhereInput = {}
      if (states !== undefined) where.state = { in: [...states] }
      if (owner !== undefined) where.owner = owner
      if (customers !== undefined) where.customer = { in: [...customers] }
      if (openedSince !== undefined) where.openedAt = { gte: openedSince }
      return whole(db, await db.alert.findMany({ where, orderBy: { no: 'asc' } }))
    },
    cases: async (customers) =>
      byCustomer(
        customers === undefined ? await everyCase(db) : await casesOf(ask, customers, CLOSED),
        await lateVoices(ask, customers),
      ),
    late: (customers) => lateVoices(ask, customers),
    ofCustomer: async (customer) =>
      whole(db, await db.alert.findMany({ where: { customer }, orderBy: { no: 'desc' } })),
    askedSince: async (since) => {
      const groups = await db.alert.groupBy({
        by: ['assignee'],
        where: { openedAt: { gte: since } },
        _count: true,
      })
      return new Map(groups.map(({ assignee, _count }) => [assignee ?? '', _count]))
    },
    baseline: async (id) => {
      const row = await db.alert.findUnique({ where: { id }, select: { baseline: true } })
      return (row?.baseline as unknown as Assessment | null | undefined) ?? null
    },
    actions: async (alert) => {
      const rows = await db.action.findMany({ where: { alert }, orderBy: [{ at: 'asc' }, { seq: 'asc' }] })
      return rows.map(actionOf)
    },
    lastAction: async (alert) => {
      const row = await db.action.findFirst({ where: { alert }, orderBy: { seq: 'desc' } })
      return row === null ? null : { action: actionOf(row), before: row.before as unknown as Before | null }
    },
    lastBy: async (by) => {
      const row = await db.action.findFirst({ where: { by }, orderBy: { seq: 'desc' } })
      return row === null ? null : actionOf(row)
    },
  }
}

function actionOf({ request: _, seq: __, before: ___, ...row }: ActionModel): Action {
  return {
    ...row,
    verb: row.verb as Action['verb'],
    from: row.from as AlertState | null,
    to: row.to as AlertState,
    detail: row.detail as Action['detail'],
  }
}

/** Every case at work, and the last closed one of each customer. */
async function everyCase(db: Db): Promise<Alert[]> {
  const newest = await db.alert.findMany({
    where: { state: { in: [...CLOSED] } },
    orderBy: [{ customer: 'asc' }, { closedAt: 'desc' }, { no: 'desc' }],
    distinct: ['customer'],
  })
  const working = await db.alert.findMany({ where: { state: { notIn: [...CLOSED] } } })
  return [...(await whole(db, newest)), ...(await whole(db, working))]
}

function byCustomer(
  alerts: readonly Alert[],
  late: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, Cases> {
  const cases = new Map<string, Cases>()
  for (const alert of alerts) {
    const own = cases.get(alert.customer) ?? {
      ...{ current: null, lastClosed: null },
      ...(late.has(alert.customer) ? { late: late.get(alert.customer)! } : {}),
    }
    const place = CLOSED.includes(alert.state) ? 'lastClosed' : 'current'
    cases.set(alert.customer, { ...own, [place]: alert })
  }
  return cases
}

/** Rows with their running SLA clocks. */
async function whole(db: Db, rows: readonly AlertModel[]): Promise<Alert[]> {
  if (rows.length === 0) return []
  const timers = await db.timer.findMany({
    where: { alert: { in: rows.map((row) => row.id) }, kind: { startsWith: 'sla-' }, doneAt: null },
    orderBy: { dueAt: 'asc' },
  })
  const byAlert = new Map<string, TimerModel[]>(rows.map((row) => [row.id, []]))
  for (const timer of timers) byAlert.get(timer.alert)!.push(timer)
  return rows.map((row) => alertOf(row, byAlert.get(row.id) ?? []))
}

function alertOf(row: AlertModel, timers: readonly TimerModel[]): Alert {
  const { baseline: _, ...rest } = row
  return {
    ...rest,
    tier: row.tier as AlertTier,
    state: row.state as AlertState,
    trigger: row.trigger as Alert['trigger'],
    course: row.course as Alert['course'],
    outcome: row.outcome as unknown as Outcome | null,
    assessment: row.assessment as unknown as Assessment,
    due: dueOf(timers.map(({ kind, dueAt, firedAt }) => ({ kind: kind as TimerKind, at: dueAt, firedAt }))),
  }
}
