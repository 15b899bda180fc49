import { type FactColumn, withPast } from '../features/fact-columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { Crew } from './crew.ts'
import type { FactsKnown } from './facts-read.ts'
import type { PackedFacts } from './packed-facts.ts'

/** A shard's facts as numbers, in shared memory, good for dates from `asOf` on; read by a crew where they are not known. */
export type ShardFacts = (
  shard: number,
  facts: PackedFacts,
  asOf: number,
  crew: Crew,
) => Promise<readonly FactColumn[]>

/** Reads facts as numbers, and remembers each shard's: only customers whose facts are other objects are read again. */
export function shardFacts(list: FeatureList): ShardFacts {
  const known = new Map<number, FactsKnown<PackedFacts>>()
  return async (shard, facts, asOf, crew) => {
    let own = known.get(shard)
    if (own?.facts !== facts) {
      const before = own?.facts.length === facts.length ? { ...own, facts: own.facts.shared } : null
      own = { facts, ...(await crew.run('facts', facts.shared, before)) }
      known.set(shard, own)
    }
    return asOf >= own.newest ? own.columns : withPast(list, facts, own.columns)
  }
}
