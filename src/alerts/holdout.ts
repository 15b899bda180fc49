import { DAY } from '../clock.ts'
import type { AlertTier, TierReason } from '../risk/assessment.ts'
import { digest } from '../risk/digest.ts'
import type { Decision } from './decide.ts'
import { SOON } from './warning.ts'

/** A random share of those who would get a case is scored and not contacted, so that it can be told what contacting changes. */

/** How long somebody who was drawn stays as they were drawn: as long as the outcome is looked at. */
export const HELD_DAYS = SOON

export type Arm = 'held' | 'contacted'

export interface HoldoutTerms {
  /** Of those who would get a case, how many are held out, 0..1; 0: nobody. */
  readonly share: number
  readonly tiers: ReadonlySet<AlertTier>
}

/** How the draw fell for a customer in a quarter. */
export interface Draw {
  readonly customer: string
  readonly at: Date
  /** `2026-Q4`. */
  readonly period: string
  readonly arm: Arm
  readonly tier: AlertTier
  readonly reason: TierReason
  readonly share: number
  /** Until when it holds. */
  readonly until: Date
}

/** What a decision about holding out rests on. */
export interface Holdout {
  readonly terms: HoldoutTerms
  readonly at: Date
  /** The newest draw of customers who were drawn in this quarter or the one before. */
  readonly drawn: ReadonlyMap<string, Pick<Draw, 'arm' | 'period' | 'until'>>
}

/** A customer in a tier, and why. */
export interface Drawable {
  readonly customer: string
  readonly reason: TierReason
}

/** Would have got a case, and is scored and not contacted instead. */
export interface Held {
  readonly act: 'hold'
  readonly reason: 'held-out'
  readonly tier: AlertTier
}

/** What is decided with a holdout, and how its draw fell; null: nothing was drawn just now. */
export interface Settled {
  readonly decision: Decision | Held
  readonly draw: Draw | null
}

/**
 * The decision as it stands with a holdout: a case that was to be opened may be held back. Whoever says in so many words
 * that they leave and is of high value is never held, nor anybody in a tier that is left out, even if held until now: who
 * has become that urgent is called. Null: there is no holdout.
 */
export function withHoldout(
  decision: Decision,
  { customer, reason }: Drawable,
  holdout: Holdout | null,
): Settled {
  if (holdout === null || decision.act !== 'open') return { decision, draw: null }
  const { terms, at } = holdout
  const { tier } = decision
  const mayBeHeld = terms.share > 0 && terms.tiers.has(tier) && reason !== 'strong-word-high-value'
  if (!mayBeHeld) return { decision, draw: null }
  const held: Held = { act: 'hold', reason: 'held-out', tier }
  const earlier = holdout.drawn.get(customer)
  if (earlier !== undefined && earlier.until > at)
    return { decision: earlier.arm === 'held' ? held : decision, draw: null }
  const period = quarterOf(at)
  // Held long enough, or contacted already, in this quarter.
  if (earlier?.period === period) return { decision, draw: null }
  const arm = placeOf(customer, period) < terms.share ? 'held' : 'contacted'
  const until = new Date(at.getTime() + HELD_DAYS * DAY)
  const draw: Draw = { customer, at, period, arm, tier, reason, share: terms.share, until }
  return { decision: arm === 'held' ? held : decision, draw }
}

/** From when on draws still matter at an instant: those of this quarter, and those that run on from the one before. */
export function drawnSince(at: Date): Date {
  const quarter = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - (at.getUTCMonth() % 3), 1)
  return new Date(Math.min(quarter, at.getTime() - HELD_DAYS * DAY))
}

/** Keeps the draw apart from everything else that is shared out by a customer's id. */
const SALT = 'holdout/1'

/** 0 to 1, the same whenever and wherever it is asked for. */
function placeOf(customer: string, period: string): number {
  return digest(`${SALT} ${period} ${customer}`) / 2 ** 53
}

function quarterOf(at: Date): string {
  return `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`
}
