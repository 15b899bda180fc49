import { DAY } from '../clock.ts'
import { isWorse } from '../risk/assessment.ts'
import type { Alert, AlertState, SlaClock } from './alert.ts'
import type { Change, Move, TimerKind } from './move.ts'
import { pace } from './pace.ts'
import type { CaseTerms } from './sla.ts'
import { dueClocks, timeAfter } from './sla.ts'
import { stateAfter } from './transition.ts'

const SLA_TIMERS: readonly TimerKind[] = ['sla-claim', 'sla-reach', 'sla-outcome']

/**
 * What a permitted move does to a case, its reminders included; pure, nothing is written here. A result of "stays"
 * begins the watch exactly as "retained" does, so that nobody counts as kept before 30 days have shown it.
 */
export function changeOf(alert: Alert, move: Move, terms: CaseTerms): Change {
  const change = moved(alert, move, terms)
  const isTakenUp = alert.state === 'snoozed' && (move.verb === 'claim' || move.verb === 'contacted')
  return pace(alert, isTakenUp ? roused(alert, change, move.at, terms) : change, move, terms)
}

function moved(alert: Alert, move: Move, terms: CaseTerms): Change {
  const staying = move.verb === 'resolve' && move.outcome?.result === 'stays'
  if (staying && alert.state === 'watch') {
    // The watch goes on as it was: saying "stays" again neither shortens nor renews it.
    return { state: 'watch', set: { outcome: move.outcome ?? null }, stop: [], start: [] }
  }
  if (staying) return moved(alert, { ...move, verb: 'retained' }, terms)
  const state = stateAfter(move.verb, alert)
  const owner = alert.owner ?? move.by
  switch (move.verb) {
    case 'claim':
      return {
        state,
        set: { owner: move.by, claimedAt: move.at, snoozedUntil: null },
        stop: ['sla-claim', 'wake'],
        start: [],
      }
    case 'contacted':
      return {
        state,
        set: { owner, claimedAt: alert.claimedAt ?? move.at, contactedAt: move.at, snoozedUntil: null },
        stop: ['sla-claim', 'sla-reach', 'wake'],
        start: [],
      }
    case 'retained': {
      const end = new Date(move.at.getTime() + terms.watchDays * DAY)
      return {
        state,
        set: {
          owner,
          claimedAt: alert.claimedAt ?? move.at,
          watchFrom: move.at,
          watchUntil: end,
          course: null,
          snoozedUntil: null,
          ...(move.outcome === undefined ? {} : { outcome: move.outcome }),
        },
        stop: [...SLA_TIMERS, 'wake'],
        start: [{ kind: 'watch-end', at: end }],
      }
    }
    case 'resolve':
      return {
        state,
        set: { owner, closedAt: move.at, outcome: move.outcome ?? null, snoozedUntil: null },
        stop: [...SLA_TIMERS, 'wake', 'watch-end'],
        start: [],
      }
    case 'dismiss':
      return {
        state,
        set: { closedAt: move.at, snoozedUntil: null },
        stop: [...SLA_TIMERS, 'wake'],
        start: [],
      }
    case 'snooze':
      return snoozed(alert, move, state, terms)
    case 'wake':
      return { state, set: { snoozedUntil: null }, stop: ['wake'], start: [] }
    case 'worsen':
      return worsened(alert, move, terms)
    case 'reassign':
      return {
        state,
        set: { owner: move.to!, claimedAt: alert.claimedAt ?? move.at },
        stop: ['sla-claim'],
        start: [],
      }
    case 'overdue':
      return overdue(alert, move, terms)
    case 'escalate':
      return { state, set: { escalated: alert.escalated + 1 }, stop: [], start: [] }
    case 'step':
    case 'remind':
    case 'ask':
      return { state, set: {}, stop: [], start: [] }
    case 'release':
      return released(alert, move, terms, state)
    case 'course':
      return { state, set: { course: move.course ?? null }, stop: [], start: [] }
    case 'confirm':
    case 'relapse':
      return { state, set: { closedAt: move.at }, stop: ['watch-end'], start: [] }
  }
}

/** A missed deadline is told the lead now, and one level higher if it stays missed. */
function overdue(alert: Alert, move: Move, terms: CaseTerms): Change {
  const { clock, at } = move.missed!
  const higher = timeAfter(at, terms.escalateAfter * terms.sla[alert.tier][clock], alert.tier, terms)
  const start = [{ kind: `up-${clock}` as const, at: higher }]
  return { state: alert.state, set: { escalated: Math.max(1, alert.escalated) }, stop: [], start }
}

/** Back to the team, with a fresh time to be claimed in. */
function released(alert: Alert, move: Move, terms: CaseTerms, state: AlertState): Change {
  const claim = timeAfter(move.at, terms.sla[alert.tier].claim, alert.tier, terms)
  return {
    state,
    set: { owner: null, claimedAt: null },
    stop: ['sla-claim'],
    start: [{ kind: 'sla-claim', at: claim }],
  }
}

/**
 * Clocks that would ring while the case sleeps, or so soon after that nobody could take it up first, count anew from its
 * waking; that somebody takes it up is not put off.
 */
function snoozed(alert: Alert, move: Move, state: AlertState, terms: CaseTerms): Change {
  const until = move.until ?? move.at
  const soonest = timeAfter(until, terms.sla[alert.tier].claim, alert.tier, terms)
  const late = alert.due.filter((due) => due.clock !== 'claim' && !due.missed && due.at < soonest)
  const putOff = dueClocks(alert.tier, until, terms)
    .filter(({ clock }) => late.some((due) => due.clock === clock))
    .map(timerOf)
  return {
    state,
    set: { snoozedUntil: until },
    stop: putOff.map(({ kind }) => kind),
    start: [{ kind: 'wake', at: until }, ...putOff],
  }
}

/** Whoever takes up a case that slept has its tier's time from now on for what was put off, not until it would have woken. */
function roused(alert: Alert, change: Change, at: Date, terms: CaseTerms): Change {
  const put = sooner(alert, alert.tier, at, terms)
  const still = put.map(timerOf).filter(({ kind }) => !change.stop.includes(kind))
  return {
    ...change,
    stop: [...change.stop, ...still.map(({ kind }) => kind)],
    start: [...change.start, ...still],
  }
}

/** Deadlines that would ring sooner were they counted from now; of a clock that does not run, where `isDue`. */
function sooner(
  { due }: Alert,
  tier: Alert['tier'],
  from: Date,
  terms: CaseTerms,
  isDue: (clock: SlaClock) => boolean = () => false,
): { readonly clock: SlaClock; readonly at: Date }[] {
  const running = new Map(due.filter(({ missed }) => !missed).map(({ clock, at }) => [clock, at]))
  return dueClocks(tier, from, terms).filter(({ clock, at }) => {
    const before = running.get(clock)
    return before === undefined ? isDue(clock) : at < before
  })
}

const timerOf = ({ clock, at }: { readonly clock: SlaClock; readonly at: Date }) => ({
  kind: `sla-${clock}` as const,
  at,
})

/**
 * A worse tier asks for another call, within its own time, also of who was reached before: its clocks count from now, and
 * so do those that were met or missed; whoever holds the case is not asked to claim it. A case that slept gets its own
 * clocks back. A running clock rings at the sooner of the two times.
 */
function worsened(alert: Alert, move: Move, terms: CaseTerms): Change {
  const tier = move.tier ?? alert.tier
  const slept = alert.state === 'snoozed'
  const isWorseNow = isWorse(tier, alert.tier)
  const told = isWorseNow ? { ...alert, contactedAt: null } : alert
  const set = {
    tier,
    assessment: move.assessment ?? alert.assessment,
    snoozedUntil: null,
    contactedAt: told.contactedAt,
  }
  if (!isWorseNow && !slept) return { state: alert.state, set, stop: [], start: [] }
  const isDue = (clock: SlaClock): boolean => isWorseNow && (clock !== 'claim' || alert.owner === null)
  const anew = sooner(alert, tier, move.at, terms, isDue)
  return {
    state: stateAfter('worsen', told),
    set,
    // Of a deadline that was missed, the next level up is told by its new one.
    stop: ['wake', ...anew.flatMap(({ clock }) => [`sla-${clock}` as const, `up-${clock}` as const])],
    start: anew.map(timerOf),
  }
}
