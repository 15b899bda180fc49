import type { Columns } from '../../src/features/columns.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { mergeBlocks, planMerge } from '../../src/timeline/merge.ts'
import { NOWHERE } from '../../src/timeline/merge-block.ts'
import { unpack } from '../../src/timeline/packed.ts'

/**
 * Merges freshly read customers into kept columns: the result has exactly `facts` (any order), each customer's
 * rows from `fresh` when it is there and from `kept` otherwise. Neither input is changed.
 */
export function mergeColumns(kept: Columns, fresh: Columns, customers: readonly CustomerFacts[]): Columns {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const placesIn = (columns: Columns): Int32Array => {
    const index = new Map(columns.facts.map(({ id }, position) => [id, position]))
    return Int32Array.from(facts, ({ id }) => index.get(id) ?? NOWHERE)
  }
  const runs = planMerge(placesIn(kept), placesIn(fresh))
  const packed = mergeBlocks(kept.blocks, fresh.blocks, runs, facts.length)
  return { size: facts.length, facts, blocks: unpack(packed) }
}
