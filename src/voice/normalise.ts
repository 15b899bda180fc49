import { textOf } from './open-text.ts'
import { FILLER, foldedUnit, foldPoint, HAN, KIND, NOTHING, SEVERAL, WORD } from './units.ts'

export { foldPoint, isHan, isWordUnit, SYMBOL } from './units.ts'

/** Text folded for matching, with the way back: unit `i` came from `[from[i], to[i])` of the original. */
export interface Normalised {
  readonly text: string
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Folded units in a room that the next folding uses again; only the first `size` places hold anything. */
export interface Folded {
  readonly units: Uint16Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  size: number
}

const SPACE = 0x20
const LINE = 0x0a
const DOT = 0x2e
const LONGEST_FILLING = 3
const LEAST_SPELLED = 4
/** More units than any one character folds to. */
const SEVERAL_ROOM = 32
/** A room beyond this is not kept for the next text. */
const KEPT_ROOM = 65_536

let kept = roomFor(1_024)

function roomFor(size: number): Folded {
  return { units: new Uint16Array(size), from: new Uint32Array(size), to: new Uint32Array(size), size: 0 }
}

/**
 * Folds width, case, accents and traditional characters, and takes out what people put inside a word to dodge a
 * filter ("退 款", "退.款", "c a n c e l"). Linear; any string is safe.
 */
export function normalise(words: string): Normalised {
  const folded = foldWords(words)
  return {
    text: textOf(folded.units, folded.size),
    from: folded.from.slice(0, folded.size),
    to: folded.to.slice(0, folded.size),
  }
}

/** The same without making anything: the answer holds until the next folding. */
export function foldWords(words: string): Folded {
  const length = words.length
  let room = withRoom(kept, length, 0)
  let units = room.units
  let from = room.from
  let to = room.to
  let size = 0
  let previous = NOTHING
  let kind = 0
  let kindBefore = 0
  let singles = 0
  let betweenHan = false
  for (let index = 0; index < length; index += 1) {
    const unit = foldedUnit(words.charCodeAt(index))
    if (unit === NOTHING || (unit === SPACE && previous === SPACE)) continue
    if (unit === LINE || unit === SEVERAL || previous === LINE) {
      room = appendRare(withRoom(room, size + SEVERAL_ROOM + length - index, size), words, index, unit)
      units = room.units
      from = room.from
      to = room.to
      size = room.size
      if (unit === SEVERAL && words.codePointAt(index)! > 0xffff) index += 1
    } else {
      units[size] = unit
      from[size] = index
      to[size] = index + 1
      size += 1
    }
    if (size === 0) continue
    previous = units[size - 1]!
    const now = KIND[previous]!
    if (now === HAN && kind === FILLER) betweenHan = true
    if (now === FILLER && kind === WORD && kindBefore !== WORD) singles += 1
    kindBefore = kind
    kind = now
  }
  room.size = size
  // Most texts hold neither, and are not looked through again.
  let dropped = betweenHan && dropFillings(room)
  if (singles >= LEAST_SPELLED - 1) dropped = dropSpelling(room) || dropped
  if (dropped) closeGaps(room)
  if (units.length <= KEPT_ROOM) kept = room
  return room
}

function withRoom(room: Folded, size: number, used: number): Folded {
  const enough = room.units.length > size
  const next = enough ? room : roomFor(Math.max(size + 1, room.units.length * 2))
  if (!enough && used > 0) {
    next.units.set(room.units.subarray(0, used))
    next.from.set(room.from.subarray(0, used))
    next.to.set(room.to.subarray(0, used))
  }
  next.size = used
  return next
}

/** A line end, what follows one, or a character that folds to several units. */
function appendRare(room: Folded, words: string, index: number, unit: number): Folded {
  if (unit !== SEVERAL) {
    append(room, unit, index, index + 1)
    return room
  }
  const point = words.codePointAt(index)!
  const folded = foldPoint(point)
  const end = index + (point > 0xffff ? 2 : 1)
  // By UTF-16 unit, so that places in the folded text count as places in the original do.
  for (let at = 0; at < folded.length; at += 1) append(room, folded.charCodeAt(at), index, end)
  return room
}

function append(folded: Folded, unit: number, from: number, to: number): void {
  const { units, size } = folded
  const previous = size > 0 ? units[size - 1]! : NOTHING
  // A run of blanks is one blank; a wrapped line inside an English sentence is a blank, other line ends stay.
  if (unit === SPACE && (previous === SPACE || previous === LINE)) return
  if (unit === LINE && previous === SPACE) {
    units[size - 1] = LINE
    return
  }
  if (previous === LINE) {
    // Two line ends are a paragraph and stay two; more say nothing more.
    if (unit === LINE && size > 1 && units[size - 2] === LINE) return
    if (size > 1 && KIND[unit] === WORD && KIND[units[size - 2]!] === WORD) units[size - 1] = SPACE
  }
  units[size] = unit
  folded.from[size] = from
  folded.to[size] = to
  folded.size = size + 1
}

/** Short runs of blanks, dots or symbols between two Chinese characters are not there. */
function dropFillings({ units, size }: Folded): boolean {
  let dropped = false
  for (let index = 1; index < size; index += 1) {
    if (KIND[units[index - 1]!] !== HAN || KIND[units[index]!] !== FILLER) continue
    let end = index
    let dots = 0
    for (; end < size && KIND[units[end]!] === FILLER; end += 1) {
      if (units[end] === DOT && end < index + LONGEST_FILLING) dots += 1
    }
    // Two dots or more are a pause in speech, not a filler.
    if (end - index <= LONGEST_FILLING && dots < 2 && end < size && KIND[units[end]!] === HAN) {
      units.fill(NOTHING, index, end)
      dropped = true
    }
    index = end
  }
  return dropped
}

/** "c a n c e l" and "r.e.f.u.n.d": single letters with the same filler between them, four letters or more. */
function dropSpelling({ units, size }: Folded): boolean {
  const isWord = (at: number): boolean => at >= 0 && at < size && KIND[units[at]!] === WORD
  let dropped = false
  for (let index = 0; index + 2 < size; index += 1) {
    if (!isWord(index) || isWord(index - 1) || KIND[units[index + 1]!] !== FILLER) continue
    const filler = units[index + 1]
    let last = index
    while (last + 2 < size && units[last + 1] === filler && isWord(last + 2) && !isWord(last + 3)) last += 2
    if ((last - index) / 2 + 1 >= LEAST_SPELLED) {
      for (let gap = index + 1; gap < last; gap += 2) units[gap] = NOTHING
      dropped = true
    }
    // The last letter may begin another run, with another filler.
    index = Math.max(index, last - 1)
  }
  return dropped
}

function closeGaps(folded: Folded): void {
  const { units, from, to } = folded
  let size = 0
  for (let index = 0; index < folded.size; index += 1) {
    if (units[index] === NOTHING) continue
    units[size] = units[index]!
    from[size] = from[index]!
    to[size] = to[index]!
    size += 1
  }
  folded.size = size
}
