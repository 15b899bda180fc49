import { type EventBlock, firstFrom } from '../features/columns.ts'
import type { Parents } from '../features/kind-tree.ts'
import { breathe, inSteps } from './breathe.ts'
import { compareRows } from './build.ts'
import type { KeptShard } from './cache.ts'
import { type Packed, unpack } from './packed.ts'
import { pageOf } from './page.ts'
import { inRowOrder, type PageRows } from './row-order.ts'
import type { Mark, TimelineRow, TimelineRows } from './rows.ts'
import { shardOf } from './shard-key.ts'
import type { Places } from './texts.ts'
import type { Hands } from './together.ts'

/** What came since columns were kept. */
export interface News {
  readonly mark: Mark
  /** Customers whose rows are to be read again; null: everyone's. */
  readonly whole: ReadonlySet<string> | null
  /** Customers whose facts are to be read again, besides those. */
  readonly facts: ReadonlySet<string>
  /** New rows of customers whose kept rows stand. */
  readonly added: ReadonlyMap<string, readonly TimelineRow[]>
}

type Kept = readonly (KeptShard | null)[]

/** New rows held at a time: with more, customers are read whole, so many at a time. */
export const MOST_ADDED = 200_000

/** What differs from what was kept. Shards out of files may stand at different marks. */
export async function newsSince(
  { rows, parents, mostAdded }: { rows: TimelineRows; parents: Parents; mostAdded: number },
  kept: Kept,
  signal?: AbortSignal,
): Promise<News> {
  // The mark handed out first is the one to go on from: what comes in between is seen again.
  let mark: Mark | null = null
  const whole = new Set<string>()
  const facts = new Set<string>()
  const added = new Map<string, TimelineRow[]>()
  let room = mostAdded
  for (const since of marksOf(kept)) {
    const before = await rows.changed(since)
    mark ??= before.mark
    if (since === null || before.customers === null) return everything(mark)
    let now = before.customers
    if (now.added.length > 0) {
      room = await take(rows.added(since, before.until), since, kept, added, room, signal)
      // What was corrected while rows were read is among them: its customer is named by now.
      const after = await rows.changed(since)
      if (after.customers === null) return everything(mark)
      now = after.customers
    }
    for (const customer of now.whole) whole.add(customer)
    for (const customer of now.facts) facts.add(customer)
    if (room < 0) for (const customer of now.added) whole.add(customer)
  }
  await setApart(added, whole, kept, parents)
  return { mark: mark!, whole, facts, added }
}

function everything(mark: Mark): News {
  return { mark, whole: null, facts: new Set(), added: new Map() }
}

function marksOf(kept: Kept): Iterable<Mark | null> {
  const marks = new Set(kept.flatMap((shard) => shard?.mark ?? []))
  return marks.size === 0 ? [null] : marks
}

/** Collects rows that shards kept at this mark have not seen. Gives the room left; below zero: there was too much. */
async function take(
  pages: AsyncIterable<readonly TimelineRow[]>,
  since: Mark,
  kept: Kept,
  into: Map<string, TimelineRow[]>,
  room: number,
  signal?: AbortSignal,
): Promise<number> {
  let left = room
  for await (const page of left < 0 ? [] : pages) {
    signal?.throwIfAborted()
    for (const row of page) {
      if (kept[shardOf(row.customer, kept.length)]?.mark !== since) continue
      const own = into.get(row.customer)
      if (own === undefined) into.set(row.customer, [row])
      else own.push(row)
      left -= 1
    }
    if (left < 0) break
    await breathe()
  }
  return left
}

/** Customers looked at between two looks at the event loop. */
const STEP = 2_000

/** Leaves in `added` only rows that can go among kept ones; customers with others are read whole. */
async function setApart(
  added: Map<string, TimelineRow[]>,
  whole: Set<string>,
  kept: Kept,
  parents: Parents,
): Promise<void> {
  const blocks = kept.map((shard) => (shard === null ? null : unpack(shard.packed)))
  await inSteps(added, STEP, ([customer, own]) => {
    const shard = shardOf(customer, kept.length)
    const place = kept[shard]?.index.get(customer)
    // Who is not known yet is read whole as soon as their facts are.
    const canStay = place !== undefined && !whole.has(customer)
    if (canStay && !meets(own, blocks[shard]!, place, parents)) return
    added.delete(customer)
    if (canStay) whole.add(customer)
  })
}

/**
 * Whether a row's instant is taken among its customer's kept rows. The columns know no ids: it may be the same row,
 * which the feed reported before, or another one of that instant, and the id would say which of them comes first.
 */
function meets(
  rows: readonly TimelineRow[],
  blocks: ReadonlyMap<string, EventBlock>,
  place: number,
  parents: Parents,
): boolean {
  const isTaken = (kind: string | undefined, instant: number): boolean => {
    const block = kind === undefined ? undefined : blocks.get(kind)
    if (block === undefined) return false
    const end = block.offsets[place + 1]!
    const first = firstFrom(block.at, block.offsets[place]!, end, instant)
    return first < end && block.at[first] === instant
  }
  return rows.some(({ kind, at }) => isTaken(kind, at) || isTaken(parents.get(kind), at))
}

/** Rows as columns, and where in them each customer is. */
export interface Fresh {
  readonly index: Pick<Places, 'get'>
  readonly packed: Packed
}

/** Columns of new rows alone, customers as they come, made by the crew; of a few rows here, since a click may wait for them. */
export async function columnsOfAdded(
  added: News['added'],
  { crew, own }: Hands,
  moodOf: (row: TimelineRow) => TimelineRow,
): Promise<Fresh & { readonly index: ReadonlyMap<string, number> }> {
  const index = new Map<string, number>()
  await inSteps(added.keys(), STEP, (customer) => index.set(customer, index.size))
  const ordered = inRowOrder(index)
  const pages: PageRows[] = []
  let rows: TimelineRow[] = []
  await inSteps(added.values(), STEP, (theirs) => {
    for (const row of [...theirs].sort(compareRows)) rows.push(moodOf(row))
    if (rows.length < STEP) return
    pages.push(ordered(pageOf(rows)))
    rows = []
  })
  pages.push(ordered(pageOf(rows)))
  return { index, packed: await (pages.length === 1 ? own : crew).run('build', index.size, pages) }
}
