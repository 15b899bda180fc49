/** Text that must stand before or after a term, in the same clause. */
export interface Gap {
  readonly side: 'before' | 'after'
  readonly words: string
  /** Of `words`. */
  readonly marks: number
}

/** Which characters a text may hold, a bit for each of 32 kinds: what lacks a bit of another text does not hold it. */
export function marksOf(words: string): number {
  let marks = 0
  for (let index = 0; index < words.length; index += 1) marks |= 1 << (words.charCodeAt(index) & 31)
  return marks
}

/** Whether a text of these marks may hold the words of a gap; of many gaps nearly all lack a character. */
export function mayHold(marks: number, gap: Gap): boolean {
  return (marks & gap.marks) === gap.marks
}

export function gapAt(side: Gap['side'], words: string): Gap {
  return { side, words, marks: marksOf(words) }
}
