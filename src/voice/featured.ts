import { keepNegations, MOST_A_UNIT, signsOf } from './features.ts'
import { Area, age, keep, loops } from './kernel/memory.ts'
import type { Units } from './surroundings.ts'

/** Numbers kept for each unit of a text and for its end: features, and units Chinese, Latin, foreign, glad, bitter before it. */
export const ROW = 6
/** Which of them count the Chinese ones and the Latin ones. */
export const HAN = 1
export const LATIN = 2

/** The features of the text read last; whoever asks for those of the same text again pays nothing. */
export interface Featured {
  /** Reads a folded text; how many features it has, repeated ones included. */
  read(text: Units): number
  /** Where the buckets of its features stand, bytes. */
  buckets(): number
  /** Where the rows of its units stand, bytes. */
  rows(): number
}

/** Opens a reader of features; `moods` has the moods of single units, above 0 glad. */
export function openFeatured(moods: ReadonlyMap<number, number>): Featured {
  // The reader is held by whoever asks: as long as it is, so are the tables.
  const reader: Featured = {
    read: (text) => {
      if (text === last && age === lastAge) return count
      const to = buckets.for(text.length)
      const lines = rows.for(text.length)
      count = loops.read(text.at, text.length, signs, turns.at, turns.mask, to, lines)
      last = text
      lastAge = age
      return count
    },
    buckets: () => buckets.for(0),
    rows: () => rows.for(0),
  }
  const signs = keep(signsOf(moods), reader)
  const turns = keepNegations(reader)
  const rows = new Area(4 * ROW)
  const buckets = new Area(4 * MOST_A_UNIT)
  let last: Units | null = null
  let lastAge = -1
  let count = 0
  return reader
}
