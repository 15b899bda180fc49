import { CLOSED } from '../alerts/alert.ts'
import { isInTime, isRight, leadOf, SOON } from '../alerts/warning.ts'
import { DAY } from '../clock.ts'
import type { AlertTier } from '../risk/assessment.ts'
import {
  type CaseEnd,
  type Departure,
  type DrawnCustomer,
  type EffectCase,
  isKept,
  isLost,
} from './effect-rows.ts'
import { ENOUGH } from './figure.ts'
import { groupedBy } from './grouped.ts'
import { type Estimate, knownShare, medianEstimate } from './interval.ts'

/** A figure with its range. */
export interface Told {
  /** Null while there is not enough to judge by. */
  readonly estimate: Estimate | null
  /** How many there are. */
  readonly of: number
  /** How many it takes. */
  readonly least: number
}

export interface TierEffect {
  readonly tier: AlertTier
  /** Of cases old enough for it to be known: the customer left soon, or was kept and the watch confirmed it. */
  readonly precision: Told
  /** How many of those left all the same. */
  readonly left: number
  readonly retention: Told
}

/** How early and how rightly customers were warned of, and what came of it. */
export interface Effect {
  /** Of customers who left: with a case before the day. */
  readonly early: Told
  /** Days from the first case to that day, of those. */
  readonly lead: Told
  readonly tiers: readonly TierEffect[]
  readonly retention: Told
  /** Cases old enough to have ended that are open still, and whose customer is not known to have left: in no retention. */
  readonly unended: number
  readonly byCause: readonly Group[]
  readonly byReason: readonly Group[]
  /** Whether the reason found is written of kept customers as well, without which none would seem kept whatever it was. */
  readonly reasonsTold: boolean
  /** Of cases somebody took a stand on: not called a false alarm. */
  readonly accepted: Told
  /** Milliseconds from the newest fact a case was opened for. */
  readonly toCard: Told
  readonly toContact: Told
}

export interface Group {
  readonly name: string
  readonly retention: Told
  /** Lost, and somebody wrote it or they slipped again. */
  readonly lost: number
}

/** What an effect is told of. */
export interface EffectAsked {
  readonly cases: readonly EffectCase[]
  /** Of those and of the ones before them: who left may have been warned of long ago. */
  readonly warnings: readonly Warning[]
  /** Everyone's, from before the first case on, as far as they can be known. */
  readonly departures: readonly Departure[]
  /** Departures from one instant until another are counted: all of them are known. */
  readonly known: { readonly from: Date; readonly to: Date }
  /** Whoever left before this instant is known to have. */
  readonly horizon: Date
  readonly inactiveDays: number
  /** Cases opened before this instant have had time to end well: a loss is written at once, a watch takes a month. */
  readonly settled: Date
}

export type Warning = Pick<EffectCase, 'customer' | 'openedAt'>

/** Who was found in time: with a case, or held out when one was to be opened. */
export function warningsOf(cases: readonly Warning[], draws: readonly DrawnCustomer[]): Warning[] {
  const held = draws.filter(({ arm }) => arm === 'held')
  return [...cases, ...held.map(({ customer, at }) => ({ customer, openedAt: at }))]
}

/** A case older than this warned of something else. */
export const WARNS_DAYS = 365
const TIERS: readonly AlertTier[] = ['P0', 'P1', 'P2']

export function effectOf(asked: EffectAsked): Effect {
  const { cases } = asked
  const leads = leadsOf(asked)
  const inTime = leads.flatMap((lead) => (lead !== null && isInTime(lead) ? [lead] : []))
  const judged = cases.filter(({ openedAt }) => +openedAt + SOON * DAY < +asked.horizon)
  const leaves = leavesOf(asked)
  const settled = cases.filter(({ openedAt }) => openedAt < asked.settled)
  const retention = (own: readonly EffectCase[]) => retentionOf(own, leaves)
  return {
    early: share(inTime.length, leads.length),
    lead: median(inTime),
    tiers: TIERS.map((tier) => {
      const own = judged.filter((each) => each.tier === tier)
      const left = own.filter((each) => isRight({ opened: dayOf(each.openedAt), leaves: leaves(each) }))
      const right = own.filter((each) => isKept(each) || left.includes(each))
      return {
        tier,
        precision: share(right.length, own.length),
        left: left.length,
        retention: retention(settled.filter((each) => each.tier === tier)),
      }
    }),
    retention: retention(settled),
    unended: settled.filter((each) => !CLOSED.includes(each.state) && !hasEnded(each, leaves)).length,
    byCause: grouped(settled, ({ cause }) => cause, retention),
    byReason: grouped(settled, ({ reason }) => reason, retention),
    reasonsTold: areReasonsTold(settled),
    accepted: acceptance(cases),
    toCard: median(waits(asked, ({ cardAt }) => cardAt)),
    toContact: median(waits(asked, ({ contactedAt }) => contactedAt)),
  }
}

/** When the customer of a case left; null: they did not. */
export type LeavesOf = ReturnType<typeof leavesOf>

/**
 * Of settled cases that ended one way or the other, whether or not somebody wrote it down: kept counts once the watch has
 * confirmed it, lost too who left soon after. A false alarm was nobody to keep.
 */
export function retentionOf(cases: readonly CaseEnd[], leaves: LeavesOf): Told {
  return share(cases.filter(isKept).length, cases.filter((each) => hasEnded(each, leaves)).length)
}

export function hasEnded(one: CaseEnd, leaves: LeavesOf): boolean {
  if (isKept(one) || isLost(one)) return true
  return one.state !== 'dismissed' && isRight({ opened: dayOf(one.openedAt), leaves: leaves(one) })
}

/** Of the kept, as many as this must have it. */
const TOLD = 0.8

export function areReasonsTold(cases: readonly (CaseEnd & Pick<EffectCase, 'reason'>)[]): boolean {
  const kept = cases.filter(isKept)
  return kept.filter(({ reason }) => reason !== null).length >= TOLD * kept.length
}

export function share(count: number, of: number): Told {
  return { estimate: knownShare(count, of), of, least: ENOUGH }
}

export function median(values: readonly number[]): Told {
  const of = values.length
  return { estimate: of < ENOUGH ? null : medianEstimate(values), of, least: ENOUGH }
}

/** Of each customer who left in that time: days from their first case; null: they had none. */
export function leadsOf(asked: Pick<EffectAsked, 'warnings' | 'departures' | 'known'>): (number | null)[] {
  return ledOf(asked).map(({ lead }) => lead)
}

/** The same, with who left when. */
export function ledOf({
  warnings,
  departures,
  known,
}: Pick<EffectAsked, 'warnings' | 'departures' | 'known'>): (Departure & { readonly lead: number | null })[] {
  const opened = groupedBy(warnings, ({ customer }) => customer)
  return departures
    .filter(({ at }) => at >= known.from && at < known.to)
    .map(({ customer, at }) => {
      const own = (opened.get(customer) ?? []).map(({ openedAt }) => dayOf(openedAt))
      const recent = own.filter((day) => day > dayOf(at) - WARNS_DAYS)
      return { customer, at, lead: leadOf(recent.length === 0 ? undefined : Math.min(...recent), dayOf(at)) }
    })
}

/** The day on which a case's customer left, if they had not been gone for long when it was opened. */
export function leavesOf({
  departures,
  inactiveDays,
}: Pick<EffectAsked, 'departures' | 'inactiveDays'>): (of: Warning) => number | null {
  const all = groupedBy(departures, ({ customer }) => customer)
  return ({ customer, openedAt }) => {
    const own = (all.get(customer) ?? []).map(({ at }) => dayOf(at))
    const ahead = own.filter((day) => day > dayOf(openedAt) - inactiveDays)
    return ahead.length === 0 ? null : Math.min(...ahead)
  }
}

function grouped(
  cases: readonly EffectCase[],
  nameOf: (one: EffectCase) => string | null,
  retention: (own: readonly EffectCase[]) => Told,
): Group[] {
  return [...groupedBy(cases, nameOf)]
    .flatMap(([name, own]) =>
      name === null ? [] : [{ name, retention: retention(own), lost: own.filter(isLost).length }],
    )
    .filter(({ retention }) => retention.of > 0)
    .toSorted((a, b) => b.retention.of - a.retention.of || a.name.localeCompare(b.name))
}

function acceptance(cases: readonly EffectCase[]): Told {
  const dismissed = cases.filter(({ state }) => state === 'dismissed').length
  const worked = cases.filter(
    ({ state, claimedAt, result }) =>
      state !== 'dismissed' && (claimedAt !== null || result !== null || CLOSED.includes(state)),
  ).length
  return share(worked, worked + dismissed)
}

/**
 * From what was said until something followed. What was said before anyone was listening waited for that, and what was put in
 * afterwards for nothing: neither is measured.
 */
function waits(
  { cases, known }: Pick<EffectAsked, 'cases' | 'known'>,
  until: (one: EffectCase) => Date | null,
): number[] {
  return cases.flatMap((each) => {
    const [start, end] = [each.signalAt, until(each)]
    return start === null || end === null || start < known.from || start > end ? [] : [+end - +start]
  })
}

const dayOf = (at: Date): number => +at / DAY
