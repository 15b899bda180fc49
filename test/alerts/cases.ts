import type { Alert, AlertState, Verb } from '../../src/alerts/alert.ts'
import { changeOf } from '../../src/alerts/change.ts'
import type { Change, Move, TimerKind } from '../../src/alerts/move.ts'
import { type CaseTerms, dueClocks } from '../../src/alerts/sla.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Assessment, Tier } from '../../src/risk/assessment.ts'
import { settingsFrom } from '../../src/settings/settings.ts'
import type { Reading, SignalName } from '../../src/signals/signal.ts'
import type { WordClass } from '../../src/voice/entry.ts'

export const OPENED = new Date('2026-06-01T06:00:00Z')
export const TERMS: CaseTerms = settingsFrom(new Map(), 'Asia/Shanghai')
export const later = (milliseconds: number): Date => new Date(OPENED.getTime() + milliseconds)
export { DAY, HOUR }

/** A signal that speaks, resting on something `daysAfter` the opening of the case (negative: before it). */
export function fired(signal: SignalName, daysAfter = -1): Reading {
  const at = later(daysAfter * DAY).getTime()
  return { signal, fired: true, strong: false, strength: 0.5, at, basis: [signal], evidence: [] }
}

export function silent(signal: SignalName, daysAfter = -1): Reading {
  return { ...fired(signal, daysAfter), fired: false }
}

/** Churn words of a class, said on the day before the case was opened. */
export function said(wordClass: WordClass): Reading {
  const terms = { terms: ['退款'], sentence: '退款', channel: 'chat', wordClass }
  return { ...fired('words'), evidence: [{ kind: 'quote', voice: 'v', at: later(-DAY).getTime(), ...terms }] }
}

export function judged(
  tier: Tier,
  readings: readonly Reading[] = [fired('words')],
  more: Partial<Assessment> = {},
): Assessment {
  return {
    customer: 'c-1',
    asOf: OPENED.getTime(),
    tier,
    reason: tier === 'routine' ? 'quiet' : 'one-strong-signal',
    signals: readings.filter((reading) => reading.fired).map((reading) => reading.signal),
    score: 0.5,
    priority: 1,
    highValue: false,
    cause: 'unknown',
    readings,
    factors: [],
    profile: 'test',
    model: 'rules',
    horizon: OPENED.getTime(),
    ...more,
  }
}

/** A case as it is opened, or with something else about it. */
export function caseIn(state: AlertState, more: Partial<Alert> = {}): Alert {
  const tier = more.tier ?? 'P1'
  return {
    id: 'alert-1',
    no: 1001,
    customer: 'c-1',
    tier,
    state,
    version: 1,
    trigger: 'risk',
    previous: null,
    assignee: null,
    owner: null,
    escalated: 0,
    course: null,
    openedAt: OPENED,
    claimedAt: null,
    contactedAt: null,
    closedAt: null,
    watchFrom: null,
    watchUntil: null,
    snoozedUntil: null,
    outcome: null,
    assessment: judged(tier),
    due: dueClocks(tier, OPENED, TERMS).map((due) => ({ ...due, missed: false })),
    ...more,
  }
}

/** The case and its other timers after a change was written, as the store does it. */
export function written(
  alert: Alert,
  change: Change,
  timers: readonly Timer[] = [],
): { alert: Alert; timers: Timer[] } {
  const stopped = (kind: TimerKind) => change.stop.includes(kind)
  // The store keeps one timer of a kind and a time.
  const begun = (kind: TimerKind, at: Date) =>
    change.start.some((each) => each.kind === kind && +each.at === +at)
  const due = [
    ...alert.due.filter(({ clock }) => !stopped(`sla-${clock}`)),
    ...change.start.flatMap(({ kind, at }) =>
      isClock(kind) ? [{ clock: clockOf(kind), at, missed: false }] : [],
    ),
  ]
  return {
    alert: { ...alert, ...change.set, state: change.state, version: alert.version + 1, due },
    timers: [
      ...timers.filter(({ kind, at }) => !stopped(kind) && !begun(kind, at)),
      ...change.start.filter(({ kind }) => !isClock(kind)),
    ],
  }
}

export interface Timer {
  readonly kind: TimerKind
  readonly at: Date
}

const isClock = (kind: TimerKind): boolean => kind.startsWith('sla-')
const clockOf = (kind: TimerKind) => kind.slice('sla-'.length) as Alert['due'][number]['clock']

/** The case after a move of lin's, so many hours after it was opened. */
export const move = (alert: Alert, verb: Verb, hours: number, more: Partial<Move> = {}): Alert =>
  written(alert, changeOf(alert, { verb, by: 'lin', at: later(hours * HOUR), ...more }, TERMS)).alert

/** Its running clocks, in hours after it was opened. */
export const hoursDue = (alert: Alert): Record<string, number> =>
  Object.fromEntries(alert.due.map(({ clock, at }) => [clock, (at.getTime() - later(0).getTime()) / HOUR]))
