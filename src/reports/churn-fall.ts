import type { ValueTier } from '../records/record.ts'
import type { PresentSums } from './effect-rows.ts'
import { groupedBy } from './grouped.ts'
import { type Change, changeBetween, type Estimate, knownShare, scaled } from './interval.ts'
import type { Stretch } from './roi.ts'

/** Churn in a stretch and in one as long right before it. */
export interface ChurnFall {
  readonly now: Stretch
  readonly before: Stretch
  readonly all: ChurnLine
  /** By the value tier that the CRM declares; those without one are null. */
  readonly byValue: readonly (ChurnLine & { readonly valueTier: string | null })[]
  /** By whose portfolio they are in now, the largest first. */
  readonly byOwner: readonly (ChurnLine & { readonly owner: string | null })[]
}

export interface ChurnLine {
  readonly before: Estimate | null
  readonly now: Estimate | null
  readonly change: Change | null
  /** Customers here when the later stretch began. */
  readonly of: number
}

/** What a customer is worth on average, minor units, and of how many that is declared and estimated. */
export interface MeanWorth {
  readonly minor: number
  readonly declared: number
  readonly estimated: number
}

export function fallOf(
  [before, now]: readonly [Stretch, Stretch],
  past: readonly PresentSums[],
  present: readonly PresentSums[],
): ChurnFall {
  const linesBy = <K>(keyOf: (row: PresentSums) => K): [K, ChurnLine][] => {
    const [was, is] = [groupedBy(past, keyOf), groupedBy(present, keyOf)]
    return [...new Set([...was.keys(), ...is.keys()])].map((key) => [
      key,
      lineOf(was.get(key) ?? [], is.get(key) ?? []),
    ])
  }
  return {
    ...{ before, now },
    all: lineOf(past, present),
    byValue: linesBy(({ valueTier }) => valueTier)
      .map(([valueTier, line]) => ({ valueTier, ...line }))
      .sort((a, b) => placeOf(a.valueTier) - placeOf(b.valueTier)),
    byOwner: linesBy(({ owner }) => owner)
      .map(([owner, line]) => ({ owner, ...line }))
      .sort((a, b) => b.of - a.of || (a.owner ?? '').localeCompare(b.owner ?? '')),
  }
}

const BY_WORTH: readonly ValueTier[] = ['high', 'mid', 'low']

/** The most valuable first, who has no level last. */
function placeOf(valueTier: string | null): number {
  const place = BY_WORTH.findIndex((each) => each === valueTier)
  return place < 0 ? BY_WORTH.length : place
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

/** Of those whose lifetime value is declared, and of the others as far as it was estimated; null: of nobody. */
export function meanWorth(present: readonly PresentSums[], estimates: readonly number[]): MeanWorth | null {
  const [declared, estimated] = [sum(present, (row) => row.declared), estimates.length]
  if (declared + estimated === 0) return null
  const total = sum(present, (row) => row.declaredMinor) + sum(estimates, (each) => each)
  return { minor: total / (declared + estimated), declared, estimated }
}

/** Customers who would have left had churn stayed as it was, at what a customer here is worth; null: not known. */
export function valueOfFall({ all }: Pick<ChurnFall, 'all'>, worth: MeanWorth | null): Estimate | null {
  if (all.change === null || worth === null) return null
  const { by, low, high } = all.change
  // A rise is a value lost: what was high is low.
  return scaled({ value: -by, low: -high, high: -low, of: all.of }, all.of * worth.minor)
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((all, row) => all + of(row), 0)
}
