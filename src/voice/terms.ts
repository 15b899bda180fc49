import { normalise } from './normalise.ts'
import { simplifyRare } from './rare-traditional.ts'
import { stem } from './stem.ts'

/** Finds the words in Chinese, which writes none apart. */
export interface Segmenter {
  /** Texts cut by another are cut again. */
  readonly name: string
  /** Each word with its place, UTF-16 units; also the words inside a long one. */
  cut(han: string): readonly Piece[]
  /** Whether the word is one of its own, cut whole out of nearly any sentence: looking for it alone finds it. */
  knows(word: string): boolean
}

export interface Piece {
  readonly word: string
  readonly start: number
}

/** A word as it is looked for, and where it stands. */
export interface Term {
  readonly term: string
  /** Counts characters of Chinese and words of other scripts: neighbours are one apart. */
  readonly at: number
  /** In the text as it was written, UTF-16 units. */
  readonly start: number
  readonly end: number
}

/** Longer runs of letters are no words. */
const LONGEST = 48
const RUN = /[\p{Script=Han}]+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const HAN = /^\p{Script=Han}/u

/** Chinese is kept as it is written, other words without their endings. */
export const isHanTerm = (term: string): boolean => HAN.test(term)

/**
 * Every word of a text without width, case, accents, endings and traditional strokes. Chinese stands in it twice: by
 * character, so that any phrase can be found, and by word. Linear in the text; any string is safe.
 */
export function termsOf(words: string, segmenter: Segmenter): Term[] {
  const folded = normalise(words.toWellFormed())
  const terms: Term[] = []
  let at = 0
  const add = (term: string, place: number, from: number, to: number): void => {
    terms.push({ term, at: place, start: folded.from[from]!, end: folded.to[to - 1]! })
  }
  for (const { 0: run, index } of simplifyRare(folded.text).matchAll(RUN)) {
    if (!isHanTerm(run)) {
      at += 1
      add(stem(run.slice(0, LONGEST)), at, index, index + run.length)
      continue
    }
    const places: number[] = []
    for (const character of run) {
      at += 1
      const from = index + places.length
      for (let unit = 0; unit < character.length; unit += 1) places.push(at)
      add(character, at, from, from + character.length)
    }
    for (const { word, start } of segmenter.cut(run)) {
      if (isOneCharacter(word)) continue
      add(word, places[start]!, index + start, index + start + word.length)
    }
  }
  return terms
}

function isOneCharacter(word: string): boolean {
  return word.length === 1 || (word.length === 2 && word.codePointAt(0)! > 0xffff)
}

/** PostgreSQL's own limits: a later place counts as the last, and a word has at most so many. */
const LAST_PLACE = 16_383
const MOST_PLACES = 200

/** Terms as PostgreSQL writes a `tsvector`. */
export function vectorOf(terms: readonly Term[]): string {
  const places = new Map<string, Set<number>>()
  for (const { term, at } of terms) {
    const known = places.get(term)
    if (known === undefined) places.set(term, new Set([at]))
    else if (known.size < MOST_PLACES) known.add(Math.min(at, LAST_PLACE))
  }
  return [...places].map(([term, at]) => `${lexeme(term)}:${[...at].join(',')}`).join(' ')
}

/** A word as `tsvector` and `tsquery` quote it. Terms hold letters and digits only, whatever they were made of. */
export function lexeme(term: string): string {
  return `'${term.replace(/['\\]/g, '$&$&')}'`
}
