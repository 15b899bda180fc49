import type { SlaClock } from '../alerts/alert.ts'
import { isInTime, isRight, leadOf, SOON } from '../alerts/warning.ts'
import { medianOf } from '../features/median.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { Leaving, LookAlike } from './casting.ts'
import { LEAVINGS, LOOK_ALIKES } from './casting.ts'

/** A customer as they really are. Days count from the first day of the run, fractions allowed. */
export interface GradedCustomer {
  readonly id: string
  readonly alike: LookAlike | null
  readonly leaving: Leaving | null
  /** The day they leave if nobody ever speaks with them; null: they stay. Negative: before the run, not yet known. */
  readonly leaves: number | null
}

/** A case and what would have become of the customer had nobody spoken with them from its opening on. */
export interface GradedCase {
  readonly customer: string
  /** The most urgent tier it reached. */
  readonly tier: AlertTier
  readonly opened: number
  readonly leaves: number | null
}

/** Everything a run leaves behind that is graded. */
export interface Ledger {
  readonly days: number
  readonly customers: readonly GradedCustomer[]
  readonly cases: readonly GradedCase[]
  readonly claims: number
  /** Deadlines that ran out, by clock. */
  readonly escalations: Readonly<Record<SlaClock, number>>
  readonly retained: { readonly marked: number; readonly confirmed: number; readonly relapsed: number }
  /** Cards as the chat received them: one entry for each message that appeared. */
  readonly posts: readonly { readonly card: string; readonly message: string }[]
  /** Intents in the outbox that were never delivered. */
  readonly lost: number
  readonly capacity: Capacity
}

/** How the fresh cases of each day were shared out. */
export interface Capacity {
  /** Most a CSM may be asked to take in a day. */
  readonly daily: number
  /** Most any CSM was asked to take in a day. */
  readonly busiest: number
  /** Days on which a CSM was asked for more than that. */
  readonly over: number
  /** Customers whose card had to wait for another day. */
  readonly deferred: number
}

export type Tiers<T> = Readonly<Record<AlertTier, T>>

/** The figures of a run; docs/demo.md defines each. null: nothing to judge by. Shares are 0..1. */
export interface Grade {
  readonly alerts: Tiers<number>
  readonly claims: number
  readonly escalations: number
  readonly missed: Ledger['escalations']
  readonly retained: Ledger['retained']
  readonly duplicates: number
  readonly lost: number
  readonly capacity: Capacity
  readonly truth: {
    readonly leavers: number
    readonly precision: Tiers<number | null>
    readonly recall: number | null
    readonly earlyIdentified: number | null
    /** How long before they left the warned ones were warned of. */
    readonly medianLeadDays: number | null
    /** The same with those who were warned of too late, as negative days. */
    readonly medianLeadDaysLateIncluded: number | null
    readonly lookAlikes: number
    readonly falseAlertsPer1000LookAlikes: number | null
  }
  readonly byCause: Readonly<Record<Leaving, CauseGrade>>
  readonly byLookAlike: Readonly<
    Record<LookAlike, { readonly customers: number; readonly falseAlerts: number }>
  >
}

export interface CauseGrade {
  readonly leavers: number
  readonly alerted: number
  /** Those whose day came during the run, and how many of them were warned of before it. */
  readonly left: number
  readonly early: number
  readonly medianLeadDays: number | null
}

const MONTH = 30
const TIERS: readonly AlertTier[] = ['P0', 'P1', 'P2']

/** Grades a run against the truth. Pure. */
export function grade(ledger: Ledger): Grade {
  const { cases, customers, days } = ledger
  const first = firstAlerts(cases)
  const leavers = customers.filter((one) => isLeaver(one, days))
  const alikes = customers.filter(({ alike }) => alike !== null)
  const alikeOf = new Map(alikes.map(({ id, alike }) => [id, alike]))
  const falseAlarms = cases.filter((one) => !isRight(one) && alikeOf.has(one.customer))
  const wrongly = (kind: LookAlike) =>
    falseAlarms.filter(({ customer }) => alikeOf.get(customer) === kind).length
  return {
    alerts: eachTier((tier) => cases.filter((one) => one.tier === tier).length),
    claims: ledger.claims,
    escalations: Object.values(ledger.escalations).reduce((sum, count) => sum + count, 0),
    missed: ledger.escalations,
    retained: ledger.retained,
    duplicates: duplicatesIn(ledger.posts),
    lost: ledger.lost,
    capacity: ledger.capacity,
    truth: {
      leavers: leavers.length,
      precision: eachTier((tier) =>
        share(
          cases.filter((one) => one.tier === tier),
          isRight,
        ),
      ),
      recall: share(leavers, ({ id }) => first.has(id)),
      earlyIdentified: share(leftMeanwhile(leavers, days), (one) => isEarly(one, first)),
      medianLeadDays: median(leadsOf(leavers, first).filter(isInTime)),
      medianLeadDaysLateIncluded: median(leadsOf(leavers, first)),
      lookAlikes: alikes.length,
      falseAlertsPer1000LookAlikes:
        alikes.length === 0 ? null : rounded((falseAlarms.length / alikes.length) * 1000 * (MONTH / days)),
    },
    byCause: byName(LEAVINGS, (cause) =>
      gradeOf(
        leavers.filter(({ leaving }) => leaving === cause),
        days,
        first,
      ),
    ),
    byLookAlike: byName(LOOK_ALIKES, (kind) => ({
      customers: alikes.filter(({ alike }) => alike === kind).length,
      falseAlerts: wrongly(kind),
    })),
  }
}

function gradeOf(
  leavers: readonly GradedCustomer[],
  days: number,
  first: ReadonlyMap<string, number>,
): CauseGrade {
  const left = leftMeanwhile(leavers, days)
  return {
    leavers: leavers.length,
    alerted: leavers.filter(({ id }) => first.has(id)).length,
    left: left.length,
    early: left.filter((one) => isEarly(one, first)).length,
    medianLeadDays: median(leadsOf(leavers, first).filter(isInTime)),
  }
}

/** On some day of the run this customer would have left within 60 days. */
function isLeaver({ leaves }: GradedCustomer, days: number): boolean {
  return leaves !== null && leaves >= 0 && leaves < days + SOON
}

/** Those whose day came during the run: only of them is it known whether the warning came before. */
function leftMeanwhile(leavers: readonly GradedCustomer[], days: number): GradedCustomer[] {
  return leavers.filter(({ leaves }) => leaves! < days)
}

function isEarly({ id, leaves }: GradedCustomer, first: ReadonlyMap<string, number>): boolean {
  const lead = leadOf(first.get(id), leaves!)
  return lead !== null && isInTime(lead)
}

function leadsOf(leavers: readonly GradedCustomer[], first: ReadonlyMap<string, number>): number[] {
  return leavers.flatMap(({ id, leaves }) => leadOf(first.get(id), leaves!) ?? [])
}

function firstAlerts(cases: readonly GradedCase[]): Map<string, number> {
  const first = new Map<string, number>()
  for (const { customer, opened } of cases)
    first.set(customer, Math.min(opened, first.get(customer) ?? Number.POSITIVE_INFINITY))
  return first
}

/** The same card showing as more than one message. */
function duplicatesIn(posts: Ledger['posts']): number {
  const shown = new Map<string, Set<string>>()
  for (const { card, message } of posts) shown.set(card, (shown.get(card) ?? new Set()).add(message))
  return [...shown.values()].reduce((sum, messages) => sum + messages.size - 1, 0)
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number | null {
  return list.length === 0 ? null : rounded(list.filter(holds).length / list.length)
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : rounded(medianOf(values))
}

function eachTier<T>(of: (tier: AlertTier) => T): Tiers<T> {
  return byName(TIERS, of)
}

function byName<K extends string, T>(names: readonly K[], of: (name: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, T>
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
