import type { Found } from './automaton.ts'
import type { OwnClass, Severity, WordClass } from './entry.ts'
import { distanceTo, judge } from './judge.ts'
import { Area } from './kernel/memory.ts'
import { type Gap, type Lexicon, type Meaning, meaningOf } from './lexicon.ts'
import { foldWords } from './normalise.ts'
import { MOST_PLAIN, openText, placed } from './open-text.ts'
import { type Surroundings, surroundingsOf, type Units } from './surroundings.ts'
import type { Why } from './why.ts'

/** A lexicon term found in a voice. */
export interface Hit {
  /** The entry's term as the lexicon writes it. */
  readonly term: string
  /** What it counts as. */
  readonly class: WordClass
  /** The company's own class it stands in. */
  readonly own?: OwnClass
  readonly severity: Severity
  /** Place in the original text, UTF-16 units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
  readonly counted: boolean
  readonly why: Why
}

/** Where each unit of a folded text comes from. */
interface Origins {
  readonly from: Uint32Array
  readonly to: Uint32Array
}

const NO_HITS: readonly Hit[] = []

/**
 * Finds the lexicon's terms in a text, longest first from the left, and says of each whether it counts. Two hits only
 * overlap when their classes differ. Linear in the text; any string is safe, and a text without a hit costs next to nothing.
 */
export function readWords(words: string, lexicon: Lexicon): readonly Hit[] {
  const { origins, text } = foldedBy(words)
  let hits: Hit[] | null = null
  /** Where the hits so far end, and of which class the last one is. */
  let end = 0
  let last: WordClass | null = null
  for (const all of lexicon.phrases.find(text)) {
    for (const { meaning, places } of chosenFrom(all, text)) {
      const inside = places[0]! < end
      if (inside && (meaning.inner !== null || meaning.entry.class === last)) continue
      const found = hitOf(origins, text, places, meaning)
      // Inside another hit it only says something more when it counts.
      if (inside && !found.counted) continue
      hits ??= []
      hits.push(found)
      end = Math.max(end, places.at(-1)! + 1)
      last = meaning.entry.class
    }
  }
  if (lexicon.patterns.length > 0) hits = withPatterns(hits ?? [], origins, text, lexicon)
  if (hits === null) return NO_HITS
  return isSorted(hits) ? hits : hits.sort(inOrder)
}

function inOrder(a: Hit, b: Hit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end
}

function isSorted(hits: readonly Hit[]): boolean {
  for (let at = 1; at < hits.length; at += 1) if (inOrder(hits[at - 1]!, hits[at]!) > 0) return false
  return true
}

/** Where each unit of a text comes from that was folded one for one. */
const PLACES = Uint32Array.from({ length: MOST_PLAIN + 1 }, (_, place) => place)
const NEXT_PLACES = PLACES.subarray(1)

const IN_PLACE: Origins = { from: PLACES, to: NEXT_PLACES }
const area = new Area(2)

function foldedBy(words: string): { readonly origins: Origins; readonly text: Units } {
  const plain = openText(words).folded
  if (plain !== null) return { origins: IN_PLACE, text: plain }
  const folded = foldWords(words)
  return { origins: folded, text: placed(area, folded.units, folded.size) }
}

interface Chosen {
  readonly meaning: Meaning
  readonly places: readonly number[]
}

/** What the phrases stand for that have what they need around them: of each class the longest. */
function chosenFrom(all: readonly Found<Meaning>[], text: Units): Chosen[] {
  const chosen: Chosen[] = []
  const [only] = all
  // Nearly always one phrase stands for one thing.
  if (all.length === 1 && only!.values.length === 1 && only!.values[0]!.needs === null)
    return [{ meaning: only!.values[0]!, places: only!.places }]
  for (const { places, values } of all) {
    let around: Surroundings | null = null
    for (const meaning of values) {
      if (chosen.some((one) => one.meaning.entry.class === meaning.entry.class)) continue
      if (meaning.needs === null) {
        chosen.push({ meaning, places })
        continue
      }
      around ??= surroundingsOf(text, places[0]!, places.at(-1)! + 1)
      const off = neededOff(meaning.needs, around)
      // What a phrase needs before it belongs to the term: it begins there.
      if (off !== null) chosen.push({ meaning, places: off === 0 ? places : [places[0]! - off, ...places] })
    }
  }
  return chosen
}

function neededOff(needs: readonly Gap[], around: Surroundings): number | null {
  const offs = needs.map((gap) => distanceTo(gap, around)).filter((off) => off !== null)
  return offs.length === 0 ? null : Math.min(...offs)
}

function hitOf(origins: Origins, text: Units, places: readonly number[], meaning: Meaning): Hit {
  const start = places[meaning.inner?.start ?? 0]!
  const end = places[(meaning.inner?.end ?? places.length) - 1]! + 1
  const why = meaning.inner === null ? judge(surroundingsOf(text, start, end), meaning) : 'other-meaning'
  return hit(origins, start, end, meaning, why)
}

function hit({ from, to }: Origins, start: number, end: number, { entry, severity }: Meaning, why: Why): Hit {
  const { term, class: wordClass, own } = entry
  const span = { start: from[start]!, end: to[end - 1]! }
  const counted = why === 'said'
  return own === undefined
    ? { term, class: wordClass, severity, span, counted, why }
    : { term, class: wordClass, own, severity, span, counted, why }
}

/** Patterns are read apart, since only few companies have any. */
function withPatterns(hits: readonly Hit[], origins: Origins, text: Units, { patterns }: Lexicon): Hit[] {
  const found = patterns.flatMap(({ entry, pattern }) =>
    pattern.spansIn(text.words()).map(({ start, end }) => {
      const meaning = meaningOf(entry)
      return hit(origins, start, end, meaning, judge(surroundingsOf(text, start, end), meaning))
    }),
  )
  return [...hits, ...found]
}
