import { fix } from './kernel/memory.ts'
import { simplify } from './traditional.ts'

/** Stands for any emoji, picture or symbol. */
export const SYMBOL = '\ufffc'
const FILLERS = ` .·•*_-~|/\\+^\`${SYMBOL}`

/** What a folded unit is, as bits of `KIND`; only the last two go together. */
export const WORD = 1
export const HAN = 2
export const FILLER = 4
export const CLAUSE_END = 8
export const SENTENCE_END = 16
const CLAUSE_ENDS = ',、:"“”()「」『』【】《》'
const SENTENCE_ENDS = '。!?;\n…'
export const KIND = kinds()

function kinds(): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (let unit = 0x30; unit < 0x2000; unit += 1) {
    if (unit < 0x80 ? /[a-z0-9]/.test(String.fromCharCode(unit)) : isLetterOrDigit(unit)) table[unit] = WORD
  }
  table.fill(HAN, 0x3400, 0xa000)
  for (const filler of FILLERS) table[filler.charCodeAt(0)] = FILLER
  for (const sign of CLAUSE_ENDS) table[sign.charCodeAt(0)] = CLAUSE_END
  for (const sign of SENTENCE_ENDS) table[sign.charCodeAt(0)] = CLAUSE_END | SENTENCE_END
  return table
}

/** A letter or digit of any script: a full stop before one ends nothing. */
const GOES_ON = 32
fix(
  'KINDS',
  KIND.map((kind, unit) => (kind === HAN || isLetterOrDigit(unit) ? kind | GOES_ON : kind)),
)

function isLetterOrDigit(unit: number): boolean {
  return /[\p{L}\p{N}]/u.test(String.fromCharCode(unit))
}

export function isHan(unit: string | undefined): boolean {
  return unit !== undefined && unit !== '' && (KIND[unit.charCodeAt(0)]! & HAN) !== 0
}

/** A letter or digit of a script that writes words with spaces between them. */
export function isWordUnit(unit: string | undefined): boolean {
  return unit !== undefined && unit !== '' && (KIND[unit.charCodeAt(0)]! & WORD) !== 0
}

/** Answers of `foldedUnit` that are no unit. */
export const NOTHING = 0
export const SEVERAL = 0xfffe
const UNKNOWN = 0xffff
const table = new Uint16Array(0x10000).fill(UNKNOWN)
const remembered = new Map<number, string>()

/** One code unit folded: a unit, `NOTHING`, or `SEVERAL` where `foldPoint` must be asked. Learned as units turn up. */
export function foldedUnit(unit: number): number {
  const known = table[unit]!
  return known === UNKNOWN ? learn(unit) : known
}

function learn(unit: number): number {
  const isHalf = unit >= 0xd800 && unit <= 0xdbff
  const folded = isHalf ? null : foldPoint(unit)
  const code = folded?.length === 1 ? folded.charCodeAt(0) : folded === '' ? NOTHING : SEVERAL
  table[unit] = code
  return code
}

/** One code point without width, case, accents and traditional strokes: none, one or several units. */
export function foldPoint(point: number): string {
  if (point < 0x80) return foldAscii(point)
  if (point >= 0xfffe && point <= 0xffff) return SYMBOL
  if (point >= 0x4e00 && point <= 0x9fff) return simplify(String.fromCharCode(point))
  const known = remembered.get(point)
  if (known !== undefined) return known
  const folded = foldRare(String.fromCodePoint(point))
  if (remembered.size < 4096) remembered.set(point, folded)
  return folded
}

function foldAscii(point: number): string {
  if (point >= 0x41 && point <= 0x5a) return String.fromCharCode(point + 0x20)
  if (point === 0x0a) return '\n'
  if (point <= 0x20 || point === 0x7f) return ' '
  return String.fromCharCode(point)
}

function foldRare(character: string): string {
  if (character === '\u2018' || character === '\u2019') return "'"
  if (/[\u2028\u2029\u0085]/.test(character)) return '\n'
  // Compatibility decomposition folds width and splits accents off, which are then dropped with invisible marks.
  const bare = character.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '')
  if (bare === '') return ''
  if (/^\s+$/.test(bare)) return ' '
  if (/^\p{S}/u.test(bare) && !/^[\u0020-\u007f]/.test(bare)) return SYMBOL
  return Array.from(bare.toLowerCase(), simplify).join('')
}
