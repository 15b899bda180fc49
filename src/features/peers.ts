import type { CustomerFacts } from '../timeline/history.ts'
import type { FeatureList, PeerGroup } from './feature-list.ts'
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
    const numbers = (customer: number) => values[customer * width + of]!
    const medians = mediansBy(by, facts, numbers)
    facts.forEach((fact, customer) => {
      const group = fact[by]
      const usual = group === null ? Number.NaN : (medians.get(group) ?? Number.NaN)
      values[customer * width + slot] = usual > 0 ? numbers(customer) / usual : Number.NaN
    })
  }
}

function mediansBy(
  by: PeerGroup,
  facts: readonly CustomerFacts[],
  numberOf: (customer: number) => number,
): Map<string, number> {
  const groups = new Map<string, number[]>()
  facts.forEach((fact, customer) => {
    const group = fact[by]
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
