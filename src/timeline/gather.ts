import type { Columns, EventBlock, Measure } from '../features/columns.ts'
import type { Deal } from './deal.ts'

/** Copies all shards' columns into one piece, everyone by ascending `no`; with one shard there is nothing to copy. */
export function gatherColumns(deal: Deal, parts: readonly Columns[]): Columns {
  if (parts.length === 1) return parts[0]!
  const kinds = new Set(parts.flatMap(({ blocks }) => [...blocks.keys()]))
  const blocks = new Map(
    [...kinds].map((kind) => [
      kind,
      gatherBlock(
        deal,
        parts.map((part) => part.blocks.get(kind)),
      ),
    ]),
  )
  return { size: deal.facts.length, facts: deal.facts, blocks }
}

function gatherBlock({ shardAt, placeAt }: Deal, parts: readonly (EventBlock | undefined)[]): EventBlock {
  const size = shardAt.length
  const offsets = new Int32Array(size + 1)
  for (let customer = 0; customer < size; customer += 1) {
    const block = parts[shardAt[customer]!]
    const place = placeAt[customer]!
    const rows = block === undefined ? 0 : block.offsets[place + 1]! - block.offsets[place]!
    offsets[customer + 1] = offsets[customer]! + rows
  }
  const column = (of: (block: EventBlock) => Float64Array | undefined): Float64Array => {
    const values = new Float64Array(offsets[size]!).fill(Number.NaN)
    const columns = parts.map((block) => (block === undefined ? undefined : of(block)))
    for (let customer = 0; customer < size; customer += 1) {
      const shard = shardAt[customer]!
      const [block, from] = [parts[shard], columns[shard]]
      if (block === undefined || from === undefined) continue
      const place = placeAt[customer]!
      values.set(from.subarray(block.offsets[place]!, block.offsets[place + 1]!), offsets[customer]!)
    }
    return values
  }
  const known = new Set<Measure>(parts.flatMap((block) => [...(block?.measures.keys() ?? [])]))
  const measures = new Map(
    [...known].map((measure) => [measure, column((block) => block.measures.get(measure))]),
  )
  const since = Math.min(...parts.map((block) => block?.since ?? Number.POSITIVE_INFINITY))
  return { offsets, at: column(({ at }) => at), measures, since }
}
