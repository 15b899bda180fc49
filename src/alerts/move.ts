import type { AlertTier, Assessment } from '../risk/assessment.ts'
import type { Alert, AlertState, Course, Outcome, SlaClock, Verb } from './alert.ts'

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
  /** Who a case is handed to. */
  readonly to?: string
  /** The deadline that ran out. */
  readonly missed?: { readonly clock: SlaClock; readonly at: Date }
  readonly course?: Course
  /** The step of the plan that was done. */
  readonly step?: string
}

/**
 * `sla-`: a deadline; `remind-`: a reminder before it; `up-`: overdue so long that it goes one level higher.
 * `stale-`: a claimed case without progress, asked about and then released.
 */
export type TimerKind =
  | `sla-${SlaClock}`
  | `remind-${SlaClock}`
  | `up-${SlaClock}`
  | 'stale-ask'
  | 'stale-release'
  | 'wake'
  | 'watch-end'

/** A timer that has run out. */
export interface DueTimer {
  readonly id: string
  readonly alert: string
  readonly kind: TimerKind
  readonly dueAt: Date
}

/** What is written when a move is made: new values of the case, and its timers. */
export interface Change {
  readonly state: AlertState
  readonly set: Partial<Omit<Alert, 'id' | 'no' | 'version' | 'state' | 'due'>>
  /** Timers that no longer matter: their kinds. */
  readonly stop: readonly TimerKind[]
  readonly start: readonly { readonly kind: TimerKind; readonly at: Date }[]
}
