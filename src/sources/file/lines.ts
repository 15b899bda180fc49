import { FileProblem } from './problem.ts'

/** One physical line: its number from 1, its text, and the line break that ended it ('' at the end of the file). */
export interface Line {
  readonly number: number
  readonly text: string
  readonly end: string
}

/** No table has lines this long; without a limit a file of another kind would be read into memory whole. */
const LONGEST = 4 * 1024 * 1024

/** Cuts text into lines at \n, \r\n or \r, a page of lines per piece of text. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let carried = ''
  let number = 0
  for await (const text of texts) {
    const whole = carried + text
    const lines: Line[] = []
    const breaks = /\r\n|\n|\r/g
    breaks.lastIndex = Math.max(0, carried.length - 1)
    let start = 0
    for (let found = breaks.exec(whole); found !== null; found = breaks.exec(whole)) {
      // A \r at the very end may be the first half of \r\n: the next piece tells.
      if (found[0] === '\r' && breaks.lastIndex === whole.length) break
      number += 1
      lines.push({ number, text: whole.slice(start, found.index), end: found[0] })
      start = breaks.lastIndex
    }
    carried = whole.slice(start)
    if (carried.length > LONGEST) {
      throw new FileProblem(
        `第 ${number + 1} 行超过 ${LONGEST.toLocaleString('en')} 个字符；这是表格吗？`,
        `has a line of more than ${LONGEST.toLocaleString('en')} characters (line ${number + 1}); is it a table?`,
      )
    }
    if (lines.length > 0) yield lines
  }
  const last = carried.endsWith('\r') ? { text: carried.slice(0, -1), end: '\r' } : { text: carried, end: '' }
  if (carried !== '') yield [{ number: number + 1, ...last }]
}
