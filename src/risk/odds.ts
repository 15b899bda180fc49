import type { Cause } from './assessment.ts'
import { EXPECTED_COST, type Odds, RETAINABILITY } from './priority.ts'

/** Cases that came to an end, by the likely reason they were opened with. */
export interface Settled {
  readonly cause: Cause
  readonly cases: number
  /** Of these: confirmed retained, not only marked. */
  readonly kept: number
  /** What was granted in all of them, minor units. */
  readonly costMinor: number
}

/** What is known of one likely reason. */
export interface CauseOdds {
  readonly cause: Cause
  readonly cases: number
  readonly kept: number
  /** 0..1. */
  readonly retainability: number
  /** In units of one personal call. */
  readonly cost: number
  /** How many cases must have ended for outcomes to count. */
  readonly enough: number
  /** False: too few cases have ended, and these are the starting values. */
  readonly isLearned: boolean
}

/** Ended cases of a reason from which on they count; below, a streak of luck would order the list. */
const ENOUGH = 20
/** The starting value weighs as much as so many cases. */
const WEIGHT = 20
/** Nobody is reached for less than a call. */
const CALL = 1

/**
 * What cases that ended teach of each reason: the share kept, and what it took, both drawn towards the starting values. Grants
 * are in money and costs in calls, so a reason costs more than the usual by as much as was granted more than usual.
 */
export function oddsFrom(settled: readonly Settled[]): readonly CauseOdds[] {
  const all = settled.reduce((sum, { cases }) => sum + cases, 0)
  const granted = settled.reduce((sum, { costMinor }) => sum + costMinor, 0)
  const usual = settled.reduce((sum, { cause, cases }) => sum + cases * EXPECTED_COST[cause], 0) / all
  return CAUSES.map((cause) => {
    const { cases = 0, kept = 0, costMinor = 0 } = settled.find((each) => each.cause === cause) ?? {}
    const seen = { cause, cases, kept, enough: ENOUGH }
    const start = { retainability: RETAINABILITY[cause], cost: EXPECTED_COST[cause] }
    if (cases < ENOUGH) return { ...seen, ...start, isLearned: false }
    const spent = granted > 0 ? (costMinor / cases / (granted / all)) * usual : start.cost
    return {
      ...seen,
      isLearned: true,
      retainability: drawn(kept / cases, start.retainability, cases),
      cost: Math.max(CALL, drawn(spent, start.cost, cases)),
    }
  })
}

const CAUSES = Object.keys(RETAINABILITY) as Cause[]

function drawn(seen: number, start: number, cases: number): number {
  return (cases * seen + WEIGHT * start) / (cases + WEIGHT)
}

/** By reason, as priority asks for them. */
export function oddsByCause(odds: readonly CauseOdds[]): Odds {
  return {
    retainability: byCause(odds, ({ retainability }) => retainability),
    cost: byCause(odds, ({ cost }) => cost),
  }
}

function byCause(odds: readonly CauseOdds[], value: (one: CauseOdds) => number): Record<Cause, number> {
  return Object.fromEntries(odds.map((one) => [one.cause, value(one)])) as Record<Cause, number>
}
