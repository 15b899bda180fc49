import { HAN, KIND } from './units.ts'

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
}

const CLAUSE = 48
const SENTENCE = 120
const AROUND = 80

export function surroundingsOf(text: string, start: number, end: number): Surroundings {
  return new Neighbourhood(text, start, end)
}

/** Cut out when asked for: most rules look at the clause only. */
class Neighbourhood implements Surroundings {
  readonly term: string
  readonly before: string
  readonly after: string
  readonly lead: string
  readonly rest: string
  readonly sentence: string
  readonly han: boolean
  readonly latin: boolean
  readonly #text: string
  readonly #start: number
  readonly #end: number

  constructor(text: string, start: number, end: number) {
    this.#text = text
    this.#start = start
    this.#end = end
    const clauseStart = boundaryBefore(text, start, CLAUSE, CLAUSE_END)
    const clauseEnd = boundaryAfter(text, end, CLAUSE, CLAUSE_END)
    const sentenceStart = boundaryBefore(text, clauseStart, SENTENCE - (start - clauseStart), SENTENCE_END)
    const sentenceEnd = boundaryAfter(text, clauseEnd, SENTENCE - (clauseEnd - end), SENTENCE_END)
    const next = boundaryAfter(text, Math.min(sentenceEnd + 1, text.length), CLAUSE, SENTENCE_END)
    this.term = text.slice(start, end)
    this.before = text.slice(clauseStart, start)
    this.after = text.slice(end, clauseEnd)
    this.lead = text.slice(sentenceStart, start)
    this.rest = text.slice(end, sentenceEnd + 1)
    this.sentence = text.slice(sentenceStart, next)
    let kinds = 0
    for (let index = sentenceStart; index < next; index += 1) kinds |= SCRIPT[text.charCodeAt(index)]!
    this.han = (kinds & IS_HAN) !== 0
    this.latin = (kinds & IS_LATIN) !== 0
  }

  get around(): string {
    const [text, start, end] = [this.#text, this.#start, this.#end]
    return `${text.slice(Math.max(0, start - AROUND), start)}\n${text.slice(end, end + AROUND)}`
  }

  get alone(): boolean {
    return !/[\p{L}\p{N}]/u.test(this.around)
  }
}

const CLAUSE_END = flagsOf(',、:"“”()「」『』【】《》。!?;\n…')
const SENTENCE_END = flagsOf('。!?;\n…')
const STOP = 0x2e
const IS_HAN = 1
const IS_LATIN = 2
const SCRIPT = Uint8Array.from(KIND, (kind, unit) =>
  kind === HAN ? IS_HAN : unit >= 0x61 && unit <= 0x7a ? IS_LATIN : 0,
)

function flagsOf(signs: string): Uint8Array {
  const flags = new Uint8Array(0x10000)
  for (const sign of signs) flags[sign.charCodeAt(0)] = 1
  return flags
}

function boundaryBefore(text: string, start: number, limit: number, ends: Uint8Array): number {
  const least = Math.max(0, start - limit)
  let index = start
  while (index > least && !isEnd(text, index - 1, ends)) index -= 1
  return index
}

function boundaryAfter(text: string, end: number, limit: number, ends: Uint8Array): number {
  const most = Math.min(text.length, end + limit)
  let index = end
  while (index < most && !isEnd(text, index, ends)) index += 1
  return index
}

/** A full stop ends a sentence only where no letter or digit follows it ("3.5", "12315.cn" go on). */
function isEnd(text: string, index: number, ends: Uint8Array): boolean {
  const unit = text.charCodeAt(index)
  if (unit !== STOP) return ends[unit] === 1
  return !/[\p{L}\p{N}]/u.test(text[index + 1] ?? ' ')
}
