import type { Columns } from '../features/columns.ts'
import { type FactColumn, factColumns } from '../features/fact-columns.ts'
import type { FeatureList, PeerGroup } from '../features/feature-list.ts'
import { type FeatureMatrix, matrixOver } from '../features/kernel.ts'
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
  const values = new Float64Array(width * deal.facts.length)
  const filled: Promise<void>[] = []
  for (const [shard, { packed }] of shards.entries()) {
    const places = deal.places[shard]!
    const facts = sharedFacts(list, deal.shards[shard]!)
    const rows = crew.run('fill', { packed, since, facts, asOf })
    filled.push(rows.then((own) => spread(own, places, width, values)))
    await breathe()
    if (signal?.aborted) break
  }
  await Promise.allSettled(filled)
  signal?.throwIfAborted()
  await Promise.all(filled)
  for (const { slot, of, by } of list.peers) {
    const numbers = await columnOf(values, of, width)
    const shares = await crew.run('peers', await groupsBy(by, deal.facts), numbers)
    await inSteps(deal.facts.length, (customer) => {
      values[customer * width + slot] = shares[customer]!
    })
  }
  return matrixOver(list, values)
}

/** Puts a shard's rows where its customers stand among all. */
function spread(rows: Float64Array, places: Int32Array, width: number, values: Float64Array): void {
  places.forEach((place, customer) => {
    values.set(rows.subarray(customer * width, (customer + 1) * width), place * width)
  })
}

async function columnOf(values: Float64Array, slot: number, width: number): Promise<Float64Array> {
  const column = new Float64Array(values.length / width)
  await inSteps(column.length, (customer) => {
    column[customer] = values[customer * width + slot]!
  })
  return column
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

/** Everyone's group, as numbers; -1: none. */
async function groupsBy(by: PeerGroup, facts: readonly CustomerFacts[]): Promise<Int32Array> {
  const numbers = new Map<string, number>()
  const groups = new Int32Array(facts.length)
  await inSteps(facts.length, (at) => {
    const group = facts[at]![by]
    if (group !== null && !numbers.has(group)) numbers.set(group, numbers.size)
    groups[at] = group === null ? -1 : numbers.get(group)!
  })
  return groups
}

/** Customers looked at between two looks at the event loop. */
const STEP = 20_000

async function inSteps(count: number, visit: (at: number) => void): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    if (at % STEP === STEP - 1) await breathe()
    visit(at)
  }
}
