import type { AlertTier } from '../risk/assessment.ts'
import type { Alert, AlertState, SlaClock } from './alert.ts'
import type { Change, Move, TimerKind } from './move.ts'
import type { CaseTerms } from './sla.ts'
import { dueClocks, SLA_CLOCKS, timeAfter } from './sla.ts'

const AWAKE: readonly AlertState[] = ['open', 'claimed', 'contacted']

/**
 * The timers that keep a case moving, set anew after each move: reminders before the deadline that comes next, a
 * question to an owner who shows no progress. A case that sleeps, is watched or is over needs none of them.
 */
export function pace(alert: Alert, change: Change, move: Move, terms: CaseTerms): Change {
  // The clock's own calls change nothing that timers follow.
  if (move.verb === 'remind' || move.verb === 'ask' || move.verb === 'course') return change
  const after: Alert = { ...alert, ...change.set, state: change.state, due: dueAfter(alert, change) }
  const awake = AWAKE.includes(after.state)
  const idle = isIdle(alert, after, move)
  const stop = [...change.stop, ...outlived(after, awake, idle)]
  const asked = idle ? [] : questions(after, move.at, terms)
  const start = awake ? [...reminders(after, move.at, terms), ...asked] : []
  return { ...change, stop, start: [...change.start, ...start] }
}

interface Timed {
  readonly kind: TimerKind
  readonly at: Date
}

/** What a case is opened with: its deadlines, and the reminders before the first of them. */
export function openingTimers(tier: AlertTier, at: Date, terms: CaseTerms): Timed[] {
  const due = dueClocks(tier, at, terms).map((each) => ({ ...each, missed: false }))
  const first = reminders({ tier, due, claimedAt: null, contactedAt: null }, at, terms)
  return [...due.map((each) => ({ kind: `sla-${each.clock}` as const, at: each.at })), ...first]
}

/** The deadline a case works towards now. */
function nextClock(alert: Pick<Alert, 'claimedAt' | 'contactedAt'>): SlaClock {
  if (alert.contactedAt !== null) return 'outcome'
  return alert.claimedAt === null ? 'claim' : 'reach'
}

function reminders(
  alert: Pick<Alert, 'tier' | 'due' | 'claimedAt' | 'contactedAt'>,
  now: Date,
  terms: CaseTerms,
): Timed[] {
  const clock = nextClock(alert)
  const due = alert.due.find((each) => each.clock === clock && !each.missed)
  if (due === undefined) return []
  const whole = terms.sla[alert.tier][clock]
  return [...new Set(terms.reminders)]
    .map((part) => timeAfter(due.at, (part - 1) * whole, alert.tier, terms))
    .filter((at) => at > now)
    .map((at) => ({ kind: `remind-${clock}` as const, at }))
}

/** Timers this move has made pointless. */
function outlived(after: Alert, awake: boolean, idle: boolean): TimerKind[] {
  const remind = SLA_CLOCKS.map((clock) => `remind-${clock}` as const)
  // Who has not been claimed goes on up the chain while the case sleeps.
  const over: TimerKind[] = awake ? [] : ['up-reach', 'up-outcome']
  const met = SLA_CLOCKS.filter((clock) => !after.due.some((due) => due.clock === clock)).map(
    (clock) => `up-${clock}` as const,
  )
  const stale: TimerKind[] = idle ? [] : ['stale-ask', 'stale-release']
  return [...new Set<TimerKind>([...remind, ...over, ...met, ...stale])]
}

function questions(after: Alert, now: Date, terms: CaseTerms): Timed[] {
  if (after.state !== 'claimed') return []
  const hours = terms.stale[after.tier]
  return [
    { kind: 'stale-ask', at: timeAfter(now, hours, after.tier, terms) },
    { kind: 'stale-release', at: timeAfter(now, 2 * hours, after.tier, terms) },
  ]
}

/**
 * True while the same person goes on holding it without progress. A person's move is some, such as a step of the plan that is
 * done; a worse tier gives its own time, in which progress is due.
 */
function isIdle(before: Alert, after: Alert, { by }: Move): boolean {
  const isHeld = before.state === 'claimed' && after.state === 'claimed' && before.owner === after.owner
  return isHeld && by === null && before.tier === after.tier
}

function dueAfter(alert: Alert, { stop, start }: Change): Alert['due'] {
  const kept = alert.due.filter(({ clock }) => !stop.includes(`sla-${clock}`))
  const begun = start.flatMap(({ kind, at }) => {
    const clock = SLA_CLOCKS.find((each) => kind === `sla-${each}`)
    return clock === undefined ? [] : [{ clock, at, missed: false }]
  })
  return [...kept, ...begun]
}
