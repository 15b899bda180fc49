import { DAY } from '../clock.ts'
import type { AlertTier, Assessment } from '../risk/assessment.ts'
import type { Alert, AlertState, Outcome, SlaClock, Verb } from './alert.ts'
import type { CaseTerms } from './sla.ts'
import { dueClocks } from './sla.ts'
import { stateAfter } from './transition.ts'

/** What a verb carries besides its name. */
export interface Move {
  readonly verb: Verb
  /** Person id; null: the program itself. */
  readonly by: string | null
  readonly at: Date
  readonly until?: Date
  readonly outcome?: Outcome
  /** The newer assessment of a case that got worse. */
  readonly assessment?: Assessment
  readonly tier?: AlertTier
}

export type TimerKind = `sla-${SlaClock}` | 'wake' | 'watch-end'

/** What is written when a move is made: new values of the case, and its timers. */
export interface Change {
  readonly state: AlertState
  readonly set: Partial<Omit<Alert, 'id' | 'no' | 'version' | 'state' | 'due'>>
  /** Timers that no longer matter: their kinds. */
  readonly stop: readonly TimerKind[]
  readonly start: readonly { readonly kind: TimerKind; readonly at: Date }[]
}

const SLA_TIMERS: readonly TimerKind[] = ['sla-claim', 'sla-reach', 'sla-outcome']

/**
 * What a permitted move does to a case; pure, nothing is written here. A result of "stays" begins the watch
 * exactly as "retained" does, so that nobody counts as kept before 30 days have shown it.
 */
export function changeOf(alert: Alert, move: Move, terms: CaseTerms): Change {
  const staying = move.verb === 'resolve' && move.outcome?.result === 'stays'
  if (staying && alert.state === 'watch') {
    // The watch goes on as it was: saying "stays" again neither shortens nor renews it.
    return { state: 'watch', set: { outcome: move.outcome ?? null }, stop: [], start: [] }
  }
  if (staying) {
    const watch = changeOf(alert, { ...move, verb: 'retained' }, terms)
    return { ...watch, set: { ...watch.set, outcome: move.outcome ?? null } }
  }
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
          snoozedUntil: null,
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
      return snoozed(alert, move, state)
    case 'wake':
      return { state, set: { snoozedUntil: null }, stop: ['wake'], start: [] }
    case 'worsen':
      return worsened(alert, move, terms)
    case 'overdue':
      return { state, set: {}, stop: [], start: [] }
    case 'confirm':
    case 'relapse':
      return { state, set: { closedAt: move.at }, stop: ['watch-end'], start: [] }
  }
}

/** Clocks that would ring while the case sleeps ring when it wakes instead. */
function snoozed(alert: Alert, move: Move, state: AlertState): Change {
  const until = move.until ?? move.at
  const late = alert.due.filter((due) => !due.missed && due.at < until)
  return {
    state,
    set: { snoozedUntil: until },
    stop: late.map((due) => `sla-${due.clock}` as const),
    start: [
      { kind: 'wake', at: until },
      ...late.map((due) => ({ kind: `sla-${due.clock}` as const, at: until })),
    ],
  }
}

/**
 * A worse tier brings its clocks, counted from now, and a case that slept gets its own back: each running clock
 * rings at the sooner of the two times. A clock already met or missed stays so.
 */
function worsened(alert: Alert, move: Move, terms: CaseTerms): Change {
  const tier = move.tier ?? alert.tier
  const slept = alert.state === 'snoozed'
  const state = slept ? stateAfter('wake', alert) : alert.state
  const set = { tier, assessment: move.assessment ?? alert.assessment, snoozedUntil: null }
  if (tier === alert.tier && !slept) return { state, set, stop: [], start: [] }
  const running = new Map(alert.due.filter((due) => !due.missed).map((due) => [due.clock, due.at]))
  const sooner = dueClocks(tier, move.at, terms.sla).filter(
    ({ clock, at }) => at < (running.get(clock) ?? at),
  )
  return {
    state,
    set,
    stop: ['wake', ...sooner.map((due) => `sla-${due.clock}` as const)],
    start: sooner.map((due) => ({ kind: `sla-${due.clock}` as const, at: due.at })),
  }
}
