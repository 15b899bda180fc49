import type { FactColumn } from '../features/fact-columns.ts'
import { FIXED } from '../features/facts.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { CustomerFacts } from './history.ts'

/** A shard's facts as numbers, in shared memory. */
export type ShardFacts = (shard: number, facts: readonly CustomerFacts[]) => readonly FactColumn[]

/** Reads facts as numbers, and remembers each shard's: only customers whose facts are other objects are read again. */
export function shardFacts(list: FeatureList): ShardFacts {
  const known = new Map<number, { facts: readonly CustomerFacts[]; columns: readonly FactColumn[] }>()
  return (shard, facts) => {
    const before = known.get(shard)
    if (before?.facts === facts) return before.columns
    const same = before?.facts.length === facts.length ? before : null
    const columns = list.facts.map(({ slot, read }, nth) => {
      const values = new Float64Array(new SharedArrayBuffer(8 * facts.length))
      const natures = new Uint8Array(new SharedArrayBuffer(facts.length))
      if (same !== null) {
        values.set(same.columns[nth]!.values)
        natures.set(same.columns[nth]!.natures)
      }
      facts.forEach((one, place) => {
        if (one === same?.facts[place]) return
        values[place] = read.value(one)
        natures[place] = read.nature(one)
      })
      return { slot, values, natures, isFixed: natures.every((nature) => nature === FIXED) }
    })
    known.set(shard, { facts, columns })
    return columns
  }
}
