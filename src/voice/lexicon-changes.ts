import { z } from 'zod'
import { type LexiconEntry, WORD_CLASSES, type WordClass } from './lexicon.ts'
import { normalise } from './normalise.ts'

/** Under this name the changes are stored among the settings, which keep who changed what when. */
export const LEXICON_SETTING = 'lexicon'

/** A term that was added from chat, or one that was there and no longer counts. */
export type LexiconChange =
  | { readonly term: string; readonly class: WordClass }
  | { readonly term: string; readonly off: true }

const changesSchema = z.array(
  z.union([
    z.strictObject({ term: z.string().min(1).max(200), class: z.enum(WORD_CLASSES) }),
    z.strictObject({ term: z.string().min(1).max(200), off: z.literal(true) }),
  ]),
)

/** What is stored, or no changes where it does not read as such. */
export function readChanges(stored: unknown): readonly LexiconChange[] {
  const parsed = changesSchema.safeParse(stored)
  return parsed.success ? parsed.data : []
}

/** The one form of a term, whatever its width, case, accents and blanks: two terms with the same are the same. */
export function termKey(term: string): string {
  return normalise(term).text.trim()
}

/** The terms that count: those as shipped and configured that were not switched off, then the added ones. */
export function changedEntries(
  shipped: readonly LexiconEntry[],
  changes: readonly LexiconChange[],
): LexiconEntry[] {
  const off = new Set(changes.flatMap((change) => ('off' in change ? [termKey(change.term)] : [])))
  const kept = shipped.filter(({ term }) => !off.has(termKey(term)))
  const known = new Set(kept.map(({ term }) => termKey(term)))
  const added = changes.flatMap((change): LexiconEntry[] => {
    if ('off' in change) return []
    const key = termKey(change.term)
    // A newer release may ship what was added here: two terms alike cannot both stand.
    if (known.has(key) || !/[\p{L}\p{N}]/u.test(key)) return []
    known.add(key)
    return [{ term: change.term, class: change.class, not: [], asked: false, closing: false }]
  })
  return [...kept, ...added]
}
