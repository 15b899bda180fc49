import type { Context } from '../../src/context.ts'

/** Merges customers whom records name as one; how many. */
export async function joinLinked(ctx: Context): Promise<number> {
  let merged = 0
  for (let joined = 1; joined > 0; merged += joined) {
    joined = await ctx.store.transaction(({ merges }) => merges.joinLinked(ctx.clock.now()))
  }
  if (merged > 0) ctx.wake()
  return merged
}
