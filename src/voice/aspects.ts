import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { type FlatTrie, flatTrie } from './flat-trie.ts'
import { formsOf } from './inflect.ts'
import { normalise } from './normalise.ts'
import { readYaml } from './read-yaml.ts'
import { unitsOf } from './sentiment.ts'
import type { Tone, ToneOf } from './sentiment-reader.ts'

export const ASPECTS = ['product', 'service', 'experience', 'price'] as const
export type Aspect = (typeof ASPECTS)[number]

/** What a voice says of one aspect. */
export interface AspectTone extends Tone {
  readonly aspect: Aspect
  /** The clause that says it most clearly, in UTF-16 units of the text. */
  readonly span: { readonly start: number; readonly end: number }
}

export interface AspectWords {
  readonly trie: FlatTrie
  /** Of each phrase: the aspect it names, or `turn`: a new clause begins. */
  readonly meanings: readonly (Aspect | 'turn')[]
}

const terms = z.array(z.array(z.string().trim().min(1).max(64))).transform((lines) => lines.flat())
const fileSchema = z.strictObject({
  product: terms,
  service: terms,
  experience: terms,
  price: terms,
  turns: z.array(z.string().trim().min(1).max(64)),
})

/** Reads the aspects' words. Throws CONFIG_INVALID naming the file and the place. */
export function loadAspects(source: string, file: string): AspectWords {
  const parsed = fileSchema.safeParse(readYaml(source, file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new ForeshockError(
      'CONFIG_INVALID',
      `${file}, at ${issue.path.join('.') || 'the top'}: ${issue.message}.`,
      'Mend the place it names; the head of the file explains the lists.',
    )
  }
  const meanings = new Map<string, Aspect | 'turn'>()
  const add = (term: string, meaning: Aspect | 'turn'): void => {
    for (const form of formsOf(normalise(term).text.trim()))
      if (!meanings.has(form)) meanings.set(form, meaning)
  }
  for (const term of parsed.data.turns) add(term, 'turn')
  for (const aspect of ASPECTS) for (const term of parsed.data[aspect]) add(term, aspect)
  return { trie: flatTrie([...meanings.keys()]), meanings: [...meanings.values()] }
}

interface Clause {
  readonly start: number
  readonly end: number
  readonly aspects: ReadonlySet<Aspect>
}

/** Longer voices are read as far as this, in UTF-16 units. */
const MOST = 4_096
const MARK = /^(?:[，。！？；…\n!?;]|[,.:](?!\d))/

/**
 * What a text says of each aspect it names, in the order of ASPECTS: of each the clause with the strongest mood. `toneOf` reads a
 * clause. A clause that names none goes on about what was named last in its text.
 */
export function readAspects(text: string, words: AspectWords, toneOf: ToneOf): AspectTone[] {
  const found = new Map<Aspect, AspectTone>()
  let last: ReadonlySet<Aspect> = new Set()
  for (const { start, end, aspects } of clausesOf(text.slice(0, MOST), words)) {
    const named = aspects.size > 0
    if (named) last = aspects
    const tone = toneOf(text.slice(start, end))
    for (const aspect of last) {
      const before = found.get(aspect)
      // What goes on without naming it again must say something of its own.
      if (!named && tone.label === 'neutral') continue
      if (before !== undefined && Math.abs(before.strength) >= Math.abs(tone.strength)) continue
      found.set(aspect, { aspect, ...tone, span: { start, end } })
    }
  }
  return ASPECTS.flatMap((aspect) => found.get(aspect) ?? [])
}

function clausesOf(text: string, { trie, meanings }: AspectWords): Clause[] {
  const { text: folded, from } = normalise(text)
  const { units, length } = unitsOf(folded)
  const clauses: Clause[] = []
  let start = 0
  let aspects = new Set<Aspect>()
  const close = (end: number): void => {
    if (text.slice(start, end).trim() !== '') clauses.push({ start, end, aspects })
    start = end
    aspects = new Set()
  }
  for (let index = 0; index < length; ) {
    const number = trie.longestAt(units, length, index)
    if (number >= 0) {
      const meaning = meanings[number]!
      if (meaning !== 'turn') aspects.add(meaning)
      else if (from[index]! > start) close(from[index]!)
      index += trie.lengths[number]!
      continue
    }
    const at = from[index]!
    if (MARK.test(text.slice(at, at + 2))) close(at + 1)
    index += 1
  }
  close(text.length)
  return clauses
}
