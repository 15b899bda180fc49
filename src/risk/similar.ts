import { medianOf } from '../features/median.ts'
import { roomFor } from '../features/memory.ts'
import { inOneGo, type Pieces, pieceByPiece } from '../features/pieces.ts'
import type { Segments } from '../features/segment.ts'
import type { HistoriesAt } from './snapshot.ts'
import type { Similar } from './told.ts'

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
  const width = features.names.length
  const known = similar?.medians ?? new Float64Array(GROUPS * width).fill(UNTOLD)
  const groupOf =
    similar === null ? groupsOf(snapshot.facts, groups) : (index: number) => similar.groups[index]!
  let sorted = similar

  return (index, feature) => {
    const column = features.index.get(feature)
    if (column === undefined) return Number.NaN
    const group = groupOf(index)
    const cell = group * width + column
    if (known[cell] === UNTOLD) {
      sorted ??= inOneGo(sorting(snapshot.size, groupOf))
      const all = sorted.members.subarray(sorted.starts[group], sorted.starts[group + 1])
      const step = Math.ceil(all.length / ASKED)
      const values = new Float64Array(Math.ceil(all.length / step))
      for (let nth = 0; nth < values.length; nth += 1) {
        values[nth] = features.values[all[nth * step]! * width + column]!
      }
      known[cell] = medianOf(values)
    }
    return known[cell]!
  }
}

/** The group of similar customers someone belongs to, 0..255: of one RFM class, else of one declared value tier. */
export function groupsOf(facts: HistoriesAt['facts'], groups: Segments | null): (index: number) => number {
  return (index) => {
    const rfm = groups?.rfm.class[index] ?? 0
    return rfm > 0 ? TIERS.length + rfm : TIERS.indexOf(facts.at(index)!.valueTier)
  }
}

/**
 * Most customers of a group that a median is told from, spread evenly over it: with so many its rank is right to half a
 * percent, and nobody waits for it however large the group.
 */
const ASKED = 50_000

const TIERS = ['high', 'mid', 'low', null] as const
/** No median: it may be any number, or NaN. */
const UNTOLD = Number.NEGATIVE_INFINITY

/** Room for the medians of so many features. */
export function sharedMedians(width: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * GROUPS * width)).fill(UNTOLD)
}

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
  const groups = roomFor(Uint8Array, size)
  const starts = new Int32Array(GROUPS + 1)
  for (let index = 0; index < size; index += 1) {
    const group = groupOf(index)
    groups[index] = group
    starts[group + 1]! += 1
    if (index % STEP === STEP - 1) yield
  }
  for (let group = 0; group < GROUPS; group += 1) starts[group + 1]! += starts[group]!
  const next = starts.slice()
  const members = roomFor(Int32Array, size)
  for (let index = 0; index < size; index += 1) {
    members[next[groups[index]!]!++] = index
    if (index % STEP === STEP - 1) yield
  }
  return { groups, members, starts }
}

const GROUPS = 256
