import { medianOf } from '../features/median.ts'
import type { Segments } from '../features/segment.ts'
import type { HistoriesAt } from './snapshot.ts'

/** A feature's median among those similar to a customer; NaN when not known. */
export type MedianAmongSimilar = (index: number, feature: string) => number

/**
 * Medians among similar customers, each worked out when it is first asked for: those of one RFM class, or, where there is
 * none, of one value tier that the CRM declares.
 */
export function mediansAmongSimilar(
  { size, facts, features }: Pick<HistoriesAt, 'size' | 'facts' | 'features'>,
  groups: Segments | null,
): MedianAmongSimilar {
  const known: Float64Array[] = []
  let members: readonly Int32Array[] | null = null

  function groupOf(index: number): number {
    const rfm = groups?.rfm.class[index] ?? 0
    return rfm > 0 ? TIERS.length + rfm : TIERS.indexOf(facts.at(index)!.valueTier)
  }

  return (index, feature) => {
    const column = features.index.get(feature)
    if (column === undefined) return Number.NaN
    const group = groupOf(index)
    known[group] ??= new Float64Array(features.names.length).fill(UNTOLD)
    const own = known[group]
    if (own[column] === UNTOLD) {
      members ??= sorted(size, groupOf)
      const width = features.names.length
      const all = members[group]!
      const values = new Float64Array(all.length)
      for (let at = 0; at < all.length; at += 1) values[at] = features.values[all[at]! * width + column]!
      own[column] = medianOf(values)
    }
    return own[column]!
  }
}

const TIERS = ['high', 'mid', 'low', null] as const
/** No median: it may be any number, or NaN. */
const UNTOLD = Number.NEGATIVE_INFINITY

/** The members of each group. */
function sorted(size: number, groupOf: (index: number) => number): Int32Array[] {
  const groups = new Uint8Array(size)
  const counts = new Int32Array(256)
  for (let index = 0; index < size; index += 1) {
    const group = groupOf(index)
    groups[index] = group
    counts[group]! += 1
  }
  const members = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (let index = 0; index < size; index += 1) {
    const group = groups[index]!
    members[group]![counts[group]!++] = index
  }
  return members
}
