import type { Text } from '../text.ts'

/** A distribution over bins: `edges` ascending (bin i is below edges[i], the last above all), shares of each and of unknown. */
export interface Binned {
  readonly edges: readonly number[]
  /** edges.length + 1 shares, 0..1; with `unknown` they sum to 1. */
  readonly shares: readonly number[]
  readonly unknown: number
}

/** How far one distribution has moved: population stability index. Below 0.1 still, from 0.25 on another population. */
export interface Shift {
  readonly name: string
  readonly label: Text
  readonly psi: number
}

export const MOVED = { some: 0.1, much: 0.25 }

/** What the weekly look at the model in use found. Shares are 0..1. */
export interface DriftReport {
  readonly model: number
  readonly asOf: number
  readonly customers: number
  /** Of the probabilities. */
  readonly score: number
  /** Features that moved, most first. */
  readonly features: readonly Shift[]
  /** True when the customers are others than those it learned from. */
  readonly moved: boolean
  /** From which shift on something has moved some, or much. */
  readonly limits: typeof MOVED
  /** Forecasts whose days have passed, and what became of them; null: none are old enough. */
  readonly matured: Matured | null
  /** Groups in which the forecast is off; only those with enough customers. */
  readonly bias: readonly GroupBias[]
  /** By what no group has enough customers to tell; absent: it was not looked at then. */
  readonly untold?: readonly GroupedBy[]
}

export interface Matured {
  /** When the forecasts were made. */
  readonly asOf: number
  readonly customers: number
  readonly leavers: number
  readonly auc: number
  /** Mean probability, and the share that really left. */
  readonly expected: number
  readonly left: number
}

/** What customers are grouped by: an attribute by its words in the profile. */
export type GroupedBy = 'region' | 'product' | Text

export interface GroupBias {
  readonly by: GroupedBy
  readonly name: string
  readonly customers: number
  readonly expected: number
  readonly left: number
}

/** Shares of values over bins; NaN counts as unknown. */
export function binned(values: ArrayLike<number>, edges: readonly number[]): Binned {
  const counts = new Array<number>(edges.length + 1).fill(0)
  let unknown = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!
    if (Number.isNaN(value)) unknown += 1
    else counts[binOf(value, edges)]! += 1
  }
  const total = Math.max(1, values.length)
  return { edges, shares: counts.map((count) => count / total), unknown: unknown / total }
}

function binOf(value: number, edges: readonly number[]): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (edges[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** An empty bin is taken as this share, so that one customer in it is not an infinite shift. */
const LEAST = 1e-4

/** Population stability index of two distributions over the same bins. */
export function psi(before: Binned, after: Binned): number {
  const one = [...before.shares, before.unknown]
  const other = [...after.shares, after.unknown]
  return one.reduce((sum, share, index) => {
    const [expected, found] = [Math.max(LEAST, share), Math.max(LEAST, other[index]!)]
    return sum + (found - expected) * Math.log(found / expected)
  }, 0)
}

/** Customers a group needs before its bias means anything. */
export const ENOUGH = 50

/**
 * Groups whose leavers are not as many as forecast, by more than chance explains (2 standard errors), worst first.
 *
 * @param groupings each with the group of every row; null: not known
 */
export function biasOf(
  rows: readonly Forecast[],
  groupings: readonly { readonly by: GroupedBy; readonly groups: readonly (string | null)[] }[],
): { readonly bias: GroupBias[]; readonly untold: GroupedBy[] } {
  const untold: GroupedBy[] = []
  const bias = groupings.flatMap(({ by, groups: named }) => {
    const groups = new Map<string, Forecast[]>()
    rows.forEach((row, at) => {
      const name = named[at] ?? null
      if (name === null) return
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [row])
      else group.push(row)
    })
    const told = [...groups].filter(([, group]) => group.length >= ENOUGH)
    if (told.length === 0) untold.push(by)
    return told.flatMap(([name, group]) => biasIn(by, name, group))
  })
  bias.sort((a, b) => Math.abs(b.left - b.expected) - Math.abs(a.left - a.expected))
  return { bias, untold }
}

interface Forecast {
  readonly probability: number
  readonly left: boolean
}

function biasIn(by: GroupedBy, name: string, group: readonly Forecast[]): GroupBias[] {
  const customers = group.length
  const expected = group.reduce((sum, { probability }) => sum + probability, 0) / customers
  const left = group.filter((row) => row.left).length / customers
  const error = Math.sqrt(group.reduce((sum, { probability: p }) => sum + p * (1 - p), 0)) / customers
  return Math.abs(left - expected) > 2 * error ? [{ by, name, customers, expected, left }] : []
}
