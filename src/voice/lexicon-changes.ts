import { z } from 'zod'
import { readList } from '../records/stored-list.ts'
import {
  aliasSchema,
  classNamed,
  type LexiconEntry,
  type OwnClass,
  ownClassSchema,
  patternSchema,
  type Severity,
  severitySchema,
} from './entry.ts'
import { compileLexicon, type Lexicon } from './lexicon.ts'
import { normalise } from './normalise.ts'
import { readWords } from './words.ts'

/** Under this name the changes are stored among the settings, which keep who changed what when. */
export const LEXICON_SETTING = 'lexicon'

/** A term that was added from chat. */
export interface AddedTerm {
  readonly term: string
  /** One of the four classes, or the id of an own one. */
  readonly class: string
  readonly aliases?: readonly string[] | undefined
  readonly severity?: Severity | undefined
  /** A regular expression in RE2's syntax; `term` is then its name. */
  readonly pattern?: string | undefined
}

/** A term that was added, one that was there and no longer counts, or a class of the company's own. */
export type LexiconChange =
  | AddedTerm
  | { readonly term: string; readonly off: true }
  | { readonly own: OwnClass }

const term = z.string().min(1).max(200)
const changeSchema = z.union([
  z.strictObject({
    term,
    class: z.string(),
    aliases: z.array(aliasSchema).optional(),
    severity: severitySchema.optional(),
    pattern: patternSchema.optional(),
  }),
  z.strictObject({ term, off: z.literal(true) }),
  z.strictObject({ own: ownClassSchema }),
])

/** What is stored, without what does not read as a change, or is of a class there is not. */
export function readChanges(
  stored: unknown,
  unread: (left: unknown) => void = () => {},
): readonly LexiconChange[] {
  const changes = readList<LexiconChange>(changeSchema, stored, unread)
  const own = ownClasses(changes)
  return changes.filter((change) => {
    const isKnown = !isAdded(change) || classNamed(change.class, own) !== null
    if (!isKnown) unread(change)
    return isKnown
  })
}

export function isAdded(change: LexiconChange): change is AddedTerm {
  return 'class' in change
}

/** The classes of the company's own that were made from chat. */
export function ownClasses(changes: readonly LexiconChange[]): OwnClass[] {
  return changes.flatMap((change) => ('own' in change ? [change.own] : []))
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
  const own = ownClasses(changes)
  const added = changes.filter(isAdded).flatMap((change): LexiconEntry[] => {
    const key = termKey(change.term)
    // A newer release may ship what was added here: two terms alike cannot both stand.
    if (known.has(key) || !/[\p{L}\p{N}]/u.test(key)) return []
    const entry = addedEntry(change, own)
    if (entry !== null) known.add(key)
    return entry === null ? [] : [entry]
  })
  return [...kept, ...added]
}

/** An added term as an entry; null where its class is gone. */
export function addedEntry(
  { term, class: id, aliases, severity, pattern }: AddedTerm,
  own: readonly OwnClass[],
): LexiconEntry | null {
  const found = classNamed(id, own)
  if (found === null) return null
  return {
    term,
    ...found,
    ...(aliases === undefined ? {} : { aliases }),
    ...(severity === undefined ? {} : { severity }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}

function changedLexicon({ entries, sense }: Lexicon, changes: readonly LexiconChange[]): Lexicon {
  const present = changedEntries(entries, changes)
  const lexicon = compileLexicon(present, undefined, sense?.of)
  const counting = new Set(present)
  const off = entries.filter((entry) => !counting.has(entry))
  if (lexicon.sense === null || off.length === 0) return lexicon
  const switchedOff = compileLexicon(off)
  return { ...lexicon, sense: { ...lexicon.sense, off: (words) => readWords(words, switchedOff) } }
}

/** The words that count now. */
export type PresentLexicon = (changes: readonly LexiconChange[]) => Lexicon

/** Words are made searchable anew only when the changes are others than last time: it takes a quarter of a second. */
export function openPresent(shipped: Lexicon): PresentLexicon {
  let made = { key: '[]', lexicon: shipped }
  return (changes) => {
    const key = JSON.stringify(changes)
    if (key !== made.key) made = { key, lexicon: changedLexicon(shipped, changes) }
    return made.lexicon
  }
}
