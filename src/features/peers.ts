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
  const groups = peerGroups(list)
  fillPeersIn(list, new Map(groups.map((by) => [by, facts.map((fact) => fact[by])])), values)
}

/** What a list compares customers within. */
export function peerGroups({ peers }: FeatureList): PeerGroup[] {
  return [...new Set(peers.map(({ by }) => by))]
}

/** The same, by any name of everyone's group; null: none. */
export function fillPeersIn(
  list: FeatureList,
  groupsBy: ReadonlyMap<PeerGroup, readonly (string | number | null)[]>,
  values: Float64Array,
): void {
  const width = list.names.length
  for (const { slot, of, by } of list.peers) {
    const groups = groupsBy.get(by)!
    const numbers = (customer: number) => values[customer * width + of]!
    const medians = mediansOf(groups, numbers)
    groups.forEach((group, customer) => {
      const usual = group === null ? Number.NaN : (medians.get(group) ?? Number.NaN)
      values[customer * width + slot] = usual > 0 ? numbers(customer) / usual : Number.NaN
    })
  }
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
