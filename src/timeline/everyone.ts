import type { Columns } from '../features/columns.ts'
import { type FactColumn, factColumns } from '../features/fact-columns.ts'
import type { FeatureList, PeerGroup } from '../features/feature-list.ts'
import { type FeatureMatrix, matrixOver } from '../features/kernel.ts'
import { peerGroups } from '../features/peers.ts'
import type { KeptShard } from './cache.ts'
import { breathe, type Crew } from './crew.ts'
import type { Deal } from './deal.ts'
import type { CustomerFacts } from './history.ts'
import type { MeasuredSince } from './one-customer.ts'
import { measuredBlocks } from './tasks.ts'

/** Everyone's columns at one refresh, shard by shard. */
export interface Everyone {
  readonly deal: Deal
  readonly shards: readonly KeptShard[]
  /** The same shards with their facts; kinds are measured since their first event in any of them. */
  readonly parts: readonly Columns[]
  readonly since: MeasuredSince
  readonly bytes: number
}

export function everyoneOf(deal: Deal, shards: readonly KeptShard[]): Everyone {
  const since = new Map<string, number>()
  for (const { packed } of shards) {
    for (const block of packed.blocks) {
      since.set(block.kind, Math.min(block.since, since.get(block.kind) ?? Number.POSITIVE_INFINITY))
    }
  }
  const parts = shards.map(({ packed }, shard) => ({
    size: packed.size,
    facts: deal.shards[shard]!,
    blocks: measuredBlocks(packed, since),
  }))
  const bytes = shards.reduce((sum, { packed }) => sum + packed.buffer.byteLength, 0)
  return { deal, shards, parts, since, bytes }
}

/** Computes everyone's features as of an instant, shard by shard. */
export async function featuresOfEveryone(
  list: FeatureList,
  { deal, shards, since }: Everyone,
  asOf: number,
  crew: Crew,
  signal?: AbortSignal,
): Promise<FeatureMatrix> {
  const width = list.names.length
  const values = new Float64Array(new SharedArrayBuffer(8 * width * deal.facts.length))
  const filled: Promise<void>[] = []
  for (const [shard, { packed }] of shards.entries()) {
    const facts = sharedFacts(list, deal.shards[shard]!)
    const places = deal.places[shard]!
    filled.push(crew.run('fill', { packed, since, facts, places, asOf, values }))
    await breathe()
    if (signal?.aborted) break
  }
  await Promise.allSettled(filled)
  signal?.throwIfAborted()
  await Promise.all(filled)
  if (list.peers.length > 0) await crew.run('peers', await groupsOf(list, deal.facts), values)
  return matrixOver(list, values)
}

const shared = new WeakMap<readonly CustomerFacts[], WeakMap<FeatureList, readonly FactColumn[]>>()

/** A shard's facts as numbers, in shared memory; kept as long as the facts themselves. */
function sharedFacts(list: FeatureList, facts: readonly CustomerFacts[]): readonly FactColumn[] {
  const byList = shared.get(facts) ?? new WeakMap<FeatureList, readonly FactColumn[]>()
  shared.set(facts, byList)
  const known = byList.get(list)
  if (known !== undefined) return known
  const columns = factColumns(list, facts).map(({ slot, values, natures }) => {
    const copy = {
      slot,
      values: new Float64Array(new SharedArrayBuffer(values.byteLength)),
      natures: new Uint8Array(new SharedArrayBuffer(natures.byteLength)),
    }
    copy.values.set(values)
    copy.natures.set(natures)
    return copy
  })
  byList.set(list, columns)
  return columns
}

/** Customers looked at between two looks at the event loop. */
const STEP = 5_000

/** Everyone's group by each thing the list compares within, as numbers; -1: none. */
async function groupsOf(
  list: FeatureList,
  facts: readonly CustomerFacts[],
): Promise<Map<PeerGroup, Int32Array>> {
  const groups = new Map<PeerGroup, Int32Array>()
  for (const by of peerGroups(list)) {
    const numbers = new Map<string, number>()
    const own = new Int32Array(new SharedArrayBuffer(4 * facts.length))
    for (let at = 0; at < facts.length; at += 1) {
      if (at % STEP === STEP - 1) await breathe()
      const group = facts[at]![by]
      if (group !== null && !numbers.has(group)) numbers.set(group, numbers.size)
      own[at] = group === null ? -1 : numbers.get(group)!
    }
    groups.set(by, own)
  }
  return groups
}
