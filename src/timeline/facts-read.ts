import { newestChange } from '../features/attributes.ts'
import type { FactColumn } from '../features/fact-columns.ts'
import { FIXED } from '../features/facts.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { PackedFacts } from './packed-facts.ts'

/** Facts as numbers. */
export interface FactsRead {
  readonly columns: readonly FactColumn[]
  /** Instant of the newest change of any of them. */
  readonly newest: number
}

/** Some facts, and what was read of them. */
export type FactsKnown<F> = FactsRead & { readonly facts: F }

/** `before`: as many customers' facts, of whom those with the same ones as now need not be read. */
export function readFacts(
  list: FeatureList,
  facts: PackedFacts,
  before: FactsKnown<PackedFacts> | null,
): FactsRead {
  const columns = list.facts.map(({ slot, read }, nth) => {
    const values = new Float64Array(new SharedArrayBuffer(8 * facts.length))
    const natures = new Uint8Array(new SharedArrayBuffer(facts.length))
    if (before !== null) {
      values.set(before.columns[nth]!.values)
      natures.set(before.columns[nth]!.natures)
    }
    return { slot, values, natures, read }
  })
  for (let place = 0; place < facts.length; place += 1) {
    if (before?.facts.isSame(place, facts, place) === true) continue
    const one = facts.at(place)!
    for (const { values, natures, read } of columns) {
      values[place] = read.value(one)
      natures[place] = read.nature(one)
    }
  }
  return {
    columns: columns.map(({ slot, values, natures }) => ({
      slot,
      values,
      natures,
      isFixed: natures.every((nature) => nature === FIXED),
      past: null,
    })),
    newest: newestChange(facts),
  }
}
