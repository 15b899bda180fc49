import type { Text } from '../text.ts'
import type { Measure } from './columns.ts'

/**
 * First layer: one number per customer from one table, so that the same list can run in the kernel or as
 * `GROUP BY customer` in a database. Windows are rolling days: `[asOf - from, asOf - to)`. A kind that no customer
 * has ever had before asOf is not measured: all its aggregates are NaN (unknown), not 0.
 */
export interface Aggregate {
  readonly name: string
  readonly fn:
    | 'count' // events
    | 'days' // distinct rolling days with an event: two orders in one evening are one beat
    | 'sum' // of the measure; 0 where there are no events, NaN where there are but none carries the measure
    | 'mean' // of the measure; NaN where there are none
    | 'spread' // sample standard deviation; NaN under two
    | 'share' // share of events whose measure is above `above`; NaN where there are none
    | 'last' // the measure's newest value
    | 'recency' // days since the newest event; NaN where there are none
    | 'age' // days since the oldest event; NaN where there are none
    | 'interval' // mean days between one event and the next; NaN under two events
    | 'interval_spread' // sample standard deviation of those days; NaN under three events
    | 'newest' // mean of the newest `take` values after skipping the newest `skip`; NaN where there are none
  readonly kind: string
  readonly measure?: Measure
  /** Days before asOf where the window opens; absent: from the beginning. */
  readonly from?: number
  /** Days before asOf where the window closes; absent: 0. */
  readonly to?: number
  readonly above?: number
  readonly take?: number
  readonly skip?: number
  readonly label?: Text
}

/**
 * Second layer: a scalar expression over aggregates, attributes and earlier finalisers, run by the kernel always.
 * NaN is "unknown" and spreads through arithmetic; comparisons with it are unknown too (three-valued).
 */
export interface Finaliser {
  readonly name: string
  readonly expr: string
  readonly label?: Text
}

/** A cold-start rule: an expression over features that is true when the rule hits. */
export interface Rule {
  readonly name: string
  readonly when: string
  /** Sentence for the card; `{feature}` is replaced by the customer's number. */
  readonly says: Text
  /** Event kinds or `voice` the rule rests on, for "two signals on different evidence". */
  readonly basis: readonly string[]
  /** Enough for a look on its own. */
  readonly strong: boolean
  readonly enabled: boolean
}

/** A measured change that can fire the change signal. */
export interface Watched {
  /** Feature with the number now, and the one before. */
  readonly now: string
  readonly before: string
  readonly label: Text
  /** Event kind it rests on. */
  readonly basis: string
  /** Each side's window; 0: it is none of days. */
  readonly days: number
  /** Relative drop that fires (0.5 = halved) and the one that is strong. */
  readonly fires: number
  readonly strong: number
  /** Least "before" for which a drop means anything. */
  readonly least: number
  /** Another feature that must reach a value first: one large bill is no habit of spending. */
  readonly needs?: { readonly feature: string; readonly least: number }
}
