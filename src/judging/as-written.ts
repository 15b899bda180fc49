import type { Context } from '../context.ts'
import { spansOf } from '../voice/sought.ts'
import { isHanTerm } from '../voice/terms.ts'

/** A term of search as people write it: Chinese is kept so, words of other scripts without their endings. */
export async function asWritten(ctx: Context, term: string): Promise<string> {
  if (isHanTerm(term)) return term
  const words = await ctx.store.voices.example(term)
  if (words === null) return term
  const [span] = spansOf(words, [{ terms: [term], without: false, said: term }], ctx.voice.segmenter)
  return span === undefined ? term : words.slice(span.start, span.end)
}
