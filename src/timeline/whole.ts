import { plainFacts } from '../features/attributes.ts'
import type { Columns } from '../features/columns.ts'
import { inSteps } from './breathe.ts'
import type { Crew } from './crew.ts'
import type { Everyone } from './everyone.ts'
import { gatherBlocks } from './gather.ts'
import type { CustomerFacts } from './history.ts'
import { unpack } from './packed.ts'

/** Customers looked at between two looks at the event loop. */
const STEP = 5_000

/** Everyone's columns in one piece, made once for each refresh and forgotten when nobody uses them. */
export interface Whole {
  /** Here and now; a single shard is used as it is. */
  now(everyone: Everyone): Columns
  /** By a thread, in shared memory. */
  later(everyone: Everyone): Promise<Columns>
}

export function openWhole(crew: (bytes: number) => Crew): Whole {
  const made = new WeakMap<Everyone, WeakRef<Columns>>()

  function known(everyone: Everyone): Columns | undefined {
    return made.get(everyone)?.deref()
  }

  // Who reads everyone's columns at once reads their facts again and again.
  function remember(everyone: Everyone, blocks: Columns['blocks'], facts: Columns['facts']): Columns {
    const columns = { size: facts.length, facts, blocks }
    made.set(everyone, new WeakRef(columns))
    return columns
  }

  return {
    now: (everyone) => {
      const { deal, parts } = everyone
      const own = parts.map((part) => part.blocks)
      const blocks = () => (own.length === 1 ? own[0]! : gatherBlocks(deal, own))
      return known(everyone) ?? remember(everyone, blocks(), Array.from(deal.facts, plainFacts))
    },
    later: async (everyone) => {
      const { deal, shards, parts, bytes } = everyone
      const { shardAt, placeAt } = deal
      const before = known(everyone)
      if (before !== undefined) return before
      const facts: CustomerFacts[] = []
      await inSteps(deal.facts, STEP, (one) => void facts.push(plainFacts(one)))
      if (parts.length === 1) return remember(everyone, parts[0]!.blocks, facts)
      const packed = shards.map((shard) => shard.packed)
      const gathered = await crew(bytes).run('gather', packed, { shardAt, placeAt })
      return remember(everyone, unpack(gathered), facts)
    },
  }
}
