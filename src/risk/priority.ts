import type { Cause } from './assessment.ts'

/**
 * How likely a customer who leaves for this reason is to stay when spoken to. Starting values, until outcomes teach
 * better ones (see oddsFrom): a complaint put right keeps people, a move to another city does not.
 */
export const RETAINABILITY: Readonly<Record<Cause, number>> = {
  service: 0.65,
  product: 0.5,
  price: 0.5,
  competitor: 0.4,
  unknown: 0.4,
  'life-change': 0.25,
  moved: 0.1,
}

/** What an intervention for this reason usually costs, in units of one personal call. */
export const EXPECTED_COST: Readonly<Record<Cause, number>> = {
  service: 1.5, // a call and a gesture
  product: 3, // a repair or replacement
  price: 2.5, // a discount
  competitor: 2.5, // an offer that answers theirs
  unknown: 1.5, // a call to find out, and a gesture
  'life-change': 1.5, // a call and another plan
  moved: 1, // a call
}

/** What is expected of an intervention, by likely reason. */
export interface Odds {
  /** 0..1. */
  readonly retainability: Readonly<Record<Cause, number>>
  /** In units of one personal call; above 0. */
  readonly cost: Readonly<Record<Cause, number>>
}

const STARTING: Odds = { retainability: RETAINABILITY, cost: EXPECTED_COST }

export interface PriorityInput {
  /** 0..1. */
  readonly score: number
  /** Minor units; null when unknown. */
  readonly ltvMinor: number | null
  readonly cause: Cause
  /** LTV taken for a customer whose own is unknown: that of a typical customer, minor units. */
  readonly typicalLtvMinor: number
  /** What outcomes have taught; absent: the starting values. */
  readonly odds?: Odds | undefined
}

/**
 * Orders the customers of one tier: score x LTV x retainability / expected cost. Only comparisons mean something.
 * Never negative; finite for any finite input.
 */
export function priorityOf({
  score,
  ltvMinor,
  cause,
  typicalLtvMinor,
  odds = STARTING,
}: PriorityInput): number {
  // At least one major unit: customers worth nothing on paper are still ordered by their score.
  const value = Math.max(1, (ltvMinor ?? typicalLtvMinor) / 100)
  return (score * value * odds.retainability[cause]) / odds.cost[cause]
}
