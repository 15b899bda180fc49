import { medianOf } from '../features/median.ts'
import { inOneGo, type Pieces, pieceByPiece } from '../features/pieces.ts'
import type { Segments } from '../features/segment.ts'
import type { HistoriesAt } from './snapshot.ts'

/** A feature's median among those similar to a customer; NaN when not known. */
export type MedianAmongSimilar = (index: number, feature: string) => number

/**
 * Medians among similar customers, each worked out when it is first asked for: those of one RFM class, or, where there is
 * none, of one value tier that the CRM declares.
 */
export function mediansAmongSimilar(
  snapshot: Pick<HistoriesAt, 'size' | 'facts' | 'features'>,
  groups: Segments | null,
  similar: Similar | null = null,
): MedianAmongSimilar {
  const { features } = snapshot
  const known: Float64Array[] = []
  const groupOf = groupsOf(snapshot.facts, groups)
  let members = similar

  return (index, feature) => {
    const column = features.index.get(feature)
    if (column === undefined) return Number.NaN
    const group = groupOf(index)
    known[group] ??= new Float64Array(features.names.length).fill(UNTOLD)
    const own = known[group]
    if (own[column] === UNTOLD) {
      members ??= inOneGo(sorting(snapshot.size, groupOf))
      const width = features.names.length
      const all = members[group]!
      const values = new Float64Array(all.length)
      for (let at = 0; at < all.length; at += 1) values[at] = features.values[all[at]! * width + column]!
      own[column] = medianOf(values)
    }
    return own[column]!
  }
}

/** The group of similar customers someone belongs to, 0..255: of one RFM class, else of one declared value tier. */
export function groupsOf(facts: HistoriesAt['facts'], groups: Segments | null): (index: number) => number {
  return (index) => {
    const rfm = groups?.rfm.class[index] ?? 0
    return rfm > 0 ? TIERS.length + rfm : TIERS.indexOf(facts.at(index)!.valueTier)
  }
}

const TIERS = ['high', 'mid', 'low', null] as const
/** No median: it may be any number, or NaN. */
const UNTOLD = Number.NEGATIVE_INFINITY

/** The members of each group of similar customers, by the group's number. */
export type Similar = readonly Int32Array[]

/** Sorts everyone to those similar to them, for who will ask for many medians: otherwise the first one does. */
export function similarInSteps(
  snapshot: Pick<HistoriesAt, 'size' | 'facts'>,
  groups: Segments | null,
): Promise<Similar> {
  return pieceByPiece(sorting(snapshot.size, groupsOf(snapshot.facts, groups)))
}

/** Customers sorted in one piece. */
const STEP = 50_000

function* sorting(size: number, groupOf: (index: number) => number): Pieces<Similar> {
  const groups = new Uint8Array(size)
  const counts = new Int32Array(256)
  for (let index = 0; index < size; index += 1) {
    const group = groupOf(index)
    groups[index] = group
    counts[group]! += 1
    if (index % STEP === STEP - 1) yield
  }
  const members = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (let index = 0; index < size; index += 1) {
    const group = groups[index]!
    members[group]![counts[group]!++] = index
    if (index % STEP === STEP - 1) yield
  }
  return members
}
