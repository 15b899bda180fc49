import { newestChange } from '../features/attributes.ts'
import { type FactColumn, withPast } from '../features/fact-columns.ts'
import { FIXED } from '../features/facts.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { CustomerFacts } from './history.ts'

/** A shard's facts as numbers, in shared memory, good for dates from `asOf` on. */
export type ShardFacts = (
  shard: number,
  facts: readonly CustomerFacts[],
  asOf: number,
) => readonly FactColumn[]

interface Known {
  readonly facts: readonly CustomerFacts[]
  readonly columns: readonly FactColumn[]
  readonly newest: number
}

/** Reads facts as numbers, and remembers each shard's: only customers whose facts are other objects are read again. */
export function shardFacts(list: FeatureList): ShardFacts {
  const known = new Map<number, Known>()
  return (shard, facts, asOf) => {
    let own = known.get(shard)
    if (own?.facts !== facts) {
      own = { facts, columns: readAgain(list, facts, own), newest: newestChange(facts) }
      known.set(shard, own)
    }
    return asOf >= own.newest ? own.columns : withPast(list, facts, own.columns)
  }
}

function readAgain(list: FeatureList, facts: readonly CustomerFacts[], before?: Known): FactColumn[] {
  const same = before?.facts.length === facts.length ? before : null
  return list.facts.map(({ slot, read }, nth) => {
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
    return { slot, values, natures, isFixed: natures.every((nature) => nature === FIXED), past: null }
  })
}
