import type { CustomerFacts } from '../timeline/history.ts'
import type { FeatureList } from './feature-list.ts'
import { medianOf } from './median.ts'

/** Fewer similar customers than this are no measure of what is usual. */
const LEAST = 5

/**
 * Fills the peer features of a whole night's rows: the customer's number over the median of their group. Unknown for a
 * customer without group, in a group of under five known numbers, or where the median is zero or less.
 */
export function fillPeers(list: FeatureList, facts: readonly CustomerFacts[], values: Float64Array): void {
  const width = list.names.length
  for (const { slot, of, by } of list.peers) {
    const groups = facts.map((fact) => fact[by])
    const numbers = Float64Array.from(facts, (_, customer) => values[customer * width + of]!)
    besideMedians(groups, numbers).forEach((share, customer) => {
      values[customer * width + slot] = share
    })
  }
}

/** One peer feature of everyone, by their groups (null: none) and the number that is compared. */
export function besideMedians(
  groups: readonly (string | number | null)[],
  numbers: Float64Array,
): Float64Array {
  const medians = mediansOf(groups, (customer) => numbers[customer]!)
  return numbers.map((number, customer) => {
    const group = groups[customer]!
    const usual = group === null ? Number.NaN : (medians.get(group) ?? Number.NaN)
    return usual > 0 ? number / usual : Number.NaN
  })
}

function mediansOf(
  groupOf: readonly (string | number | null)[],
  numberOf: (customer: number) => number,
): Map<string | number, number> {
  const groups = new Map<string | number, number[]>()
  groupOf.forEach((group, customer) => {
    const number = numberOf(customer)
    if (group === null || Number.isNaN(number)) return
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [number])
    else members.push(number)
  })
  return new Map(
    [...groups].map(([group, members]) => [group, members.length < LEAST ? Number.NaN : medianOf(members)]),
  )
}
