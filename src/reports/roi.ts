import { DAY } from '../clock.ts'
import { type EffectCase, isKept, isLost, type PresentSums } from './effect-rows.ts'
import { ENOUGH } from './figure.ts'
import { groupedBy } from './grouped.ts'
import { type Change, changeBetween, type Estimate, knownShare, scaled, sumEstimate } from './interval.ts'

/** A stretch of time; `to` is no longer in it. */
export interface Stretch {
  readonly from: Date
  readonly to: Date
}

/** What some stretch has cost, minor units. */
export interface Spent {
  /** Only where the stretch begins with going live. */
  readonly oneOffMinor: number
  readonly runningMinor: number
  readonly grantedMinor: number
  readonly contacts: number
  readonly contactsMinor: number
  readonly totalMinor: number
}

/** Churn in a stretch and in one as long right before it. */
export interface ChurnFall {
  readonly now: Stretch
  readonly before: Stretch
  readonly all: ChurnLine
  /** By the value tier that the CRM declares; those without one are null. */
  readonly byValue: readonly (ChurnLine & { readonly valueTier: string | null })[]
}

export interface ChurnLine {
  readonly before: Estimate | null
  readonly now: Estimate | null
  readonly change: Change | null
  /** Customers here when the later stretch began. */
  readonly of: number
}

/** Value kept, what it took, and what came back of it. Money in minor units; null while there is not enough to tell. */
export interface Return {
  readonly spent: Spent
  readonly valueMinor: Estimate | null
  /** (value - spent) / spent; null too where nothing was spent. */
  readonly roi: Estimate | null
}

const MONTH = 30.4375 * DAY

/** What a stretch has cost: `live`: from when on the running cost counts. */
export function spentIn(
  { from, to }: Stretch,
  live: Date,
  cases: readonly EffectCase[],
  costs: { readonly oneOffMinor: number; readonly monthlyMinor: number; readonly contactMinor: number },
): Spent {
  const own = cases.filter(({ openedAt }) => openedAt >= from && openedAt < to)
  const begins = Math.max(+from, +live)
  const oneOffMinor = from <= live && live < to ? costs.oneOffMinor : 0
  const runningMinor = Math.round((costs.monthlyMinor * Math.max(0, +to - begins)) / MONTH)
  const grantedMinor = own.reduce((sum, { costMinor }) => sum + costMinor, 0)
  const contacts = own.filter(({ contactedAt }) => contactedAt !== null).length
  const contactsMinor = contacts * costs.contactMinor
  const totalMinor = oneOffMinor + runningMinor + grantedMinor + contactsMinor
  return { oneOffMinor, runningMinor, grantedMinor, contacts, contactsMinor, totalMinor }
}

/**
 * Lifetime values of customers kept until their watch ended, each once; who slipped again or was lost in a later case was not
 * kept. Null while there are too few. `cases` in the order they were opened.
 */
export function valueOfKept(cases: readonly EffectCase[]): {
  readonly kept: number
  readonly minor: Estimate | null
} {
  const ended = groupedBy(
    cases.filter((each) => isKept(each) || isLost(each)),
    ({ customer }) => customer,
  )
  const worths = [...ended.values()]
    .filter((own) => isKept(own.at(-1)!))
    .map((own) => Math.max(...own.filter(isKept).map(({ worthMinor }) => worthMinor)))
  return { kept: worths.length, minor: worths.length < ENOUGH ? null : sumEstimate(worths) }
}

export function fallOf(
  [before, now]: readonly [Stretch, Stretch],
  past: readonly PresentSums[],
  present: readonly PresentSums[],
): ChurnFall {
  const tiers = [...new Set([...past, ...present].map(({ valueTier }) => valueTier))]
  const of = (rows: readonly PresentSums[], tier: string | null) =>
    rows.filter(({ valueTier }) => valueTier === tier)
  return {
    ...{ before, now },
    all: lineOf(past, present),
    byValue: tiers.map((valueTier) => ({
      valueTier,
      ...lineOf(of(past, valueTier), of(present, valueTier)),
    })),
  }
}

function lineOf(past: readonly PresentSums[], present: readonly PresentSums[]): ChurnLine {
  const [before, now] = [churnOf(past), churnOf(present)]
  const change = before === null || now === null ? null : changeBetween(now, before)
  return { before, now, change, of: sum(present, ({ customers }) => customers) }
}

function churnOf(rows: readonly PresentSums[]): Estimate | null {
  return knownShare(
    sum(rows, ({ left }) => left),
    sum(rows, ({ customers }) => customers),
  )
}

/** Customers who would have left had churn stayed as it was, at what a customer here is worth; null: not known. */
export function valueOfFall({ all }: ChurnFall, present: readonly PresentSums[]): Estimate | null {
  const known = present.filter(({ meanWorthMinor }) => meanWorthMinor !== null)
  const customers = sum(known, (each) => each.customers)
  if (all.change === null || customers === 0) return null
  const mean = sum(known, (each) => each.customers * each.meanWorthMinor!) / customers
  const { by, low, high } = all.change
  // A rise is a value lost: what was high is low.
  return scaled({ value: -by, low: -high, high: -low, of: all.of }, all.of * mean)
}

export function returnOf(spent: Spent, valueMinor: Estimate | null): Return {
  const total = spent.totalMinor
  if (valueMinor === null || total <= 0) return { spent, valueMinor, roi: null }
  const back = (value: number) => (value - total) / total
  const { value, low, high, of } = valueMinor
  return { spent, valueMinor, roi: { value: back(value), low: back(low), high: back(high), of } }
}

/** What each kept customer took; null while there are too few. */
export function costPerKept({ totalMinor }: Spent, kept: number): Estimate | null {
  if (kept < ENOUGH) return null
  const { low, high } = sumEstimate(Array<number>(kept).fill(1))
  return { value: totalMinor / kept, low: totalMinor / high, high: totalMinor / low, of: kept }
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((all, row) => all + of(row), 0)
}
