import type { AlertTier, Assessment } from '../risk/assessment.ts'

/** Where a case stands. The last four are closed. */
export type AlertState =
  | 'open'
  | 'claimed'
  | 'contacted'
  | 'snoozed'
  | 'watch' // marked retained: 30 days of watching
  | 'retained' // the watch ended well
  | 'relapsed' // the watch ended in a new alert
  | 'resolved'
  | 'dismissed'

export const AT_WORK: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed', 'watch']
export const CLOSED: readonly AlertState[] = ['retained', 'relapsed', 'resolved', 'dismissed']

/** What a person (or the clock) does to a case. */
export type Verb =
  | 'claim'
  | 'contacted'
  | 'resolve'
  | 'retained'
  | 'snooze'
  | 'dismiss'
  | 'reassign'
  | 'step'
  | 'wake'
  | 'worsen'
  | 'remind'
  | 'overdue'
  | 'escalate'
  | 'ask'
  | 'release'
  | 'course'
  | 'confirm'
  | 'relapse'

export type RealReason = 'product' | 'service' | 'price' | 'competitor' | 'life-change' | 'moved' | 'other'
export const REAL_REASONS: readonly RealReason[] = [
  'product',
  'service',
  'price',
  'competitor',
  'life-change',
  'moved',
  'other',
]

/** What came of it: the customer stays (starts a watch), is lost, or something else. */
export type Result = 'stays' | 'lost' | 'other'
export const RESULTS: readonly Result[] = ['stays', 'lost', 'other']

/** Written down where what was given is on no list, and in no words. */
export const OTHER_GIFT = 'other'

export interface Outcome {
  readonly result: Result
  readonly reason: RealReason
  /** What was done, in the CSM's words. */
  readonly action: string
  /** What was given: a name of the profile's list, or words; empty: nothing. */
  readonly entitlement: string
  /** Cost of what was granted, minor units of the company's currency. */
  readonly costMinor: number
  /** What the customer answered. */
  readonly reply: string
}

/** How a day of the retained watch goes. */
export type Course = 'warming' | 'flat' | 'cooling' | 'too-early'

export interface Alert {
  readonly id: string
  /** People see A-1042. */
  readonly no: number
  readonly customer: string
  readonly tier: AlertTier
  readonly state: AlertState
  /** Grows with every change; cards carry it, so a late stale edit cannot win. */
  readonly version: number
  /** Why this alert exists: a fresh case, or the relapse of an earlier one. */
  readonly trigger: 'risk' | 'relapse'
  readonly previous: string | null
  /** Who is asked to take it; null: whoever comes first. */
  readonly assignee: string | null
  readonly owner: string | null
  /** How many steps up the chain of leads the case has been told. */
  readonly escalated: number
  /** What the latest day of the retained watch said. */
  readonly course: Course | null
  readonly openedAt: Date
  readonly claimedAt: Date | null
  readonly contactedAt: Date | null
  readonly closedAt: Date | null
  /** When the retained watch began and ends. */
  readonly watchFrom: Date | null
  readonly watchUntil: Date | null
  readonly snoozedUntil: Date | null
  readonly outcome: Outcome | null
  /** The assessment the card shows: the newest one that changed the tier or its reasons. */
  readonly assessment: Assessment
  /** The clocks still running, soonest first. */
  readonly due: readonly DueClock[]
}

export type SlaClock = 'claim' | 'reach' | 'outcome'

export interface DueClock {
  readonly clock: SlaClock
  readonly at: Date
  readonly missed: boolean
}

/** One line of a case's history. */
export interface Action {
  readonly id: string
  readonly alert: string
  readonly at: Date
  /** Person id, or 'foreshock' for the clock and the scorer. */
  readonly by: string
  readonly verb: Verb | 'open' | 'undo'
  readonly from: AlertState | null
  readonly to: AlertState
  /** Chat and channel it came from, e.g. 'console/alerts'. */
  readonly via: string
  readonly note: string
  /** What the verb needs told besides: which clock ran out, which tier became which, until when. */
  readonly detail: ActionDetail
}

export interface ActionDetail {
  readonly clock?: SlaClock
  readonly dueAt?: string
  readonly fromTier?: AlertTier
  readonly toTier?: AlertTier
  readonly until?: string
  /** Person it was handed or told to, and who held it before. */
  readonly to?: string
  readonly held?: string
  readonly course?: Course
  /** The step of the plan that was done. */
  readonly step?: string
  /** The move that was taken back. */
  readonly undone?: Verb
}
