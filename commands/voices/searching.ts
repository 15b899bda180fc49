import type { Context } from '../../src/context.ts'
import type { FoundVoices } from '../../src/voice/found.ts'
import { queryOf, type Sought, soughtIn } from '../../src/voice/sought.ts'
import { narrowed } from './narrow.ts'
import type { SearchWords } from './search-words.ts'

export interface Searching {
  readonly sought: readonly Sought[]
  /** Neither a word nor a filter was given: nothing is found. */
  readonly nothing: boolean
  look(page: { readonly skip: number; readonly take: number }): Promise<FoundVoices>
}

/** A search as it was typed, ready to be looked through page by page. Throws what `narrowed` throws. */
export async function searching(
  ctx: Context,
  { said, filters }: SearchWords,
  timeZone: string,
): Promise<Searching> {
  const sought = soughtIn(said, ctx.voice.segmenter)
  const query = queryOf(sought)
  const filter = { ...(await narrowed(ctx, timeZone, filters)), query }
  const nothing = query === null && Object.keys(filters).length === 0
  const now = ctx.clock.now()
  return {
    sought,
    nothing,
    look: async (page) =>
      nothing ? { voices: [], total: 0, back: null } : ctx.store.voices.search(filter, now, page),
  }
}
