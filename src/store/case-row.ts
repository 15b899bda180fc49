import type { Alert, DueClock, SlaClock } from '../alerts/alert.ts'
import type { Change, TimerKind } from '../alerts/move.ts'
import { SLA_CLOCKS } from '../alerts/sla.ts'
import type { Ask, Statement } from './statement.ts'

/** A case as it stands, with all that moving it needs to know: read in one statement. */
export interface CaseRow {
  readonly alert: Alert
  /** Every timer that still matters, rung or not, by time. */
  readonly timers: readonly RunningTimer[]
  readonly cards: readonly { readonly id: string; readonly chat: string; readonly channel: string }[]
  /** True when this request has moved it already. */
  readonly requested: boolean
}

export interface RunningTimer {
  readonly id: string
  readonly kind: TimerKind
  readonly at: Date
  readonly firedAt: Date | null
}

const look = (where: string): string => `
  SELECT jsonb_build_object(
    'alert', to_jsonb(a) - 'baseline',
    'timers', coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'at', t.due_at, 'firedAt', t.fired_at)
      ORDER BY t.due_at, t.kind) FROM timer t WHERE t.alert = a.id AND t.done_at IS NULL), '[]'),
    'cards', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'chat', c.chat, 'channel', c.channel)
      ORDER BY c.channel) FROM card c WHERE c.alert = a.id), '[]'),
    'requested', EXISTS (SELECT 1 FROM action x WHERE x.request = $2 AND x.alert = a.id)) AS body
  FROM alert a WHERE ${where}`
const BY_ID: Statement = { name: 'case-by-id', sql: look('a.id = $1::uuid') }
const BY_NO: Statement = { name: 'case-by-no', sql: look('a.no = $1::int') }

/** Of each of these customers the case that is not closed, and the one that was closed last: a look-up a customer. */
const OF_CUSTOMERS: Statement = {
  name: 'cases-of',
  sql: `
  SELECT jsonb_agg(a.body) AS body FROM jsonb_array_elements_text($1::jsonb) AS asked (customer) CROSS JOIN LATERAL (
    (${look('a.customer = asked.customer::uuid AND a.state NOT IN (SELECT jsonb_array_elements_text($3::jsonb))')} LIMIT 1)
    UNION ALL
    (${look('a.customer = asked.customer::uuid AND a.state IN (SELECT jsonb_array_elements_text($3::jsonb))')}
      ORDER BY a.closed_at DESC, a.no DESC LIMIT 1)) a`,
}

/** The cases of some customers that deciding about them rests on, at most two each. */
export async function casesOf(
  ask: Ask,
  customers: readonly string[],
  closed: readonly string[],
): Promise<Alert[]> {
  const found = await ask<WrittenCase[]>(OF_CUSTOMERS, [
    JSON.stringify(customers),
    null,
    JSON.stringify(closed),
  ])
  return (found ?? []).map((each) => caseRowOf(each).alert)
}

/** The case with this id or number, and whether a request has moved it; null: there is none. */
export async function lookAt(
  ask: Ask,
  which: { readonly id: string } | { readonly no: number },
  request: string | null = null,
): Promise<CaseRow | null> {
  if ('no' in which && !isCaseNo(which.no)) return null
  const found =
    'id' in which
      ? await ask<WrittenCase>(BY_ID, [which.id, request])
      : await ask<WrittenCase>(BY_NO, [which.no, request])
  return found === null ? null : caseRowOf(found)
}

/** People type numbers no case can have; the database would call them errors. */
function isCaseNo(no: number): boolean {
  return Number.isInteger(no) && no > 0 && no <= 2_147_483_647
}

/** As JSON tells it: columns by their names, instants as text. */
interface WrittenCase {
  readonly alert: Readonly<Record<string, unknown>>
  readonly timers: readonly { id: string; kind: TimerKind; at: string; firedAt: string | null }[]
  readonly cards: CaseRow['cards']
  readonly requested: boolean
}

function caseRowOf({ alert: row, timers: written, cards, requested }: WrittenCase): CaseRow {
  const timers = written.map(({ at, firedAt, ...timer }) => ({
    ...timer,
    at: new Date(at),
    firedAt: firedAt === null ? null : new Date(firedAt),
  }))
  const value = <T>(name: string): T => row[name] as T
  const instant = (name: string): Date | null => (row[name] === null ? null : new Date(value<string>(name)))
  const alert: Alert = {
    id: value('id'),
    no: value('no'),
    customer: value('customer'),
    tier: value('tier'),
    state: value('state'),
    version: value('version'),
    trigger: value('trigger'),
    previous: value('previous'),
    assignee: value('assignee'),
    owner: value('owner'),
    escalated: value('escalated'),
    course: value('course'),
    openedAt: instant('opened_at')!,
    claimedAt: instant('claimed_at'),
    contactedAt: instant('contacted_at'),
    closedAt: instant('closed_at'),
    watchFrom: instant('watch_from'),
    watchUntil: instant('watch_until'),
    snoozedUntil: instant('snoozed_until'),
    outcome: value('outcome'),
    assessment: value('assessment'),
    due: dueOf(timers),
  }
  return { alert, timers, cards, requested }
}

/** The deadlines among a case's timers, soonest first; of those at one time the one that is met first. */
export function dueOf(timers: readonly Omit<RunningTimer, 'id'>[]): DueClock[] {
  return timers
    .filter(({ kind }) => kind.startsWith('sla-'))
    .map(({ kind, at, firedAt }) => ({
      clock: kind.slice('sla-'.length) as SlaClock,
      at,
      missed: firedAt !== null,
    }))
    .sort(
      (a, b) => a.at.getTime() - b.at.getTime() || SLA_CLOCKS.indexOf(a.clock) - SLA_CLOCKS.indexOf(b.clock),
    )
}

/** The table keeps one timer of a kind and a time for a case. */
export function isSameTimer(
  a: { readonly kind: string; readonly at: Date },
  b: { readonly kind: string; readonly at: Date },
): boolean {
  return a.kind === b.kind && a.at.getTime() === b.at.getTime()
}

/** Which running timers a change ends, and which it begins that do not run already. */
export function timersAfter(
  running: readonly RunningTimer[],
  { stop, start }: Pick<Change, 'stop' | 'start'>,
): { readonly ended: readonly string[]; readonly begun: Change['start'] } {
  const goesOn = (timer: RunningTimer): boolean => start.some((each) => isSameTimer(each, timer))
  const waits = running.filter(({ firedAt }) => firedAt === null)
  return {
    ended: running.filter((timer) => stop.includes(timer.kind) && !goesOn(timer)).map(({ id }) => id),
    begun: start.filter((each) => !waits.some((timer) => isSameTimer(timer, each))),
  }
}
