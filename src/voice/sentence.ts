import { clean, clip } from '../text.ts'

const REACH = 400
const GRAPHEMES = 120
const ENDS = '。！？!?；;\n\r…'
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * The sentence a hit stands in, for a quote: at most 120 graphemes with the hit inside, "…" where something was
 * cut, no grapheme split. `span` is in UTF-16 units of `words`.
 */
export function sentenceAround(
  words: string,
  span: { readonly start: number; readonly end: number },
): string {
  const low = Math.max(0, span.start - REACH)
  const high = Math.min(words.length, span.end + REACH)
  const start = startOf(words, span.start, low)
  const end = endOf(words, span.end, high)
  const cutBefore = start === low && low > 0
  const cutAfter = end === high && high < words.length
  const first = Math.min(whole(words, start, 'up'), span.start)
  const last = Math.max(whole(words, end, 'down'), span.end)
  const window = clean(narrow(words.slice(first, last), span.start - first))
  return `${cutBefore ? '…' : ''}${window.trim()}${cutAfter && !window.endsWith('…') ? '…' : ''}`
}

function startOf(words: string, from: number, low: number): number {
  let index = from
  while (index > low && !isEnd(words, index - 1)) index -= 1
  return index
}

function endOf(words: string, from: number, high: number): number {
  let index = from
  while (index < high && !isEnd(words, index)) index += 1
  while (index < high && isEnd(words, index)) index += 1
  return index
}

function isEnd(words: string, index: number): boolean {
  const unit = words[index]!
  if (unit !== '.') return ENDS.includes(unit)
  return /\s/.test(words[index + 1] ?? ' ')
}

/** Moves a cut to the edge of the grapheme it falls into: inwards, so that nothing is shown in halves. */
function whole(words: string, index: number, way: 'up' | 'down'): number {
  if (index <= 0 || index >= words.length) return index
  const grapheme = segmenter.segment(words).containing(index)
  if (grapheme === undefined || grapheme.index === index) return index
  return way === 'down' ? grapheme.index : grapheme.index + grapheme.segment.length
}

/** Keeps the hit in sight when the sentence is long: up to a third of the quote stands before it. */
function narrow(sentence: string, hitAt: number): string {
  const before = [...segmenter.segment(sentence.slice(0, Math.max(0, hitAt)))]
  const room = Math.floor(GRAPHEMES / 3)
  if (before.length <= room) return clip(sentence, GRAPHEMES)
  const skipped = whole(sentence, before[before.length - room]!.index, 'up')
  const rest = sentence.slice(skipped)
  return clip(sentence, GRAPHEMES) === sentence ? sentence : `…${clip(rest, GRAPHEMES - 1)}`
}
