import type { AlertTier, TierReason } from '../risk/assessment.ts'
import type { AlertState, SlaClock } from './alert.ts'
import { CLOSED } from './alert.ts'

/** Whom the chats did not reach: such calls go out by e-mail. */

export type CallVerb = 'open' | 'worsen' | 'reassign' | 'remind' | 'overdue' | 'escalate' | 'ask'

/** Something on a case that one person was to hear of. */
export interface StaffCall {
  /** The action that calls. */
  readonly action: string
  readonly at: Date
  readonly verb: CallVerb
  readonly person: string
  readonly no: number
  readonly customerNo: number
  readonly tier: AlertTier
  /** As the case stands now. */
  readonly state: AlertState
  readonly reason: TierReason
  /** Of a reminder or a missed deadline: which, and when it is due. */
  readonly clock: SlaClock | null
  readonly dueAt: Date | null
  /** Where its card stands, and whether the call got there. */
  readonly places: readonly { readonly chat: string; readonly state: string }[]
}

/** Why a call goes by e-mail. */
export type Unreached =
  /** They have no account in any chat that shows the case. */
  | 'no-account'
  /** The platform refused it, or has failed for too long. */
  | 'failing'

/**
 * Null: it reached them, may yet do so, or is of no use any more. The console calls nobody: it counts for no account.
 *
 * @param accounts chats where the person has an account
 */
export function unreached(
  call: StaffCall,
  accounts: ReadonlySet<string>,
  now: Date,
  patienceMs: number,
): Unreached | null {
  if (isSettled(call)) return null
  const theirs = call.places.filter(({ chat }) => accounts.has(chat))
  if (theirs.length === 0) return 'no-account'
  if (theirs.some(({ state }) => state === 'sent')) return null
  const isGivenUp = theirs.every(({ state }) => state === 'dead')
  return isGivenUp || now.getTime() - call.at.getTime() >= patienceMs ? 'failing' : null
}

/** Somebody has done by now what it calls for. */
function isSettled({ verb, state, clock }: StaffCall): boolean {
  if (CLOSED.includes(state) || state === 'watch') return true
  const isForClaim = verb === 'open' || clock === 'claim'
  return isForClaim && state !== 'open' && state !== 'snoozed'
}
