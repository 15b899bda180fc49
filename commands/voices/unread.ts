import type { Context } from '../../src/context.ts'

/** Rows looked at: those of older transactions that are looked at once more have been read. */
const LOOKED_AT = 500

/** True while there are voices that nobody has read yet: what is not found may be among them. */
export async function areSomeUnread(ctx: Context): Promise<boolean> {
  const { version } = await ctx.voice.reader()
  const { voices } = await ctx.store.readings.unread(await ctx.store.readings.begin(version), LOOKED_AT, 1)
  return voices.length > 0
}
