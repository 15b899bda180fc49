import type { Columns, EventBlock } from '../features/columns.ts'
import { type Parents, VOICE_PARENTS } from '../features/kind-tree.ts'
import { type BlockBuilder, blockBuilder } from './block-builder.ts'
import type { CustomerFacts } from './history.ts'
import type { TimelineRow } from './rows.ts'

/** Blocks by kind, grown row by row; rows arrive in customer order, each customer's oldest first. */
export interface KindBlocks {
  /** An event lies in its own kind's block and in that of the kind it counts as. */
  add(customer: number, row: TimelineRow): void
  /** Kind by kind, so that the caller can rest between two. */
  blocks(size: number): Iterable<readonly [kind: string, block: EventBlock]>
}

export function kindBlocks(parents: Parents): KindBlocks {
  const builders = new Map<string, BlockBuilder>()

  function builderOf(kind: string): BlockBuilder {
    const known = builders.get(kind)
    if (known !== undefined) return known
    const builder = blockBuilder()
    builders.set(kind, builder)
    return builder
  }

  return {
    add(customer, row) {
      builderOf(row.kind).add(customer, row)
      const parent = parents.get(row.kind)
      if (parent !== undefined) builderOf(parent).add(customer, row)
    },
    *blocks(size) {
      for (const [kind, builder] of builders) yield [kind, builder.finish(size)]
    },
  }
}

/** Builds columns from rows in any order; no database, no waiting. Rows of unknown customers are left out. */
export function buildTimeline(
  facts: readonly CustomerFacts[],
  rows: Iterable<TimelineRow>,
  parents: Parents = VOICE_PARENTS,
): Columns {
  const building = columnsBuilder(facts, parents)
  const known = [...rows].filter(({ customer }) => building.index.has(customer))
  known.sort((a, b) => building.index.get(a.customer)! - building.index.get(b.customer)! || compareRows(a, b))
  building.add(known)
  return building.finish()
}

export interface ColumnsBuilder {
  /** Dense number of each customer id. */
  readonly index: ReadonlyMap<string, number>
  /** Takes a page of rows ordered by customer, at, id. Throws when a row steps back: the order is a promise. */
  add(rows: readonly TimelineRow[]): void
  /** Kind by kind, so that the caller can rest between two. */
  blocks(): Iterable<readonly [kind: string, block: EventBlock]>
  finish(): Columns
}

/** Collects ordered pages into columns. */
export function columnsBuilder(
  customers: readonly CustomerFacts[],
  parents: Parents = VOICE_PARENTS,
): ColumnsBuilder {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const index = new Map(facts.map(({ id }, position) => [id, position]))
  const kinds = kindBlocks(parents)
  let latest: TimelineRow | null = null
  // Rows come customer by customer: most are the latest one's.
  let latestAt = -1

  const blocks = () => kinds.blocks(facts.length)

  return {
    index,
    add(rows) {
      for (const row of rows) {
        const customer = row.customer === latest?.customer ? latestAt : index.get(row.customer)
        if (customer === undefined) continue
        if (latest !== null && stepsBack(latest, row, customer - latestAt)) throw outOfOrder(latest, row)
        latest = row
        latestAt = customer
        kinds.add(customer, row)
      }
    },
    blocks,
    finish: () => ({ size: facts.length, facts, blocks: new Map(blocks()) }),
  }
}

/** Rows of one customer: oldest first, the id decides between those of one instant. */
export function compareRows(a: TimelineRow, b: TimelineRow): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** `step`: from the earlier row's customer to the later one's. */
function stepsBack(before: TimelineRow, after: TimelineRow, step: number): boolean {
  return step < 0 || (step === 0 && compareRows(before, after) > 0)
}

function outOfOrder(before: TimelineRow, after: TimelineRow): Error {
  return new Error(
    `Timeline rows must come by customer no, at, id: ${after.id} (${after.customer}) followed ${before.id} (${before.customer}).`,
  )
}
