import { isUtf8 } from 'node:buffer'

/** A line of a stream of bytes, or why it is none. */
export type VoiceLine =
  | { readonly number: number; readonly line: string }
  | { readonly number: number; readonly error: string }

/** A line is given up beyond this many bytes, so that a stream without line ends fills no memory. */
export const LONGEST_LINE = 4 * 1024 * 1024

const NEWLINE = 0x0a
const TOO_LONG = `This line has more than ${LONGEST_LINE.toLocaleString('en')} bytes; write one voice a line.`
const NOT_UTF8 = 'This line is not UTF-8.'

/** Cuts a stream into lines, a page per piece of it. Blank lines are counted and left out. */
export async function* voiceLines(input: AsyncIterable<Buffer>): AsyncGenerator<VoiceLine[]> {
  let number = 0
  let carried: Buffer[] = []
  let size = 0
  const take = (piece: Buffer): VoiceLine | null => {
    number += 1
    const bytes = carried.length === 0 ? piece : Buffer.concat([...carried, piece])
    const long = size + piece.length > LONGEST_LINE
    ;[carried, size] = [[], 0]
    return long ? { number, error: TOO_LONG } : lineOf(bytes, number)
  }
  for await (const chunk of input) {
    const page: VoiceLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = take(chunk.subarray(start, end))
      if (line !== null) page.push(line)
      start = end + 1
    }
    const rest = chunk.subarray(start)
    size += rest.length
    // Of a line that is too long only its length is kept.
    if (size > LONGEST_LINE) carried = []
    else if (rest.length > 0) carried.push(rest)
    yield page
  }
  if (size === 0) return
  const last = take(Buffer.alloc(0))
  if (last !== null) yield [last]
}

function lineOf(bytes: Buffer, number: number): VoiceLine | null {
  if (!isUtf8(bytes)) return { number, error: NOT_UTF8 }
  const line = bytes.toString('utf8').replace(/^\ufeff/, '')
  return line.trim() === '' ? null : { number, line }
}
