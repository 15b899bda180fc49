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
}

const CLAUSE = 48
const SENTENCE = 120
const AROUND = 80

export function surroundingsOf(text: string, start: number, end: number): Surroundings {
  const clauseStart = boundaryBefore(text, start, CLAUSE, isClauseEnd)
  const clauseEnd = boundaryAfter(text, end, CLAUSE, isClauseEnd)
  const sentenceStart = boundaryBefore(text, start, SENTENCE, isSentenceEnd)
  const sentenceEnd = boundaryAfter(text, end, SENTENCE, isSentenceEnd)
  const next = boundaryAfter(text, Math.min(sentenceEnd + 1, text.length), CLAUSE, isSentenceEnd)
  const left = text.slice(Math.max(0, start - AROUND), start)
  const right = text.slice(end, end + AROUND)
  return {
    term: text.slice(start, end),
    before: text.slice(clauseStart, start),
    after: text.slice(end, clauseEnd),
    lead: text.slice(sentenceStart, start),
    rest: text.slice(end, sentenceEnd + 1),
    sentence: text.slice(sentenceStart, next),
    around: `${left}\n${right}`,
    alone: !/[\p{L}\p{N}]/u.test(left + right),
  }
}

type IsEnd = (text: string, index: number) => boolean

function boundaryBefore(text: string, start: number, limit: number, isEnd: IsEnd): number {
  const least = Math.max(0, start - limit)
  let index = start
  while (index > least && !isEnd(text, index - 1)) index -= 1
  return index
}

function boundaryAfter(text: string, end: number, limit: number, isEnd: IsEnd): number {
  const most = Math.min(text.length, end + limit)
  let index = end
  while (index < most && !isEnd(text, index)) index += 1
  return index
}

function isClauseEnd(text: string, index: number): boolean {
  const unit = text[index]!
  return ',、:"“”()「」『』【】《》'.includes(unit) || isSentenceEnd(text, index)
}

/** A full stop ends a sentence only where no letter or digit follows it ("3.5", "12315.cn" go on). */
function isSentenceEnd(text: string, index: number): boolean {
  const unit = text[index]!
  if (unit === '.') return !/[\p{L}\p{N}]/u.test(text[index + 1] ?? ' ')
  return '。!?;\n…'.includes(unit)
}
