import type { WordClass } from './entry.ts'
import { type Gap, marksOf, mayHold } from './gap.ts'
import { type Hit, hitOf, type Origins } from './hit.ts'
import { distanceTo, judge } from './judge.ts'
import { Area } from './kernel/memory.ts'
import { type Lexicon, type Meaning, meaningOf } from './lexicon.ts'
import { foldWords } from './normalise.ts'
import { MOST_PLAIN, openText, placed } from './open-text.ts'
import { asksHowToEnd } from './question.ts'
import type { Sensed } from './sense.ts'
import { withoutOff, withoutRuns, withSensed } from './sensed.ts'
import { surroundingsOf, type Units } from './surroundings.ts'
import type { Why } from './why.ts'

const NO_HITS: readonly Hit[] = []

/**
 * Finds the lexicon's terms in a text, longest first from the left, and says of each whether it counts. Two hits only
 * overlap when their classes differ. Linear in the text; any string is safe. What whole sentences say counts too, but in texts of more than
 * `MOST_PLAIN` units.
 */
export function readWords(words: string, lexicon: Lexicon): readonly Hit[] {
  const { origins, text } = foldedBy(words)
  const sensed = text.length > MOST_PLAIN ? null : lexicon.sense
  let hits: Hit[] | null = null
  /** Where the hits so far end, and of which class the last one is. */
  let end = 0
  let last: WordClass | null = null
  /** Classes of what starts where the last phrase does, the first `had` of the list: of each class the longest counts. */
  let start = -1
  let had = 0
  const phrases = lexicon.phrases.find(text)
  for (const phrase of phrases) {
    const { places, values } = phrase
    if (places[0] !== start) had = 0
    start = places[0]!
    for (const meaning of values) {
      const wordClass = meaning.entry.class
      if (isAmong(wordClass, had)) continue
      const own = meaning.needs === null ? places : withNeeded(meaning.needs, places, text)
      if (own === null) continue
      classes[had++] = wordClass
      const inside = own[0]! < end
      if (inside && (meaning.inner !== null || wordClass === last)) continue
      const found = hitIn(origins, text, own, meaning, sensed)
      // Inside another hit it only says something more when it counts.
      if (inside && !found.counted) continue
      if (hits === null) hits = [found]
      else hits.push(found)
      end = Math.max(end, own[own.length - 1]! + 1)
      last = wordClass
    }
  }
  if (lexicon.patterns.length > 0) hits = withPatterns(hits ?? [], origins, text, lexicon)
  const heard = sensed === null ? hits : withSensed(hits ?? NO_HITS, text, origins, sensed)
  const found =
    heard === hits || sensed === null
      ? hits
      : withoutRuns(withoutOff(heard!, words, sensed), words, (once) => readWords(once, lexicon))
  if (found === null) return NO_HITS
  return isSorted(found) ? found : found.toSorted(inOrder)
}

/** Used again by every text: emptying a list costs more than the few looks into it. */
const classes: WordClass[] = []

function isAmong(wordClass: WordClass, had: number): boolean {
  for (let at = 0; at < had; at += 1) if (classes[at] === wordClass) return true
  return false
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

/** A text folded, and where each of its units comes from; good until another is asked for. */
export function foldedBy(words: string): { readonly origins: Origins; readonly text: Units } {
  const plain = openText(words).folded
  if (plain !== null) return { origins: IN_PLACE, text: plain }
  const folded = foldWords(words)
  return { origins: folded, text: placed(area, folded.units, folded.size) }
}

/** The places of a phrase with what it needs before it, which belongs to the term: it begins there. Null: it is not there. */
function withNeeded(needs: readonly Gap[], places: readonly number[], text: Units): readonly number[] | null {
  const around = surroundingsOf(text, places[0]!, places.at(-1)! + 1)
  const marks = marksOf(around.before)
  let nearest: number | null = null
  for (const gap of needs) {
    if (!mayHold(marks, gap)) continue
    const off = distanceTo(gap, around)
    if (off !== null && (nearest === null || off < nearest)) nearest = off
  }
  if (nearest === null || nearest === 0) return nearest === null ? null : places
  return [places[0]! - nearest, ...places]
}

function hitIn(
  origins: Origins,
  text: Units,
  places: readonly number[],
  meaning: Meaning,
  sensed: Sensed | null,
): Hit {
  const start = places[meaning.inner?.start ?? 0]!
  const end = places[(meaning.inner?.end ?? places.length) - 1]! + 1
  const why = meaning.inner === null ? judge(surroundingsOf(text, start, end), meaning) : 'other-meaning'
  const isDoubtful =
    why === 'said' && meaning.doubted && sensed?.of.isDenied(text, start, meaning.entry.class)
  const isElsewhere = isDoubtful === true && !asksHowToEnd(surroundingsOf(text, start, end))
  return hitAt(origins, start, end, meaning, isElsewhere ? 'other-sentence' : why)
}

function hitAt({ from, to }: Origins, start: number, end: number, meaning: Meaning, why: Why): Hit {
  return hitOf(meaning.entry, meaning.severity, { start: from[start]!, end: to[end - 1]! }, why)
}

/** Patterns are read apart, since only few companies have any. */
function withPatterns(hits: readonly Hit[], origins: Origins, text: Units, { patterns }: Lexicon): Hit[] {
  const found = patterns.flatMap(({ entry, pattern }) =>
    pattern.spansIn(text.words()).map(({ start, end }) => {
      const meaning = meaningOf(entry)
      return hitAt(origins, start, end, meaning, judge(surroundingsOf(text, start, end), meaning))
    }),
  )
  return [...hits, ...found]
}
