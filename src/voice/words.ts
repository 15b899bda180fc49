import type { Found } from './automaton.ts'
import { type LexiconEntry, type OwnClass, type Severity, severityOf, type WordClass } from './entry.ts'
import { distanceTo, judge } from './judge.ts'
import { type Gap, type Lexicon, type Meaning, meaningOf } from './lexicon.ts'
import { foldWords } from './normalise.ts'
import { FoldedText, MOST_PLAIN, openText } from './open-text.ts'
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

type Folded = ReturnType<typeof foldWords>

const NO_HITS: readonly Hit[] = []

/**
 * Finds the lexicon's terms in a text, longest first from the left, and says of each whether it counts. Two hits only
 * overlap when their classes differ. Linear in the text; any string is safe, and a text without a hit costs next to nothing.
 */
export function readWords(words: string, lexicon: Lexicon): readonly Hit[] {
  const { folded, text } = foldedBy(words)
  let hits: Hit[] | null = null
  /** Where the hits so far end, and of which class the last one is. */
  let end = 0
  let last: WordClass | null = null
  const { units, size } = folded
  const { phrases } = lexicon
  const { starts } = phrases
  for (
    let index = starts.nextFrom(units, size, 0);
    index < size;
    index = starts.nextFrom(units, size, index + 1)
  ) {
    const all = phrases.foundAt(units, size, index)
    if (all.length === 0) continue
    for (const { meaning, places } of chosenFrom(all, text)) {
      const inside = places[0]! < end
      if (inside && (meaning.inner !== null || meaning.entry.class === last)) continue
      const found = hitOf(folded, text, places, meaning)
      // Inside another hit it only says something more when it counts.
      if (inside && !found.counted) continue
      hits ??= []
      hits.push(found)
      end = Math.max(end, places.at(-1)! + 1)
      last = meaning.entry.class
    }
  }
  if (lexicon.patterns.length > 0) hits = withPatterns(hits ?? [], folded, text, lexicon)
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

function foldedBy(words: string): { readonly folded: Folded; readonly text: Units } {
  const plain = openText(words).folded
  if (plain !== null) {
    const { units, length } = plain
    return { folded: { units, from: PLACES, to: NEXT_PLACES, size: length }, text: plain }
  }
  const folded = foldWords(words)
  return { folded, text: new FoldedText(folded.units, folded.size) }
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

function hitOf(folded: Folded, text: Units, places: readonly number[], meaning: Meaning): Hit {
  const start = places[meaning.inner?.start ?? 0]!
  const end = places[(meaning.inner?.end ?? places.length) - 1]! + 1
  const why = meaning.inner === null ? judge(surroundingsOf(text, start, end), meaning) : 'other-meaning'
  return hit(folded, start, end, meaning.entry, why)
}

function hit(folded: Folded, start: number, end: number, entry: LexiconEntry, why: Why): Hit {
  const { term, class: wordClass, own } = entry
  const rest = {
    severity: severityOf(entry),
    span: { start: folded.from[start]!, end: folded.to[end - 1]! },
    counted: why === 'said',
    why,
  }
  return own === undefined ? { term, class: wordClass, ...rest } : { term, class: wordClass, own, ...rest }
}

/** Patterns are read apart, since only few companies have any. */
function withPatterns(hits: readonly Hit[], folded: Folded, text: Units, { patterns }: Lexicon): Hit[] {
  const found = patterns.flatMap(({ entry, pattern }) =>
    pattern.spansIn(text.words()).map(({ start, end }) => {
      const why = judge(surroundingsOf(text, start, end), meaningOf(entry))
      return hit(folded, start, end, entry, why)
    }),
  )
  return [...hits, ...found]
}
