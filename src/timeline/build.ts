import { type Columns, type EventBlock, MEASURES } from '../features/columns.ts'
import { type Parents, VOICE_PARENTS } from '../features/kind-tree.ts'
import { type BlockBuilder, blockBuilder } from './block-builder.ts'
import type { CustomerFacts } from './history.ts'
import { pageOf } from './page.ts'
import type { RowPage, TimelineRow } from './rows.ts'

/** Builds columns from rows in any order; no database, no waiting. Rows of unknown customers are left out. */
export function buildTimeline(
  facts: readonly CustomerFacts[],
  rows: Iterable<TimelineRow>,
  parents: Parents = VOICE_PARENTS,
): Columns {
  const building = columnsBuilder(facts, parents)
  const known = [...rows].filter(({ customer }) => building.index.has(customer))
  known.sort((a, b) => building.index.get(a.customer)! - building.index.get(b.customer)! || compareRows(a, b))
  building.add(pageOf(known))
  return building.finish()
}

/** Rows of one customer: oldest first, the id decides between those of one instant. */
export function compareRows(a: TimelineRow, b: TimelineRow): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

export interface BlocksBuilder {
  /** Takes a page of rows ordered by customer, at, id. Throws when a row steps back: the order is a promise. */
  add(page: RowPage): void
  /** Kind by kind, so that the caller can rest between two. */
  blocks(): Iterable<readonly [kind: string, block: EventBlock]>
}

export interface ColumnsBuilder extends BlocksBuilder {
  /** Dense number of each customer id. */
  readonly index: ReadonlyMap<string, number>
  finish(): Columns
}

/** Collects ordered pages into columns. */
export function columnsBuilder(
  customers: readonly CustomerFacts[],
  parents: Parents = VOICE_PARENTS,
): ColumnsBuilder {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const index = placesById(facts)
  const { add, blocks } = blocksBuilder(index, parents)
  return { index, add, blocks, finish: () => ({ size: facts.length, facts, blocks: new Map(blocks()) }) }
}

/** Where each customer is among these. A pair for each would be made only to be thrown away. */
function placesById(facts: readonly CustomerFacts[]): Map<string, number> {
  const index = new Map<string, number>()
  for (let place = 0; place < facts.length; place += 1) index.set(facts[place]!.id, place)
  return index
}

/**
 * Collects ordered pages into blocks of the customers of an index; an event lies in its own kind's block and in that of
 * the kind it counts as.
 */
export function blocksBuilder(index: ReadonlyMap<string, number>, parents: Parents): BlocksBuilder {
  const builders = new Map<string, BlockBuilder>()
  // The row before, also across pages.
  let before = { customer: NOBODY, at: 0, id: '', name: '' }

  function builderOf(kind: string): BlockBuilder {
    const known = builders.get(kind)
    if (known !== undefined) return known
    const builder = blockBuilder()
    builders.set(kind, builder)
    return builder
  }

  function buildsOf(kind: string): Builds {
    const parent = parents.get(kind)
    return { self: builderOf(kind), over: parent === undefined ? null : builderOf(parent) }
  }

  /** Gives every row of a page its place; rows of unknown customers get none. */
  function place(page: RowPage): Placed {
    const { length, customer, kind, at } = page
    const owners = Int32Array.from(page.customers, (id) => index.get(id) ?? NOBODY)
    const builds = new Array<Builds | undefined>(page.kinds.length)
    const own = new Int32Array(length).fill(NOWHERE)
    const above = new Int32Array(length).fill(NOWHERE)
    let last = NOBODY
    let [lastOwner, lastAt] = [before.customer, before.at]
    for (let row = 0; row < length; row += 1) {
      const owner = owners[customer[row]!]!
      if (owner === NOBODY) continue
      const instant = at[row]!
      if (owner < lastOwner || (owner === lastOwner && instant <= lastAt)) {
        const earlier = last === NOBODY ? before : named(page, last, lastOwner)
        check(earlier, named(page, row, owner))
      }
      const nth = kind[row]!
      builds[nth] ??= buildsOf(page.kinds[nth]!)
      const { self, over } = builds[nth]
      own[row] = self.add(owner, instant)
      if (over !== null) above[row] = over.add(owner, instant)
      last = row
      lastOwner = owner
      lastAt = instant
    }
    if (last !== NOBODY) before = named(page, last, lastOwner)
    return { builds, own, above }
  }

  return {
    add(page) {
      const { builds, own, above } = place(page)
      const { length, kind } = page
      for (const [measure, values] of page.measures) {
        const nth = MEASURES.indexOf(measure)
        for (let row = 0; row < length; row += 1) {
          const value = values[row]!
          if (value === null || Number.isNaN(value) || own[row] === NOWHERE) continue
          const { self, over } = builds[kind[row]!]!
          self.put(nth, own[row]!, value)
          over?.put(nth, above[row]!, value)
        }
      }
    },
    *blocks() {
      for (const [kind, builder] of builders) yield [kind, builder.finish(index.size)]
    },
  }
}

const NOBODY = -1
const NOWHERE = -1

/** Where rows of a kind go: to its own block, and to that of the kind it counts as. */
interface Builds {
  readonly self: BlockBuilder
  readonly over: BlockBuilder | null
}

interface Placed {
  /** By the page's kinds; undefined: no row of such a kind was taken. */
  readonly builds: readonly (Builds | undefined)[]
  /** Each row's place in either block. */
  readonly own: Int32Array
  readonly above: Int32Array
}

/** A row as the order of rows knows it. */
interface Named {
  readonly customer: number
  readonly at: number
  readonly id: string
  /** The customer's id. */
  readonly name: string
}

function named(page: RowPage, row: number, customer: number): Named {
  return { customer, at: page.at[row]!, id: page.idOf(row), name: page.customers[page.customer[row]!]! }
}

function check(before: Named, after: Named): void {
  const step = after.customer - before.customer || after.at - before.at || (after.id < before.id ? -1 : 0)
  if (step >= 0) return
  throw new Error(
    `Timeline rows must come by customer no, at, id: ${after.id} (${after.name}) followed ${before.id} (${before.name}).`,
  )
}
