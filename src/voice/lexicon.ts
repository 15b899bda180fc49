import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { formsOf } from './inflect.ts'
import { normalise } from './normalise.ts'
import { readYaml } from './read-yaml.ts'
import { buildTrie, type Phrase, type Trie } from './trie.ts'

/** Classes of churn words, strongest first (the same names as in a reading's evidence). */
export const WORD_CLASSES = ['strong-churn', 'life-change', 'competitor', 'strong-negative'] as const
export type WordClass = (typeof WORD_CLASSES)[number]

const entrySchema = z.strictObject({
  /** The word or phrase, as people write it; spelling variants are folded and English is inflected. */
  term: z.string().trim().min(1).max(64),
  class: z.enum(WORD_CLASSES),
  /**
   * Longer phrases in which the term means something else ("垃圾桶"). "…" stands for a short gap in the same
   * clause ("取消…闹钟").
   */
  not: z.array(z.string().trim().min(1).max(64)).default([]),
  /** Something we are asked for: "you don't refund me" is a complaint, only "I don't want a refund" takes it back. */
  asked: z.boolean().default(false),
  /** Also a polite closing: counts only where nothing polite stands around it. */
  closing: z.boolean().default(false),
})

const lexiconSchema = z.strictObject({ terms: z.array(entrySchema) })

export type LexiconEntry = z.infer<typeof entrySchema>

/** Text that must stand before or after a term, in the same clause, for it to mean something else. */
export interface Gap {
  readonly side: 'before' | 'after'
  readonly words: string
}

/** What a phrase of the trie stands for: a term, or a longer phrase in which the term (`inner`) means nothing. */
export interface Meaning {
  readonly entry: LexiconEntry
  readonly gaps: readonly Gap[]
  readonly inner: { readonly start: number; readonly end: number } | null
}

export interface Lexicon {
  readonly entries: readonly LexiconEntry[]
  readonly trie: Trie<Meaning>
}

/** Reads a lexicon file. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function loadLexicon(source: string, file: string): Lexicon {
  return compileLexicon(parseLexicon(source, file), file)
}

/** The entries of a lexicon file, checked one by one. */
export function parseLexicon(source: string, file: string): LexiconEntry[] {
  const result = lexiconSchema.safeParse(readYaml(source, file))
  if (result.success) return result.data.terms
  const issue = result.error.issues[0]!
  const where = issue.path.length === 0 ? 'the top' : issue.path.join('.')
  throw invalid(
    `${file}, at ${where}: ${issue.message}.`,
    'An entry is {term, class, not?, asked?, closing?}.',
  )
}

/** Makes entries searchable; `file` names their origin in errors. */
export function compileLexicon(entries: readonly LexiconEntry[], file = 'the lexicon'): Lexicon {
  const seen = new Set<string>()
  const phrases: Phrase<Meaning>[] = []
  for (const entry of entries) {
    const term = searchable(entry.term, file)
    if (seen.has(term))
      throw invalid(`${file}: the term "${entry.term}" stands twice.`, 'Remove one of the two.')
    seen.add(term)
    phrases.push(...phrasesOf(entry, term, file))
  }
  return { entries, trie: buildTrie(phrases) }
}

function phrasesOf(entry: LexiconEntry, term: string, file: string): Phrase<Meaning>[] {
  const contexts = entry.not.map((context) => ({ context, parts: splitGap(context) }))
  const gaps = contexts.flatMap(({ context, parts }) =>
    parts.length > 1 ? [gapOf(parts, term, context, file)] : [],
  )
  const phrases: Phrase<Meaning>[] = []
  for (const form of formsOf(term)) {
    phrases.push({ words: form, value: { entry, gaps, inner: null } })
    for (const { context, parts } of contexts) {
      if (parts.length === 1) phrases.push(...literal(entry, term, form, parts[0]!, context, file))
    }
  }
  return phrases
}

function literal(
  entry: LexiconEntry,
  term: string,
  form: string,
  words: string,
  context: string,
  file: string,
): Phrase<Meaning>[] {
  const start = words.indexOf(term)
  if (start === -1 || words === term) throw badContext(entry.term, context, file)
  const bent = words.slice(0, start) + form + words.slice(start + term.length)
  const value: Meaning = { entry, gaps: [], inner: { start, end: start + form.length } }
  const plural = /[a-z]$/.test(bent) ? [{ words: `${bent}s`, value }] : []
  return [{ words: bent, value }, ...plural]
}

function gapOf(parts: readonly string[], term: string, context: string, file: string): Gap {
  const [before, after] = parts
  if (parts.length === 2 && before === term) return { side: 'after', words: after! }
  if (parts.length === 2 && after === term) return { side: 'before', words: before! }
  throw badContext(term, context, file)
}

function splitGap(context: string): string[] {
  return context.split(/\s*…\s*/).map((part) => normalise(part).text.trim())
}

function searchable(term: string, file: string): string {
  const folded = normalise(term).text.trim()
  if (/[\p{L}\p{N}]/u.test(folded)) return folded
  throw invalid(`${file}: the term "${term}" has no letter to look for.`, 'Use a word or a phrase.')
}

function badContext(term: string, context: string, file: string): ForeshockError {
  return invalid(
    `${file}: the context "${context}" of "${term}" must be longer than the term and contain it.`,
    `Write for example "${term}…" followed by the word that changes its meaning.`,
  )
}

function invalid(what: string, hint: string): ForeshockError {
  return new ForeshockError('CONFIG_INVALID', what, hint)
}
