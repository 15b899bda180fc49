import type { EventBlock, Measure } from '../features/columns.ts'
import type { Deal } from './deal.ts'

/** Where each customer is found, everyone by ascending `no`. */
export type Order = Pick<Deal, 'shardAt' | 'placeAt'>

type Blocks = ReadonlyMap<string, EventBlock>

/** Copies all shards' blocks into one piece, everyone by ascending `no`. */
export function gatherBlocks(order: Order, shards: readonly Blocks[]): Map<string, EventBlock> {
  const kinds = new Set(shards.flatMap((blocks) => [...blocks.keys()]))
  const own = (kind: string) => shards.map((blocks) => blocks.get(kind))
  return new Map([...kinds].map((kind) => [kind, gatherBlock(order, own(kind))]))
}

function gatherBlock({ shardAt, placeAt }: Order, shards: readonly (EventBlock | undefined)[]): EventBlock {
  const size = shardAt.length
  const offsets = new Int32Array(size + 1)
  for (let customer = 0; customer < size; customer += 1) {
    const block = shards[shardAt[customer]!]
    const place = placeAt[customer]!
    const rows = block === undefined ? 0 : block.offsets[place + 1]! - block.offsets[place]!
    offsets[customer + 1] = offsets[customer]! + rows
  }
  const column = (of: (block: EventBlock) => Float64Array | undefined): Float64Array => {
    const values = new Float64Array(offsets[size]!).fill(Number.NaN)
    const columns = shards.map((block) => (block === undefined ? undefined : of(block)))
    for (let customer = 0; customer < size; customer += 1) {
      const shard = shardAt[customer]!
      const [block, from] = [shards[shard], columns[shard]]
      if (block === undefined || from === undefined) continue
      const place = placeAt[customer]!
      values.set(from.subarray(block.offsets[place]!, block.offsets[place + 1]!), offsets[customer]!)
    }
    return values
  }
  const known = new Set<Measure>(shards.flatMap((block) => [...(block?.measures.keys() ?? [])]))
  const measures = new Map(
    [...known].map((measure) => [measure, column((block) => block.measures.get(measure))]),
  )
  const since = Math.min(...shards.map((block) => block?.since ?? Number.POSITIVE_INFINITY))
  return { offsets, at: column(({ at }) => at), measures, since }
}
