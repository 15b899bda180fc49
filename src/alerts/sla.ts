import { HOUR } from '../clock.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { SlaClock } from './alert.ts'

/** Hours from the opening of a case until it must be claimed, the customer reached, the outcome written. */
export type SlaHours = Readonly<Record<AlertTier, Readonly<Record<SlaClock, number>>>>

/** What cases are held to; every figure is a setting. */
export interface CaseTerms {
  readonly sla: SlaHours
  /** Days a retained customer is watched. */
  readonly watchDays: number
}

export const SLA_CLOCKS: readonly SlaClock[] = ['claim', 'reach', 'outcome']

export const DEFAULT_SLA: SlaHours = {
  P0: { claim: 2, reach: 24, outcome: 7 * 24 },
  P1: { claim: 24, reach: 3 * 24, outcome: 7 * 24 },
  P2: { claim: 7 * 24, reach: 7 * 24, outcome: 7 * 24 },
}

/** The three deadlines of a case of this tier whose clocks start at `from`. */
export function dueClocks(tier: AlertTier, from: Date, sla: SlaHours): { clock: SlaClock; at: Date }[] {
  return SLA_CLOCKS.map((clock) => ({ clock, at: new Date(from.getTime() + sla[tier][clock] * HOUR) }))
}
