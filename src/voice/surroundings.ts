import { isWithinWord, OPEN, type Signs, signsIn } from './gate.ts'
import { CLAUSE_END, endsAt, SENTENCE_END } from './units.ts'

/** Folded text as units; its words are made only where a question about them comes up. */
export interface Units {
  readonly units: Uint16Array
  readonly length: number
  /** The same as a string. */
  words(): string
}

/** What stands around a hit in the folded text; every slice is bounded, so judging a hit costs the same anywhere. */
export interface Surroundings {
  /** The term as it stands. */
  readonly term: string
  /** From the start of the clause to the term, and from the term to the end of the clause. */
  readonly before: string
  readonly after: string
  /** From the start of the sentence to the term, and from the term to the end of the sentence. */
  readonly lead: string
  readonly rest: string
  /** The sentence the term stands in, and the one that follows it. */
  readonly sentence: string
  /** Wider still: the neighbourhood in both directions, sentence ends included, the term left out. */
  readonly around: string
  /** True when nothing but the term and punctuation is in the text. */
  readonly alone: boolean
  /** Whether any Chinese character, any English letter is in `sentence`, which holds all above but the last two. */
  readonly han: boolean
  readonly latin: boolean
  /** Which gates are open in it: before the term (`before`, `lead`), behind it (`after`, `rest`), in all of `sentence`. */
  readonly signs: Readonly<Signs>
}

const CLAUSE = 48
const SENTENCE = 120
const AROUND = 80
/** Rules that look at what stands nearest before a term look so far. */
export const NEAR = 90
export const NEARER = 60

/** Those of the text asked about last: a word of mood is often a term of the lexicon too. */
const known: { text: Units | null; readonly places: Neighbourhood[] } = { text: null, places: [] }
const MOST_KNOWN = 8

export function surroundingsOf(text: Units, start: number, end: number): Surroundings {
  if (known.text !== text) {
    known.text = text
    known.places.length = 0
  }
  for (const place of known.places) if (place.start === start && place.end === end) return place
  const around = new Neighbourhood(text, start, end)
  if (known.places.length < MOST_KNOWN) known.places.push(around)
  return around
}

/** Cut out when asked for: most rules have nothing to ask. */
class Neighbourhood implements Surroundings {
  readonly han: boolean
  readonly latin: boolean
  readonly signs: Signs = { han: false, latin: false, lead: OPEN, rest: OPEN, all: OPEN }
  readonly start: number
  readonly end: number
  readonly #text: Units
  readonly #clauseStart: number
  readonly #clauseEnd: number
  readonly #sentenceStart: number
  readonly #sentenceEnd: number
  readonly #next: number
  #before: string | null = null
  #after: string | null = null

  constructor(text: Units, start: number, end: number) {
    const { units, length } = text
    this.#text = text
    this.start = start
    this.end = end
    const clauseStart = boundaryBefore(text, start, CLAUSE, CLAUSE_END)
    const clauseEnd = boundaryAfter(text, end, CLAUSE, CLAUSE_END)
    const sentenceStart = boundaryBefore(text, clauseStart, SENTENCE - (start - clauseStart), SENTENCE_END)
    const last = boundaryAfter(text, clauseEnd, SENTENCE - (clauseEnd - end), SENTENCE_END)
    const sentenceEnd = Math.min(last + 1, length)
    const next = boundaryAfter(text, sentenceEnd, CLAUSE, SENTENCE_END)
    this.#clauseStart = clauseStart
    this.#clauseEnd = clauseEnd
    this.#sentenceStart = sentenceStart
    this.#sentenceEnd = sentenceEnd
    this.#next = next
    // Cut inside a word, every expression sees an edge where there is none: then all of them are asked.
    const isCut =
      isWithinWord(units, length, sentenceStart) ||
      isWithinWord(units, length, clauseStart) ||
      isWithinWord(units, length, start) ||
      isWithinWord(units, length, end) ||
      isWithinWord(units, length, clauseEnd) ||
      isWithinWord(units, length, sentenceEnd) ||
      isWithinWord(units, length, next) ||
      isWithinWord(units, length, start - NEAR) ||
      isWithinWord(units, length, start - NEARER)
    signsIn(units, sentenceStart, next, start, end, this.signs)
    if (isCut) {
      this.signs.lead = OPEN
      this.signs.rest = OPEN
      this.signs.all = OPEN
    }
    this.han = this.signs.han
    this.latin = this.signs.latin
  }

  get term(): string {
    return this.#text.words().slice(this.start, this.end)
  }

  get before(): string {
    this.#before ??= this.#text.words().slice(this.#clauseStart, this.start)
    return this.#before
  }

  get after(): string {
    this.#after ??= this.#text.words().slice(this.end, this.#clauseEnd)
    return this.#after
  }

  get lead(): string {
    return this.#text.words().slice(this.#sentenceStart, this.start)
  }

  get rest(): string {
    return this.#text.words().slice(this.end, this.#sentenceEnd)
  }

  get sentence(): string {
    return this.#text.words().slice(this.#sentenceStart, this.#next)
  }

  get around(): string {
    const [text, start, end] = [this.#text.words(), this.start, this.end]
    return `${text.slice(Math.max(0, start - AROUND), start)}\n${text.slice(end, end + AROUND)}`
  }

  get alone(): boolean {
    return !/[\p{L}\p{N}]/u.test(this.around)
  }
}

function boundaryBefore({ units, length }: Units, start: number, limit: number, ends: number): number {
  const least = Math.max(0, start - limit)
  let index = start
  while (index > least && (endsAt(units, length, index - 1) & ends) === 0) index -= 1
  return index
}

function boundaryAfter({ units, length }: Units, end: number, limit: number, ends: number): number {
  const most = Math.min(length, end + limit)
  let index = end
  while (index < most && (endsAt(units, length, index) & ends) === 0) index += 1
  return index
}
