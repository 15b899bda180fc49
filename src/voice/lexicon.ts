import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { type Automaton, buildAutomaton, type Phrase } from './automaton.ts'
import {
  entryOf,
  type LexiconEntry,
  ownClassSchema,
  type Severity,
  severityOf,
  WORD_CLASSES,
  writtenSchema,
} from './entry.ts'
import { type Gap, gapAt } from './gap.ts'
import { formsOf } from './inflect.ts'
import { normalise } from './normalise.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import { readYaml } from './read-yaml.ts'
import type { Sense, Sensed, SensedEntries } from './sense.ts'
import { MOST_SPELLINGS, soundsOf, spelled } from './spellings.ts'

export { type LexiconEntry, type OwnClass, WORD_CLASSES, type WordClass } from './entry.ts'

const lexiconSchema = z.strictObject({
  /** Classes of the company's own. */
  classes: z.array(ownClassSchema).default([]),
  terms: z.array(writtenSchema),
})

/** What a phrase stands for: a term, or a longer phrase in which the term (`inner`) means nothing. */
export interface Meaning {
  readonly entry: LexiconEntry
  readonly severity: Severity
  /** Each of these nearby gives the term another meaning. */
  readonly gaps: readonly Gap[]
  /** Without one of these before it in the clause the phrase is no hit at all. */
  readonly needs: readonly Gap[] | null
  readonly inner: { readonly start: number; readonly end: number } | null
  /** One can do it, and so ask about it; an insult or a decision ("不会再来", "never again") is no act. */
  readonly act: boolean
  /** An act or a change in life may be another's, or none of ours: where a sentence hardly speaks of it, it does not count. */
  readonly doubted: boolean
}

/** What an entry stands for by itself. */
export function meaningOf(entry: LexiconEntry, more: Partial<Meaning> = {}): Meaning {
  const { class: wordClass, decided, term, shipped } = entry
  const act = wordClass === 'strong-churn' && decided !== true && !/不|\b(?:not|never|won't)\b/.test(term)
  const doubted = shipped === true && (act || wordClass === 'life-change')
  return { entry, severity: severityOf(entry), gaps: [], needs: null, inner: null, act, doubted, ...more }
}

export interface Lexicon {
  readonly entries: readonly LexiconEntry[]
  readonly phrases: Automaton<Meaning>
  readonly patterns: readonly { readonly entry: LexiconEntry; readonly pattern: Pattern }[]
  /** What whole sentences say without a word of it, with what stands for one in a hit by language; null: only words count. */
  readonly sense: Sensed | null
}

/** Reads a lexicon file. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function loadLexicon(source: string, file: string): Lexicon {
  return compileLexicon(parseLexicon(source, file), file)
}

/** The entries of a lexicon file, checked one by one. */
export function parseLexicon(source: string, file: string): LexiconEntry[] {
  const result = lexiconSchema.safeParse(readYaml(source, file))
  if (!result.success) {
    const issue = result.error.issues[0]!
    const where = issue.path.length === 0 ? 'the top' : issue.path.join('.')
    throw invalid(
      `${file}, at ${where}: ${issue.message}.`,
      'An entry is {term, class, aliases?, severity?, pattern?, not?, asked?, closing?, decided?}.',
    )
  }
  const { classes, terms } = result.data
  return terms.map((written, at) => {
    const entry = entryOf(written, classes)
    if (entry !== null) return entry
    throw invalid(
      `${file}, at terms.${at}.class: there is no class "${written.class}".`,
      `The classes are ${[...WORD_CLASSES, ...classes.map(({ id }) => id)].join(', ')}; your own stand under "classes".`,
    )
  })
}

/** Makes entries searchable; `file` names their origin in errors. */
export function compileLexicon(
  entries: readonly LexiconEntry[],
  file = 'the lexicon',
  sense: Sense | null = null,
): Lexicon {
  const seen = new Set<string>()
  const phrases: Phrase<Meaning>[] = []
  const aliases: Phrase<Meaning>[] = []
  const patterns: { entry: LexiconEntry; pattern: Pattern }[] = []
  for (const entry of entries) {
    const term = searchable(entry.term, file)
    if (seen.has(term))
      throw invalid(`${file}: the term "${entry.term}" stands twice.`, 'Remove one of the two.')
    seen.add(term)
    if (entry.sensed !== undefined) continue
    if (entry.pattern !== undefined) patterns.push({ entry, pattern: compilePattern(entry.pattern) })
    else {
      const ways = waysToSay(entry, term, file)
      phrases.push(...ways.terms)
      aliases.push(...ways.aliases)
    }
  }
  // A term as written stands before another term's alias of the same letters.
  return {
    entries,
    phrases: buildAutomaton([...phrases, ...aliases]),
    patterns,
    sense: sense && { of: sense, zh: sensedBy(entries, 'zh'), en: sensedBy(entries, 'en') },
  }
}

/** What stands for whole sentences of a language, by class. */
function sensedBy(entries: readonly LexiconEntry[], language: 'zh' | 'en'): SensedEntries {
  const own = entries.filter(({ sensed }) => sensed === language)
  return WORD_CLASSES.map((each) => own.findLast((entry) => entry.class === each))
}

interface Alias {
  readonly words: string
  readonly needs: readonly Gap[] | null
}

/** All phrases of an entry: its term with the contexts in which it means something else, and its other names. */
function waysToSay(
  entry: LexiconEntry,
  term: string,
  file: string,
): { terms: Phrase<Meaning>[]; aliases: Phrase<Meaning>[] } {
  const named = aliasesOf(entry, file)
  const words = [term, ...named.map((alias) => alias.words)]
  const gaps: { readonly of: string; readonly gap: Gap }[] = []
  const inner: Phrase<Meaning>[] = []
  for (const context of (entry.not ?? []).flatMap((written) => waysOf(entry, written, file))) {
    const parts = context.split(/\s*…\s*/).map((part) => normalise(part).text.trim())
    if (parts.length > 1) gaps.push(gapOf(parts, words, entry, context, file))
    else inner.push(...swallowing(entry, words, parts[0]!, context, file))
  }
  /** What gives the term another meaning does so for all its names. */
  const gapsOf = (name: string): Gap[] =>
    gaps.filter(({ of }) => of === term || of === name).map(({ gap }) => gap)
  const phrases = (name: string, needs: Alias['needs']): Phrase<Meaning>[] => {
    const value = meaningOf(entry, { gaps: gapsOf(name), needs })
    const forms = formsOf(name)
    const all = name.includes("'") ? new Set([...forms, ...forms.map(unmarked)]) : forms
    return Array.from(all, (form) => ({ words: form, value }))
  }
  return {
    terms: [...inner, ...phrases(term, null)],
    aliases: [
      ...named.flatMap((alias) => phrases(alias.words, alias.needs)),
      ...soundsOf(term).flatMap((sound) => phrases(sound, null)),
    ],
  }
}

/** People in a hurry leave the apostrophe out: "wont renew". Not where what is left is another word ("were", "well"). */
function unmarked(form: string): string {
  return form.replace(/\b(?!(?:we're|we'll|i'll|i'd|we'd|it's)\b)(\w+)'(\w+)\b/g, '$1$2')
}

function aliasesOf(entry: LexiconEntry, file: string): Alias[] {
  return (entry.aliases ?? []).flatMap((alias): Alias[] => {
    const parts = alias
      .split('…')
      .map((part) => waysOf(entry, part, file).map((way) => searchable(way, file)))
    if (parts.length === 1) return parts[0]!.map((words) => ({ words, needs: null }))
    if (parts.length > 2) throw badContext(entry.term, alias, file)
    const needs = parts[0]!.map((words) => gapAt('before', words))
    return parts[1]!.map((words) => ({ words, needs }))
  })
}

/** The phrases that "(a|b)" in an alias or context stands for. */
function waysOf({ term }: LexiconEntry, written: string, file: string): string[] {
  const ways = spelled(written)
  if (ways !== null) return ways
  throw invalid(
    `${file}: "${written}" of "${term}" has brackets that do not match, or more than ${MOST_SPELLINGS} ways to be read.`,
    'Write alternatives as (a|b), without brackets inside brackets.',
  )
}

/** A longer phrase in which the term, or one of its names, means nothing; a verb in it is bent as the term is. */
function swallowing(
  entry: LexiconEntry,
  words: readonly string[],
  phrase: string,
  context: string,
  file: string,
): Phrase<Meaning>[] {
  const held = words.filter((each) => phrase.includes(each) && phrase !== each)
  const name = held.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
  if (name === '') throw badContext(entry.term, context, file)
  const start = phrase.indexOf(name)
  return formsOf(name).flatMap((form) => {
    const bent = phrase.slice(0, start) + form + phrase.slice(start + name.length)
    const value = meaningOf(entry, { inner: { start, end: start + form.length } })
    return [bent, ...(/[a-z]$/.test(bent) ? [`${bent}s`] : [])].map((each) => ({ words: each, value }))
  })
}

function gapOf(
  parts: readonly string[],
  words: readonly string[],
  entry: LexiconEntry,
  context: string,
  file: string,
): { of: string; gap: Gap } {
  const [before, after] = parts
  if (parts.length === 2 && words.includes(before!)) return { of: before!, gap: gapAt('after', after!) }
  if (parts.length === 2 && words.includes(after!)) return { of: after!, gap: gapAt('before', before!) }
  throw badContext(entry.term, context, file)
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
