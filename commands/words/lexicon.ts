import type { Context } from '../../src/context.ts'
import type { Lexicon } from '../../src/voice/lexicon.ts'
import { LEXICON_SETTING, type LexiconChange, readChanges } from '../../src/voice/lexicon-changes.ts'
import { WHY_TEXTS } from '../../src/voice/why.ts'
import { readWords } from '../../src/voice/words.ts'
import type { HitLine } from '../../templates/hits.ts'

/** What was changed from chat. */
export async function lexiconChanges(ctx: Context): Promise<readonly LexiconChange[]> {
  return readChanges((await ctx.store.settings.all()).get(LEXICON_SETTING))
}

/** The words that count now. */
export async function presentLexicon(ctx: Context): Promise<Lexicon> {
  return ctx.voice.lexicon(await lexiconChanges(ctx))
}

/** Every term found in some words, how it stands there, and why it counts or does not. `read`: the words as they are taken. */
export function hitLines(words: string, lexicon: Lexicon, read = words): HitLine[] {
  return readWords(read, lexicon).map(({ term, class: wordClass, own, severity, span, counted, why }) => ({
    term,
    written: words.slice(span.start, span.end),
    wordClass,
    own: own ?? null,
    severity,
    counted,
    why: why === 'said' ? null : WHY_TEXTS[why],
  }))
}
