import { HOUR } from '../clock.ts'
import type { WorkingTime } from '../records/working-time.ts'
import { shiftWorking } from '../records/working-time.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { SlaClock } from './alert.ts'

/** Hours from the opening of a case until it must be claimed, the customer reached, the outcome written. */
export type SlaHours = Readonly<Record<AlertTier, Readonly<Record<SlaClock, number>>>>

/** How the clocks of a case run. */
export interface ClockTerms {
  readonly sla: SlaHours
  /** Tiers whose clocks stand still while the team is not at work. */
  readonly atWorkOnly: ReadonlySet<AlertTier>
  readonly working: WorkingTime
}

/** What cases are held to; every figure is a setting. */
export interface CaseTerms extends ClockTerms {
  /** Parts of a deadline at which its owner is reminded. */
  readonly reminders: readonly number[]
  /** Overdue by this part of the deadline: told one level higher. */
  readonly escalateAfter: number
  /** Hours a claimed case may stand without progress before its owner is asked; released after as long again. */
  readonly stale: Readonly<Record<AlertTier, number>>
  /** How long a person's move can be undone, milliseconds. */
  readonly undoMs: number
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
export function dueClocks(tier: AlertTier, from: Date, terms: ClockTerms): { clock: SlaClock; at: Date }[] {
  return SLA_CLOCKS.map((clock) => ({ clock, at: timeAfter(from, terms.sla[tier][clock], tier, terms) }))
}

/** So many hours later on the clocks of this tier; earlier when negative. */
export function timeAfter(from: Date, hours: number, tier: AlertTier, terms: ClockTerms): Date {
  if (terms.atWorkOnly.has(tier)) return shiftWorking(from, hours * HOUR, terms.working)
  return new Date(from.getTime() + hours * HOUR)
}
