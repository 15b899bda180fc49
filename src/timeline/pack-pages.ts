import { type EventBlock, MEASURES } from '../features/columns.ts'
import type { Parents } from '../features/kind-tree.ts'
import { type Packed, packInto } from './packed.ts'
import { NOBODY, type PageRows } from './row-order.ts'

/**
 * Rows of `size` customers, page by page in order, as columns in shared memory. An event lies in its own kind's block and in
 * that of the kind it counts as. Everything is counted first, so that each value is put once, where it stays.
 */
export function packPages(size: number, pages: readonly PageRows[], parents: Parents): Packed {
  const plan = counted(size, pages, parents)
  const shapes = plan.kinds.map((kind, block) => ({
    kind,
    rows: plan.offsets[block]![size]!,
    measures: MEASURES.filter((_, nth) => plan.carried[block]! & (1 << nth)),
  }))
  return packInto(size, shapes, (blocks) => {
    const filling = fillerOf(plan, blocks)
    for (const [nth, page] of pages.entries()) filling.add(page, plan.sorts[nth]!)
  })
}

/** Blocks that a page's kinds go to, by the page's numbers of them. */
interface Sorts {
  readonly own: Int32Array
  /** Of the kind it counts as; NOWHERE: none. */
  readonly above: Int32Array
}

interface Counts {
  /** A block a kind. */
  readonly kinds: readonly string[]
  readonly offsets: readonly Int32Array[]
  /** Of each block, a bit for each of MEASURES that some row carries. */
  readonly carried: readonly number[]
  /** A page each. */
  readonly sorts: readonly Sorts[]
}

const NOWHERE = -1

function counted(size: number, pages: readonly PageRows[], parents: Parents): Counts {
  const kinds: string[] = []
  const offsets: Int32Array[] = []
  const carried: number[] = []
  const numbers = new Map<string, number>()
  const blockOf = (kind: string): number => {
    const known = numbers.get(kind)
    if (known !== undefined) return known
    numbers.set(kind, kinds.length)
    offsets.push(new Int32Array(size + 1))
    carried.push(0)
    return kinds.push(kind) - 1
  }
  const sorts = pages.map((page) => {
    const own = Int32Array.from(page.kinds, blockOf)
    const above = Int32Array.from(page.kinds, (kind) => {
      const parent = parents.get(kind)
      return parent === undefined ? NOWHERE : blockOf(parent)
    })
    countRows(page, own, above, offsets)
    for (const [measure, values] of page.measures) {
      const bit = 1 << MEASURES.indexOf(measure)
      for (const kind of kindsCarrying(page, values)) {
        carried[own[kind]!]! |= bit
        if (above[kind] !== NOWHERE) carried[above[kind]!]! |= bit
      }
    }
    return { own, above }
  })
  for (const counts of offsets) for (let one = 0; one < size; one += 1) counts[one + 1]! += counts[one]!
  return { kinds, offsets, carried, sorts }
}

/** Adds how many rows of each customer go to each block, one place further on. */
function countRows(
  { length, owners, customer, kind }: PageRows,
  own: Int32Array,
  above: Int32Array,
  counts: readonly Int32Array[],
): void {
  for (let row = 0; row < length; row += 1) {
    const owner = owners[customer[row]!]!
    if (owner === NOBODY) continue
    const nth = kind[row]!
    counts[own[nth]!]![owner + 1]! += 1
    if (above[nth] !== NOWHERE) counts[above[nth]!]![owner + 1]! += 1
  }
}

/** The page's numbers of kinds of which a known customer's row has such a value. */
function kindsCarrying({ length, owners, customer, kinds, kind }: PageRows, values: Float64Array): number[] {
  const carries = new Uint8Array(kinds.length)
  for (let row = 0; row < length; row += 1) {
    if (!Number.isNaN(values[row]!) && owners[customer[row]!] !== NOBODY) carries[kind[row]!] = 1
  }
  return Array.from(carries.keys()).filter((nth) => carries[nth] === 1)
}

/** Puts rows where they belong, page after page. */
function fillerOf({ kinds, offsets }: Counts, blocks: ReadonlyMap<string, EventBlock>) {
  const at: Float64Array[] = []
  const columns = kinds.map((kind, block) => {
    const into = blocks.get(kind)
    into?.offsets.set(offsets[block]!)
    at.push(into?.at ?? NOTHING)
    for (const values of into?.measures.values() ?? []) values.fill(Number.NaN)
    return MEASURES.map((measure) => into?.measures.get(measure) ?? NOTHING)
  })
  const next = new Int32Array(kinds.length)
  let placed = { own: new Int32Array(0), above: new Int32Array(0) }

  function placeRows(
    { length, owners, customer, kind, at: instants }: PageRows,
    { own, above }: Sorts,
  ): void {
    if (placed.own.length < length) placed = { own: new Int32Array(length), above: new Int32Array(length) }
    const put = (block: number, instant: number): number => {
      const place = next[block]!
      at[block]![place] = instant
      next[block] = place + 1
      return place
    }
    for (let row = 0; row < length; row += 1) {
      if (owners[customer[row]!] === NOBODY) {
        placed.own[row] = NOWHERE
        continue
      }
      const nth = kind[row]!
      placed.own[row] = put(own[nth]!, instants[row]!)
      if (above[nth] !== NOWHERE) placed.above[row] = put(above[nth]!, instants[row]!)
    }
  }

  return {
    add(page: PageRows, sorts: Sorts): void {
      placeRows(page, sorts)
      const { length, kind, kinds: named } = page
      for (const [measure, values] of page.measures) {
        const nth = MEASURES.indexOf(measure)
        const own = named.map((_, one) => columns[sorts.own[one]!]![nth]!)
        const above = named.map((_, one) => columns[sorts.above[one]!]?.[nth] ?? null)
        for (let row = 0; row < length; row += 1) {
          const value = values[row]!
          if (Number.isNaN(value) || placed.own[row] === NOWHERE) continue
          own[kind[row]!]![placed.own[row]!] = value
          const parent = above[kind[row]!]
          if (parent) parent[placed.above[row]!] = value
        }
      }
    },
  }
}

const NOTHING = new Float64Array(0)
