import { fix, units } from './kernel/memory.ts'
import { simplify } from './traditional.ts'

/**
 * What each UTF-16 unit is, looked up instead of worked out: a voice is read unit by unit, and places in the folded
 * text are places in the original, since one unit is folded to one unit.
 */

/** A letter or digit of a script that writes words with spaces between them. */
export const WORD = 1
/** A comma, a bracket, a quote: the end of a clause. Ends of sentences are ends of clauses too. */
export const CLAUSE_END = 2
export const SENTENCE_END = 4
export const HAN = 8
/** A letter of a script that neither Chinese nor English is written in. */
export const FOREIGN = 16
/** For the loops alone: a Latin letter. */
const LATIN = 32

const STOP = 0x2e
const CLAUSE_ENDS = ',，、:：“”"（）()「」『』【】《》'
const SENTENCE_ENDS = '。！!？?；;\n\r…'

/** Flags by unit. A full stop is judged by what follows it: see `endsSentence`. */
export const UNITS: Uint8Array = flags()
fix(
  'FLAGS',
  UNITS.map((flags, unit) => {
    if (unit === STOP) return flags | CLAUSE_END | SENTENCE_END
    return (flags & (WORD | FOREIGN)) === WORD && !isDigit(unit) ? flags | LATIN : flags
  }),
)

function isDigit(unit: number): boolean {
  return /[0-9０-９]/.test(String.fromCharCode(unit))
}

function flags(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const mark = (from: number, to: number, flag: number): void => {
    for (let code = from; code <= to; code += 1) table[code]! |= flag
  }
  for (const [from, to] of ['az', 'AZ', '09', 'ａｚ', 'ＡＺ', '０９']) {
    mark(from!.charCodeAt(0), to!.charCodeAt(0), WORD)
  }
  // Latin letters with accents, around the signs for times and divided by.
  mark(0xc0, 0xd6, WORD)
  mark(0xd8, 0xf6, WORD)
  mark(0xf8, 0x2af, WORD)
  mark(0x0370, 0x1fff, WORD | FOREIGN)
  mark(0x3040, 0x30ff, FOREIGN)
  mark(0xac00, 0xd7af, FOREIGN)
  mark(0x3400, 0x4dbf, HAN)
  mark(0x4e00, 0x9fff, HAN)
  mark(0xf900, 0xfaff, HAN)
  // First halves of the rare characters beyond the first plane.
  mark(0xd840, 0xd87f, HAN)
  for (const sign of CLAUSE_ENDS) mark(sign.charCodeAt(0), sign.charCodeAt(0), CLAUSE_END)
  for (const sign of SENTENCE_ENDS) {
    mark(sign.charCodeAt(0), sign.charCodeAt(0), CLAUSE_END | SENTENCE_END)
  }
  return table
}

/** A text as it was written, in the loops' memory. */
export interface WrittenUnits {
  readonly at: number
  readonly length: number
}

/** A full stop ends a sentence only where no letter or digit follows it ("3.5", "12315.cn" go on). */
export function endsSentence({ at, length }: WrittenUnits, index: number): boolean {
  const place = (at >> 1) + index
  const code = units[place]!
  if (code !== STOP) return (UNITS[code]! & SENTENCE_END) !== 0
  return index + 1 >= length || (UNITS[units[place + 1]!]! & (WORD | HAN)) === 0
}

export function endsClause(text: WrittenUnits, index: number): boolean {
  const code = units[(text.at >> 1) + index]!
  if ((UNITS[code]! & CLAUSE_END) !== 0) return true
  return code === STOP && endsSentence(text, index)
}

/** The unit that stands for this one when texts are compared: width, case, accents and traditional forms are folded. */
export function foldUnit(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code <= 0x20 ? 0x20 : code
  if (code === 0x2018 || code === 0x2019) return 0x27
  if (code === 0x3000 || code === 0xa0) return 0x20
  if (code >= 0xff01 && code <= 0xff5e) return foldUnit(code - 0xfee0)
  if ((UNITS[code]! & HAN) !== 0) return simplify(String.fromCharCode(code)).charCodeAt(0)
  if (code >= 0xc0 && code < 0x250) {
    return String.fromCharCode(code).normalize('NFD').toLowerCase().charCodeAt(0)
  }
  return code
}

/** The same for every unit, looked up. */
export const FOLDS: Uint16Array = Uint16Array.from({ length: 0x10000 }, (_, code) => foldUnit(code))

/** A text as it is compared, unit by unit. */
export function folded(words: string): string {
  let text = ''
  for (let index = 0; index < words.length; index += 1) {
    text += String.fromCharCode(foldUnit(words.charCodeAt(index)))
  }
  return text
}
