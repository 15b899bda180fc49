/** What is counted: everything, a topic or sub-topic, a site, a product, a tag, a class of churn words, a topic at a site, a word that stands in no list. */
export type SeriesKind = 'all' | 'topic' | 'site' | 'product' | 'tag' | 'words' | 'topic-site' | 'word'

export interface SeriesName {
  readonly kind: SeriesKind
  /** `service.waiting`, a site, `strong-churn`, a term as search keeps it (voice/terms.ts); empty for 'all'. */
  readonly key: string
  /** Of 'topic-site'; else empty. */
  readonly site: string
}

/**
 * Voices by day. A day is 24 hours that end at the hour of the look: day 0 is the last 24 hours, and every day is whole,
 * however early in the morning one looks.
 */
export interface Series extends SeriesName {
  /** Voices on day 0, 1, 2 ... back; of a word, people who said it. */
  readonly counts: ArrayLike<number>
  /** How many of them were negative. */
  readonly bad: ArrayLike<number>
}

/** Days that are counted: the look's own and its baseline. */
export const DAYS = 120

export const nameOf = ({ kind, key, site }: SeriesName): string => JSON.stringify([kind, key, site])

/** The more specific, the higher: of two that say the same, the higher one tells more. */
const SPECIFIC: Readonly<Record<SeriesKind, number>> = {
  all: 0,
  word: 1,
  words: 1,
  tag: 2,
  site: 3,
  product: 4,
  topic: 5,
  'topic-site': 7,
}

export function specificity({ kind, key }: SeriesName): number {
  return SPECIFIC[kind] + (kind === 'topic' && key.includes('.') ? 1 : 0)
}

/** Of the newest `days`. */
export function sumOf(values: ArrayLike<number>, days: number): number {
  let total = 0
  for (let day = 0; day < Math.min(days, values.length); day += 1) total += values[day]!
  return total
}
