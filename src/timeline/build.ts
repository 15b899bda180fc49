import type { Columns } from '../features/columns.ts'
import { type Parents, VOICE_PARENTS } from '../features/kind-tree.ts'
import type { CustomerFacts } from './history.ts'
import { packPages } from './pack-pages.ts'
import { unpack } from './packed.ts'
import { pageOf } from './page.ts'
import { inRowOrder, type PageRows } from './row-order.ts'
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

export interface ColumnsBuilder {
  /** Dense number of each customer id. */
  readonly index: ReadonlyMap<string, number>
  /** Takes a page of rows ordered by customer, at, id. Throws when a row steps back: the order is a promise. */
  add(page: RowPage): void
  finish(): Columns
}

/** Collects ordered pages into columns. */
export function columnsBuilder(
  customers: readonly CustomerFacts[],
  parents: Parents = VOICE_PARENTS,
): ColumnsBuilder {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const index = placesById(facts)
  const ordered = inRowOrder(index)
  const pages: PageRows[] = []
  return {
    index,
    add: (page) => void pages.push(ordered(page)),
    finish: () => ({
      size: facts.length,
      facts,
      blocks: unpack(packPages(facts.length, pages, parents)),
    }),
  }
}

/** Where each customer is among these. A pair for each would be made only to be thrown away. */
export function placesById(facts: readonly CustomerFacts[]): Map<string, number> {
  const index = new Map<string, number>()
  for (let place = 0; place < facts.length; place += 1) index.set(facts[place]!.id, place)
  return index
}
