import type { Assessment, Tier } from '../risk/assessment.ts'
import { hasLeft, isAlertTier, isWorse } from '../risk/assessment.ts'
import type { Alert, AlertState } from './alert.ts'

/** To what a customer's risk has come down while their case waits, and when that was judged, milliseconds. */
export interface Fallen {
  readonly tier: Tier
  readonly asOf: number
}

/** Whoever is watched has a course of their own. */
const WAITING: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed']

/**
 * A case keeps its tier and its clocks when the risk falls: signs fade with time, also of whom nobody has called. So that it
 * and what is said of the customer agree, it says so. Null: the risk stands, or cannot be told for want of data.
 */
export function fallenSince(
  { state, tier, assessment }: Pick<Alert, 'state' | 'tier' | 'assessment'>,
  latest: Assessment | null,
): Fallen | null {
  if (latest === null || latest.asOf <= assessment.asOf) return null
  // Whoever has been silent for so long that no card would help has not come back.
  if (hasLeft(latest) || latest.reason === 'long-silent' || latest.reason === 'no-history') return null
  // A case that no tier asked for, because nobody came back during the watch, never stood above this one.
  if (!isAlertTier(assessment.tier)) return null
  if (!WAITING.includes(state) || !isWorse(tier, latest.tier)) return null
  return latest.readings.some(({ held }) => held !== undefined)
    ? null
    : { tier: latest.tier, asOf: latest.asOf }
}

/** Whether a case's card says something else by now: the risk has moved, and is or was below the case's tier. */
export function hasMovedBelow(
  { state, tier }: Pick<Alert, 'state' | 'tier'>,
  before: Tier | undefined,
  now: Tier,
): boolean {
  if (!WAITING.includes(state) || before === undefined || before === now) return false
  return isWorse(tier, now) || isWorse(tier, before)
}
