import type { Context } from '../../src/context.ts'
import { asWritten } from '../../src/judging/as-written.ts'
import { nearest } from '../../src/nearest.ts'
import type { Sought } from '../../src/voice/sought.ts'
import { topicTexts } from './topic-names.ts'

/** What somebody may have meant by the words nobody has ever said: a word of the voices, or a topic. */
export interface Likely {
  readonly said: string
  readonly meant: string
}

export async function likelyWord(ctx: Context, sought: readonly Sought[]): Promise<Likely | null> {
  const asked = sought.filter(({ without }) => !without)
  const known = await ctx.store.voices.known(asked.flatMap(({ terms }) => terms))
  const strange = asked.filter(({ terms }) => terms.some((term) => !known.has(term)))
  if (strange.length === 0) return null
  const words = await ctx.store.voices.vocabulary()
  const { topics } = (await ctx.voice.reader()).cues
  const named = await topicTexts(ctx)
  for (const { terms, said } of strange) {
    const term = nearest(terms.join(''), words)
    if (term !== null) return { said, meant: await asWritten(ctx, term) }
    const names = topics.flatMap(({ id }) => [named(id).zh, named(id).en])
    const topic = nearest(said, names)
    if (topic !== null) return { said, meant: topic }
  }
  return null
}
