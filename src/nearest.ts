import { same, type Text, text } from './text.ts'

/** The candidate a person most likely meant, or null when none is close. Ties go to the earlier candidate. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = folded(word)
  let best: string | null = null
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const away = distance(wanted, folded(candidate), least)
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  return meantBy(word, candidates).en
}

/** The same behind a sentence in either language. */
export function meantBy(word: string, candidates: Iterable<string>): Text {
  const near = nearest(word, candidates)
  return near === null ? same('') : text(`是不是“${near}”？`, ` Did you mean "${near}"?`)
}

/** What a chat answers with the word that was probably meant, as it is to be typed. */
export function suggestion(near: string): Text {
  return text(`是不是想输入 ${near}？`, `Did you mean ${near}?`)
}

/** Longer than any name here: what is pasted by mistake is not compared letter by letter. */
const LONGEST = 200

/** Case, spaces and underscores are what people get wrong without noticing: they cost nothing. */
function folded(word: string): string {
  return word
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '')
}

/** Edits (insert, delete, change, swap two neighbours) from one word to the other, at most `limit`. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit
  let older: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) cost = Math.min(cost, older[column - 2]! + 1)
      current.push(cost)
    }
    ;[older, previous] = [previous, current]
  }
  return Math.min(limit, previous[to.length]!)
}
