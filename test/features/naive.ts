import type { Aggregate } from '../../src/features/feature.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'

const DAY = 86_400_000

/** The definition of every aggregate, read off the contract: slow, one customer and one feature at a time. */
export function naiveAggregate(
  aggregate: Aggregate,
  rows: readonly TimelineRow[],
  customer: string,
  asOf: number,
): number {
  const ofKind = rows.filter((row) => row.kind === aggregate.kind && row.at < asOf)
  if (ofKind.length === 0) return Number.NaN
  const inWindow = ofKind
    .filter((row) => row.customer === customer)
    .filter((row) => aggregate.from === undefined || row.at >= asOf - aggregate.from * DAY)
    .filter((row) => row.at < asOf - (aggregate.to ?? 0) * DAY)
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  const values = inWindow.flatMap((row) => {
    const value = aggregate.measure === undefined ? null : row[aggregate.measure as 'amount']
    return value === null || value === undefined ? [] : [value]
  })
  const sum = values.reduce((total, value) => total + value, 0)
  const mean = sum / values.length
  const intervals = inWindow.slice(1).map((row, index) => (inWindow[index]!.at - row.at) / DAY)
  switch (aggregate.fn) {
    case 'count':
      return inWindow.length
    case 'days':
      return new Set(inWindow.map((row) => Math.ceil((asOf - row.at) / DAY))).size
    case 'sum':
      return inWindow.length > 0 && values.length === 0 ? Number.NaN : sum
    case 'mean':
      return mean
    case 'spread':
      return spreadOf(values)
    case 'share':
      return values.filter((value) => value > aggregate.above!).length / values.length
    case 'last':
      return values[0] ?? Number.NaN
    case 'recency':
      return inWindow.length === 0 ? Number.NaN : (asOf - inWindow[0]!.at) / DAY
    case 'age':
      return inWindow.length === 0 ? Number.NaN : (asOf - inWindow.at(-1)!.at) / DAY
    case 'interval':
      return intervals.reduce((total, days) => total + days, 0) / intervals.length
    case 'interval_spread':
      return spreadOf(intervals)
    case 'newest': {
      const taken = values.slice(aggregate.skip ?? 0, (aggregate.skip ?? 0) + aggregate.take!)
      return taken.reduce((total, value) => total + value, 0) / taken.length
    }
  }
}

function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1))
}
