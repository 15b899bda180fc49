import { DAY } from '../clock.ts'
import { type Cause, hasLeft } from '../risk/assessment.ts'
import type { Alert, AlertState } from './alert.ts'
import type { CareCourse } from './care-plan.ts'
import { isDecentHour } from './reach.ts'

/** Which automated care leaves for whom: the first of a P2, the light touches of the eight-week plan, reminders to those on watch. */

export type CareKind = 'first' | 'touch' | 'reminder'

/** Something to say to one customer. */
export interface Piece {
  readonly customer: string
  /** The case it belongs to; null: they are in none. */
  readonly alert: string | null
  readonly kind: CareKind
  /** Once a customer. */
  readonly occasion: string
  /** Chooses its words. */
  readonly cause: Cause
  /** The step of the plan that it does. */
  readonly step: string | null
}

/** What of a case its care goes by. */
export type CaredCase = Pick<Alert, 'id' | 'customer' | 'tier' | 'state' | 'openedAt' | 'assessment'>

/** A person looks at a P2 within this time, and care is no longer what comes first; what has waited so long says nothing any more. */
const FRESH_DAYS = 7
const UNREACHED: readonly AlertState[] = ['open', 'claimed']

/** What a P2 is sent before anybody has spoken with the customer; null: nothing. */
export function firstCare(alert: CaredCase, now: Date): Piece | null {
  if (!isFresh(alert.openedAt, now) || !isForUnreached(alert)) return null
  return { ...pieceOf(alert), kind: 'first', occasion: `first ${alert.id}`, step: null }
}

const isFresh = (since: Date, now: Date): boolean => now.getTime() - since.getTime() < FRESH_DAYS * DAY

/** In a worse tier they are phoned. */
function isForUnreached({ tier, state, assessment }: CaredCase): boolean {
  return tier === 'P2' && UNREACHED.includes(state) && !hasLeft(assessment)
}

const REACHED: readonly AlertState[] = ['contacted', 'watch', 'retained']

/** The light touch of the plan that is due; null: none is, or nobody has spoken with the customer yet. */
export function lightTouch(alert: CaredCase, course: CareCourse | null): Piece | null {
  // One that was missed is not made up for: the next says more.
  const step = course?.due.findLast(({ sends }) => sends !== undefined)
  if (step === undefined || !isForReached(alert)) return null
  return { ...pieceOf(alert), kind: 'touch', occasion: `${step.name} ${alert.id}`, step: step.name }
}

function isForReached({ state, assessment }: CaredCase): boolean {
  return REACHED.includes(state) && !hasLeft(assessment)
}

function pieceOf({ id, customer, assessment }: CaredCase) {
  return { customer, alert: id, cause: assessment.cause }
}

/** For somebody on watch, of whom there is no case. */
export function reminder(customer: string, cause: Cause, day: string): Piece {
  return { customer, alert: null, kind: 'reminder', occasion: `reminder ${day}`, cause, step: null }
}

/** What of a customer lets care leave for them. */
export interface Recipient {
  readonly contactConsent: boolean | null
  readonly timeZone: string
  /** Scored and not contacted. */
  readonly held: boolean
  /** When care for them was last decided on; null: never. */
  readonly lastAt: Date | null
  /** Every occasion there was for it. */
  readonly occasions: ReadonlySet<string>
}

export interface CareTerms {
  /** Pieces a day, of all customers together. */
  readonly daily: number
  /** Days between two for one customer. */
  readonly gapDays: number
  /** Days between two reminders for somebody on watch. */
  readonly reminderDays: number
}

/** Why a piece stays here. */
export type Stays = 'done' | 'no-consent' | 'held-out' | 'too-soon' | 'night' | 'day-full'

/** Which of these leave now, in their order, and why the others stay. */
export function careLeaving(
  wishes: readonly Piece[],
  recipients: ReadonlyMap<string, Recipient>,
  terms: CareTerms & { readonly room: number },
  now: Date,
): { readonly leaving: readonly Piece[]; readonly staying: readonly Stays[] } {
  const leaving: Piece[] = []
  const staying: Stays[] = []
  const served = new Set<string>()
  for (const wish of wishes) {
    const recipient = recipients.get(wish.customer)
    const stays =
      recipient === undefined
        ? 'no-consent'
        : ((recipient.occasions.has(wish.occasion) ? 'done' : null) ??
          closedTo(recipient) ??
          (served.has(wish.customer) || isTooSoon(recipient, terms, now) ? 'too-soon' : null) ??
          (isDecentHour(now, recipient.timeZone) ? null : 'night') ??
          (leaving.length < terms.room ? null : 'day-full'))
    if (stays === null) {
      leaving.push(wish)
      served.add(wish.customer)
    } else staying.push(stays)
  }
  return { leaving, staying }
}

/** Consent is a yes: where no source has said, nothing leaves. */
export function closedTo({
  contactConsent,
  held,
}: Pick<Recipient, 'contactConsent' | 'held'>): 'no-consent' | 'held-out' | null {
  if (contactConsent !== true) return 'no-consent'
  return held ? 'held-out' : null
}

function isTooSoon({ lastAt }: Recipient, { gapDays }: CareTerms, now: Date): boolean {
  return lastAt !== null && now.getTime() - lastAt.getTime() < gapDays * DAY
}

/** True where what has happened since a piece was decided on makes it out of place. `alert`: of the piece, or the case they are in now. */
export function isOvertaken({ kind }: Pick<Piece, 'kind'>, alert: CaredCase | null): boolean {
  if (kind === 'reminder') return alert !== null
  if (alert === null) return true
  return kind === 'first' ? !isForUnreached(alert) : !isForReached(alert)
}

/**
 * True where a piece has waited for too long, as those that were put aside and are sent again.
 *
 * @param lastAt when any was decided on for the same customer
 */
export function isStale(
  { kind, at }: Pick<Piece, 'kind'> & { readonly at: Date },
  alert: Pick<CaredCase, 'openedAt'> | null,
  lastAt: Date | null,
  now: Date,
): boolean {
  const since = kind === 'first' && alert !== null ? alert.openedAt : at
  return (lastAt !== null && lastAt > at) || !isFresh(since, now)
}
