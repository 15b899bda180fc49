import { pieces, type Signs } from './gate.ts'
import { loops, numbers, roomFor } from './kernel/memory.ts'

/** Folded text as units, in the loops' memory; its words are made only where a question about them comes up. */
export interface Units {
  readonly at: number
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
  /** Which gates are open in each of these; `all`: in `sentence`. */
  readonly signs: Signs
}

const AROUND = 80
/** Twelve numbers of what stands around a term: `kernel/around.as`. */
const OUT = roomFor(48, loops)
/** A rule that looks at what stands nearest before a term looks so far; the loops know. */
export const NEAR = 90

/** Those of the text asked about last: a word of mood is often a term of the lexicon too. */
const known: { text: Units | null; count: number; readonly places: Neighbourhood[] } = {
  text: null,
  count: 0,
  places: [],
}
const MOST_KNOWN = 8

export function surroundingsOf(text: Units, start: number, end: number): Surroundings {
  if (known.text !== text) {
    known.text = text
    known.count = 0
  }
  for (let one = 0; one < known.count; one += 1) {
    const place = known.places[one]!
    if (place.start === start && place.end === end) return place
  }
  const around = new Neighbourhood(text, start, end)
  if (known.count < MOST_KNOWN) {
    known.places[known.count] = around
    known.count += 1
  }
  return around
}

/** Cut out when asked for: most rules have nothing to ask. */
class Neighbourhood implements Surroundings {
  readonly han: boolean
  readonly latin: boolean
  readonly signs: Signs
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
    const { at, mask } = pieces()
    loops.around(text.at, text.length, start, end, at, mask, OUT)
    const from = OUT >> 2
    this.#text = text
    this.start = start
    this.end = end
    this.#clauseStart = numbers[from]!
    this.#clauseEnd = numbers[from + 1]!
    this.#sentenceStart = numbers[from + 2]!
    this.#sentenceEnd = numbers[from + 3]!
    this.#next = numbers[from + 4]!
    this.han = numbers[from + 5] === 1
    this.latin = numbers[from + 6] === 1
    this.signs = {
      before: numbers[from + 7]!,
      after: numbers[from + 8]!,
      lead: numbers[from + 9]!,
      rest: numbers[from + 10]!,
      all: numbers[from + 11]!,
    }
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
