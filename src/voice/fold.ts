import { foldPoint, SYMBOL } from './normalise.ts'

/** Longer texts are read as far as this: a mood is clear by then. */
export const MOST_UNITS = 4_096
/** A single sign outside the basic plane, of which nearly all are emoji, is one unit here, in the private area. */
const SIGNS = 0xe000
const SKIN_TONES = { from: 0x1f3fb, to: 0x1f3ff }
const BLANK = 0x20
const LINE = 0x0a

/** What each unit folds to; 0: not looked up yet. */
const single = new Uint16Array(65_536)
const several = new Map<number, string>()
const NOTHING = 1
const SEVERAL = 2

/**
 * Folds width, case, accents and traditional characters as `normalise` does, drops blanks beside Chinese characters, and
 * keeps emoji apart from each other. Writes at most the length of `units`, and where each came from; returns how many. Makes nothing.
 */
export function foldInto(units: Uint16Array, from: Uint32Array, words: string): number {
  let length = 0
  let blank = 0
  for (let index = 0; index < words.length && length < units.length; index += 1) {
    let unit = words.charCodeAt(index)
    let folded = single[unit]!
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const point = words.codePointAt(index)!
      if (point > 0xffff) index += 1
      if (point >= SKIN_TONES.from && point <= SKIN_TONES.to) continue
      folded = SIGNS + (point & 0xfff)
      unit = folded
    } else if (folded === 0) folded = look(unit)
    if (folded === NOTHING) continue
    if (folded === BLANK || folded === LINE) {
      // Runs of blanks are one, and a line's end is more than a blank.
      blank = blank === LINE ? LINE : folded
      continue
    }
    if (blank !== 0 && length > 0 && length < units.length) {
      if (blank === LINE || !(isHanUnit(units[length - 1]!) && isHanUnit(folded))) {
        from[length] = index
        units[length++] = blank
      }
    }
    blank = 0
    if (length === units.length) break
    from[length] = index
    if (folded !== SEVERAL) units[length++] = folded
    else {
      const first = length
      length = writeAll(units, length, several.get(unit)!)
      from.fill(index, first, length)
    }
  }
  return length
}

/** The one unit a mood sign folds to, as `foldInto` writes it. */
export function signUnit(sign: string): number {
  const units = new Uint16Array(4)
  return foldInto(units, new Uint32Array(4), sign) > 0 ? units[0]! : 0
}

function writeAll(units: Uint16Array, from: number, words: string): number {
  let length = from
  for (let at = 0; at < words.length && length < units.length; at += 1) units[length++] = words.charCodeAt(at)
  return length
}

function look(unit: number): number {
  const words = foldPoint(unit)
  if (words === '') single[unit] = NOTHING
  else if (words === SYMBOL) single[unit] = unit
  else if (words.length === 1) single[unit] = words.charCodeAt(0)
  else {
    several.set(unit, words)
    single[unit] = SEVERAL
  }
  return single[unit]!
}

function isHanUnit(unit: number): boolean {
  return unit >= 0x3400 && unit <= 0x9fff
}
