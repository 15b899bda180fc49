import type { Columns } from '../features/columns.ts'
import type { Crew } from './crew.ts'
import type { Everyone } from './everyone.ts'
import { gatherBlocks } from './gather.ts'
import { unpack } from './packed.ts'

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
    return everyone.parts.length === 1 ? everyone.parts[0] : made.get(everyone)?.deref()
  }

  function remember(everyone: Everyone, blocks: Columns['blocks']): Columns {
    const { facts } = everyone.deal
    const columns = { size: facts.length, facts, blocks }
    made.set(everyone, new WeakRef(columns))
    return columns
  }

  return {
    now: (everyone) => {
      const { deal, parts } = everyone
      const blocks = () =>
        gatherBlocks(
          deal,
          parts.map((part) => part.blocks),
        )
      return known(everyone) ?? remember(everyone, blocks())
    },
    later: async (everyone) => {
      const { deal, shards, bytes } = everyone
      const { shardAt, placeAt } = deal
      const gather = () =>
        crew(bytes).run(
          'gather',
          shards.map(({ packed }) => packed),
          { shardAt, placeAt },
        )
      return known(everyone) ?? remember(everyone, unpack(await gather()))
    },
  }
}
