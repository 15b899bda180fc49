import { DAY } from '../clock.ts'
import { type EffectCase, isKept, isLost } from './effect-rows.ts'
import { ENOUGH } from './figure.ts'
import { groupedBy } from './grouped.ts'
import { type Estimate, sumEstimate } from './interval.ts'

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

/** Value kept, what it took, and what came back of it. Money in minor units; null while there is not enough to tell. */
export interface Return {
  readonly spent: Spent
  readonly valueMinor: Estimate | null
  /** (value - spent) / spent; null too where neither a one-off nor a running cost was entered: contacts alone would flatter it. */
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

export function returnOf(spent: Spent, valueMinor: Estimate | null): Return {
  const total = spent.totalMinor
  if (valueMinor === null || spent.oneOffMinor + spent.runningMinor <= 0)
    return { spent, valueMinor, roi: null }
  const back = (value: number) => (value - total) / total
  const { value, low, high, of } = valueMinor
  return { spent, valueMinor, roi: { value: back(value), low: back(low), high: back(high), of } }
}

/** What each kept customer took; null while there are too few. */
export function costPerKept({ totalMinor }: Pick<Spent, 'totalMinor'>, kept: number): Estimate | null {
  if (kept < ENOUGH) return null
  const { low, high } = sumEstimate(Array<number>(kept).fill(1))
  return { value: totalMinor / kept, low: totalMinor / high, high: totalMinor / low, of: kept }
}
