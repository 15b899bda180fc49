import { breathe } from './breathe.ts'
import { placesById } from './build.ts'
import type { Crew } from './crew.ts'
import { withMoods } from './moods.ts'
import type { Packed } from './packed.ts'
import type { ShardWork } from './plan.ts'
import type { Reading } from './reading.ts'
import { inRowOrder, type PageRows } from './row-order.ts'
import type { Places } from './texts.ts'

/** Rows of some customers as they were read, of which columns are yet to be made. */
export interface ReadBatch {
  /** Where each customer is among these. */
  readonly index: Pick<Places, 'get'>
  readonly size: number
  readonly pages: PageRows[]
  readonly rows: number
  /** Memory of the pages. */
  readonly bytes: number
}

/** Reads the rows of all who are touched in some shards. */
export async function readBatch(
  { rows, sentimentOf }: Pick<Reading, 'rows' | 'sentimentOf'>,
  batch: readonly ShardWork[],
  isEveryone: boolean,
  signal?: AbortSignal,
): Promise<ReadBatch> {
  const { index, ids } = touchedIn(batch)
  const ordered = inRowOrder(index)
  const pages: PageRows[] = []
  let [count, bytes] = [0, 0]
  for await (const page of ids.length === 0 ? [] : rows.rows(isEveryone ? null : ids)) {
    signal?.throwIfAborted()
    const taken = ordered(withMoods(page, sentimentOf))
    pages.push(taken)
    count += page.length
    bytes += columnsOf(taken).reduce((sum, { byteLength }) => sum + byteLength, 0)
    await breathe()
  }
  return { index, size: ids.length, pages, rows: count, bytes }
}

/** Columns of what was read, made by whoever does the heavy work: it takes about as long as reading does. */
export async function built(read: ReadBatch, crew: Crew): Promise<Packed> {
  const pages = read.pages.splice(0)
  return await crew.hand(buffersOf(pages), 'build', read.size, pages)
}

function touchedIn(batch: readonly ShardWork[]): Pick<ReadBatch, 'index'> & { readonly ids: string[] } {
  const [first] = batch
  // A whole shard is in order already, and knows who is where.
  if (batch.length === 1 && first!.touched.length === first!.facts.length) {
    const { ids, index } = first!.facts
    return { index, ids: Array.from(first!.touched, (place) => ids.at(place)) }
  }
  const facts = batch.flatMap(({ facts, touched }) => Array.from(touched, (place) => facts.at(place)!))
  facts.sort((a, b) => a.no - b.no)
  return { index: placesById(facts), ids: facts.map(({ id }) => id) }
}

function columnsOf({ customer, kind, at, measures }: PageRows): readonly ArrayBufferView[] {
  return [customer, kind, at, ...measures.values()]
}

/** Memory that can change hands; what threads share stays where it is. */
function buffersOf(pages: readonly PageRows[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const page of pages) {
    for (const { buffer } of columnsOf(page)) if (buffer instanceof ArrayBuffer) buffers.add(buffer)
  }
  return [...buffers]
}
