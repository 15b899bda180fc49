import { simplify } from './traditional.ts'

/** Text folded for matching, with the way back: unit `i` came from `[from[i], to[i])` of the original. */
export interface Normalised {
  readonly text: string
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Stands for any emoji, picture or symbol. */
export const SYMBOL = '\ufffc'
const FILLERS = new Set([' ', '.', '·', '•', '*', '_', '-', '~', '|', '/', '\\', '+', '^', '`', SYMBOL])
const LONGEST_FILLING = 3
const LEAST_SPELLED = 4

export function isHan(unit: string | undefined): boolean {
  return unit !== undefined && unit >= '\u3400' && unit <= '\u9fff'
}

/** A letter or digit of a script that writes words with spaces between them. */
export function isWordUnit(unit: string | undefined): boolean {
  if (unit === undefined) return false
  if (unit <= '\u007f') return (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9')
  return unit < '\u2000' && /[\p{L}\p{N}]/u.test(unit)
}

/**
 * Folds width, case, accents and traditional characters, and takes out what people put inside a word to dodge a
 * filter ("退 款", "退.款", "c a n c e l"). Linear; any string is safe.
 */
export function normalise(words: string): Normalised {
  const folded = foldAll(words)
  const keep = new Uint8Array(folded.units.length).fill(1)
  dropFillings(folded.units, keep)
  dropSpelling(folded.units, keep)
  return gather(folded, keep)
}

interface Folded {
  readonly units: string[]
  readonly from: number[]
  readonly to: number[]
}

function foldAll(words: string): Folded {
  const folded: Folded = { units: [], from: [], to: [] }
  for (let index = 0; index < words.length; ) {
    const point = words.codePointAt(index)!
    const end = index + (point > 0xffff ? 2 : 1)
    // By UTF-16 unit, so that places in the folded text count as places in the original do.
    for (const unit of foldPoint(point).split('')) append(folded, unit, index, end)
    index = end
  }
  return folded
}

function append(folded: Folded, unit: string, from: number, to: number): void {
  const last = folded.units.length - 1
  const previous = folded.units[last]
  // A run of blanks is one blank; a wrapped line inside an English sentence is a blank, other line ends stay.
  if (unit === ' ' && (previous === ' ' || previous === '\n')) return
  if (unit === '\n' && previous === ' ') {
    folded.units[last] = '\n'
    return
  }
  // Two line ends are a paragraph and stay two; more say nothing more.
  if (unit === '\n' && previous === '\n' && folded.units[last - 1] === '\n') return
  if (last > 0 && previous === '\n' && isWordUnit(unit) && isWordUnit(folded.units[last - 1]))
    folded.units[last] = ' '
  folded.units.push(unit)
  folded.from.push(from)
  folded.to.push(to)
}

const remembered = new Map<number, string>()

/** One code point folded: width, case, accents, traditional; '' where nothing is left of it. */
export function foldPoint(point: number): string {
  if (point < 0x80) return foldAscii(point)
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

/** Short runs of blanks, dots or symbols between two Chinese characters are not there. */
function dropFillings(units: readonly string[], keep: Uint8Array): void {
  for (let index = 1; index < units.length; index += 1) {
    if (!isHan(units[index - 1]) || !FILLERS.has(units[index]!)) continue
    let end = index
    while (end < units.length && FILLERS.has(units[end]!)) end += 1
    const dots = units
      .slice(index, Math.min(end, index + LONGEST_FILLING))
      .filter((unit) => unit === '.').length
    // Two dots or more are a pause in speech, not a filler.
    if (end - index <= LONGEST_FILLING && dots < 2 && isHan(units[end])) keep.fill(0, index, end)
    index = end
  }
}

/** "c a n c e l" and "r.e.f.u.n.d": single letters with the same filler between them, four letters or more. */
function dropSpelling(units: readonly string[], keep: Uint8Array): void {
  for (let index = 0; index + 2 < units.length; index += 1) {
    if (!isWordUnit(units[index]) || isWordUnit(units[index - 1]) || !FILLERS.has(units[index + 1]!)) continue
    const filler = units[index + 1]
    let last = index
    while (units[last + 1] === filler && isWordUnit(units[last + 2]) && !isWordUnit(units[last + 3]))
      last += 2
    if ((last - index) / 2 + 1 >= LEAST_SPELLED) {
      for (let gap = index + 1; gap < last; gap += 2) keep[gap] = 0
    }
    // The last letter may begin another run, with another filler.
    index = Math.max(index, last - 1)
  }
}

function gather(folded: Folded, keep: Uint8Array): Normalised {
  const size = keep.reduce((sum, kept) => sum + kept, 0)
  const from = new Uint32Array(size)
  const to = new Uint32Array(size)
  const units: string[] = []
  for (let index = 0; index < keep.length; index += 1) {
    if (keep[index] === 0) continue
    from[units.length] = folded.from[index]!
    to[units.length] = folded.to[index]!
    units.push(folded.units[index]!)
  }
  return { text: units.join(''), from, to }
}
