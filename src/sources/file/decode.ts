import type { Locale, Text } from '../../text.ts'
import type { TextEncoding } from './encoding.ts'
import { FileProblem } from './problem.ts'

/** The bytes are not text in this encoding; another one may fit. */
export class WrongEncoding extends FileProblem {}

/** In none of the encodings that were tried. */
export function wrongly(tried: readonly Text[]): FileProblem {
  const wordsIn = (locale: Locale, and: string) => tried.map((each) => each[locale]).join(and)
  return new FileProblem(
    `${wordsIn('zh', '，也')}；请另存为 UTF-8`,
    `is ${wordsIn('en', ' and ')}; save it as UTF-8`,
  )
}

const NAMES: Readonly<Record<TextEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GBK',
}

/**
 * Bytes to text, without a byte order mark. Every byte must fit: nothing is ever replaced by U+FFFD. `guessed`
 * asks for a second look at GBK, which accepts most Western one-byte text and turns it into rare characters.
 */
export async function* decode(
  chunks: AsyncIterable<Buffer>,
  encoding: TextEncoding,
  guessed: boolean,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const pairs = { common: 0, rare: 0 }
  let line = 1
  let last: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    last = chunk
    if (guessed && encoding === 'gb18030') countPairs(chunk, pairs)
    yield decoded(() => decoder.decode(chunk, { stream: true }), encoding, chunk, line)
    line += count(chunk, 10)
  }
  yield decoded(() => decoder.decode(), encoding, last.subarray(-4), line)
  if (pairs.rare > pairs.common) {
    throw new WrongEncoding(
      '不是 GBK（读出来是乱字，或许是 Windows-1252）',
      'not GBK (its characters would be nonsense; perhaps Windows-1252)',
    )
  }
}

function decoded(run: () => string, encoding: TextEncoding, chunk: Buffer, line: number): string {
  try {
    return run()
  } catch {
    const damage = new TextDecoder(encoding).decode(chunk)
    // The chunk may start inside a character, so damage at its very start proves nothing.
    const at = damage.indexOf('\ufffd', 3)
    const before = damage.slice(0, Math.max(0, at)).split('\n').length - 1
    throw new WrongEncoding(
      `不是 ${NAMES[encoding]}（第 ${line + before} 行附近）`,
      `not ${NAMES[encoding]} (near line ${line + before})`,
    )
  }
}

/** Chinese text in GBK is nearly all pairs of two high bytes; a Western letter with an accent is followed by a low one. */
function countPairs(chunk: Buffer, pairs: { common: number; rare: number }): void {
  for (let index = 0; index < chunk.length; index += 1) {
    if (chunk[index]! < 0x80) continue
    index += 1
    const second = chunk[index]
    if (second === undefined) return
    if (second >= 0xa1) pairs.common += 1
    else pairs.rare += 1
  }
}

function count(chunk: Buffer, byte: number): number {
  let found = 0
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) found += 1
  return found
}
