import { sentenceAround } from '../voice/sentence.ts'
import { isHanTerm, type Segmenter, termsOf } from '../voice/terms.ts'

/** How often a word was said of late, and before. */
export interface WordCount {
  /** As search keeps it (voice/terms.ts). */
  readonly term: string
  /** People who said it in the newest voices. */
  readonly now: number
  /** How many of them were negative. */
  readonly bad: number
  /** Voices that held it in those before, and how many of those were negative. */
  readonly before: number
  readonly badBefore: number
}

/** Words that are counted day by day; a language has thousands. */
const MOST_WORDS = 100
/** Standard deviations above what was to be expected; the exact judgement comes later (detect.ts). */
const CLEARLY = 2
/** How far a word strays from day to day beyond chance, as a part of its mean. */
const STRAYS = 0.3

/** What a word's mood was before is known no better than from so many voices of any word. */
const PRIOR_SEEN = 20
/** How far the part that is negative strays from week to week beyond chance. */
const MOOD_STRAYS = 0.05

/**
 * Words that more people may say than before, or more of them bitterly, the clearest first. `voices`: how many voices each side
 * rests on.
 */
export function risingWords(
  counts: readonly WordCount[],
  voices: { readonly now: number; readonly before: number },
): string[] {
  const scale = voices.now / Math.max(1, voices.before)
  const usual = usualMood(counts)
  return counts
    .map((each) => ({ term: each.term, over: Math.max(louder(each, scale), bitterer(each, usual)) }))
    .filter(({ over }) => over > CLEARLY)
    .toSorted((a, b) => b.over - a.over || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(({ term }) => term)
}

/** Standard deviations by which it is said more. */
function louder({ now, before }: WordCount, scale: number): number {
  const due = before * scale
  return (now - due) / Math.sqrt(1 + due + (STRAYS * due) ** 2)
}

/** The same of how bitterly. */
function bitterer({ now, bad, before, badBefore }: WordCount, usual: number): number {
  const share = (badBefore + PRIOR_SEEN * usual) / (before + PRIOR_SEEN)
  return (bad - now * share) / Math.sqrt(1 + now * share * (1 - share) + (MOOD_STRAYS * now) ** 2)
}

/** What part of the voices before was negative, each as often as it has words. */
function usualMood(counts: readonly WordCount[]): number {
  let [said, bad] = [4, 1]
  for (const { before, badBefore } of counts) {
    said += before
    bad += badBefore
  }
  return bad / said
}

/** A voice in which a word was heard. */
export interface Heard {
  readonly text: string
  /** Of its customer; null: not known. */
  readonly name: string | null
}

/** So many of the sentences must differ: a mail that all quote, or a text that is passed on, says its words once. */
const OWN_SENTENCES = 0.5

/** True of a word that people say each in their own way, and that is nobody's and nothing's name. */
export function isOwnWord(
  term: string,
  heard: readonly Heard[],
  names: readonly string[],
  segmenter: Segmenter,
): boolean {
  // Names are not cut into words as sentences are.
  const isNamed = (name: string): boolean =>
    (isHanTerm(term) && name.includes(term)) || termsOf(name, segmenter).some((each) => each.term === term)
  if (names.some(isNamed) || heard.some(({ name }) => name !== null && isNamed(name))) return false
  const sentences = new Set(heard.map(({ text }) => sentenceOf(text, term, segmenter)))
  return sentences.size >= OWN_SENTENCES * heard.length
}

/** The sentence around the word, without numbers: "your booking 4711" is the same as "your booking 4712". */
function sentenceOf(text: string, term: string, segmenter: Segmenter): string {
  const place = termsOf(text, segmenter).find((each) => each.term === term)
  const around = place === undefined ? text : sentenceAround(text, place)
  return around.replace(/\p{N}+/gu, '').trim()
}
