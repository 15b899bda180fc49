import type { AlertState, SlaClock } from '../alerts/alert.ts'
import type { AlertTier } from '../risk/assessment.ts'

/** What a report needs to know of one case. */
export interface CaseRow {
  readonly tier: AlertTier
  readonly state: AlertState
  /** Who works it, else who is asked to, else the customer's CSM. */
  readonly csm: string | null
  readonly site: string | null
  readonly region: string | null
  readonly openedAt: Date
  readonly claimedAt: Date | null
  readonly contactedAt: Date | null
  /** Set: the customer was marked retained. */
  readonly watchFrom: Date | null
  readonly hasOutcome: boolean
  /** Deadlines that ran out. */
  readonly missed: readonly SlaClock[]
}
