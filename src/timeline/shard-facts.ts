import { newestChange } from '../features/attributes.ts'
import { type FactColumn, withPast } from '../features/fact-columns.ts'
import { FIXED } from '../features/facts.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { PackedFacts } from './packed-facts.ts'

/** A shard's facts as numbers, in shared memory, good for dates from `asOf` on. */
export type ShardFacts = (shard: number, facts: PackedFacts, asOf: number) => readonly FactColumn[]

interface Known {
  readonly facts: PackedFacts
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

function readAgain(list: FeatureList, facts: PackedFacts, known?: Known): FactColumn[] {
  const before = known?.facts.length === facts.length ? known : undefined
  const columns = list.facts.map(({ slot, read }, nth) => {
    const values = new Float64Array(new SharedArrayBuffer(8 * facts.length))
    const natures = new Uint8Array(new SharedArrayBuffer(facts.length))
    if (before !== undefined) {
      values.set(before.columns[nth]!.values)
      natures.set(before.columns[nth]!.natures)
    }
    return { slot, values, natures, read }
  })
  for (let place = 0; place < facts.length; place += 1) {
    if (before !== undefined && facts.isSame(place, before.facts, place)) continue
    const one = facts.at(place)!
    for (const { values, natures, read } of columns) {
      values[place] = read.value(one)
      natures[place] = read.nature(one)
    }
  }
  return columns.map(({ slot, values, natures }) => ({
    slot,
    values,
    natures,
    isFixed: natures.every((nature) => nature === FIXED),
    past: null,
  }))
}
