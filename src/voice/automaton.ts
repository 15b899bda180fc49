import { isLetter, type Starts, startsOf } from './starts.ts'
import { FILLER, KIND, WORD } from './units.ts'

/** One phrase to look for, and what it stands for. */
export interface Phrase<T> {
  readonly words: string
  readonly value: T
}

/** A phrase found in folded units: where each of its units stands, dodges left out, and all that it may stand for. */
export interface Found<T> {
  readonly places: readonly number[]
  readonly values: readonly T[]
}

export interface Automaton<T> {
  readonly starts: Starts
  /** Phrases that start at a place, the longest first. The cost is bounded by the longest phrase. */
  foundAt(units: Uint16Array, size: number, start: number): readonly Found<T>[]
}

const NONE: readonly never[] = []
const SPACE = 0x20
/** Letters that digits and signs are written for: "r3fund", "c@ncel". */
const LEET: Readonly<Record<string, readonly string[]>> = {
  '0': ['o'],
  '1': ['i', 'l'],
  '3': ['e'],
  '4': ['a'],
  '5': ['s'],
  '7': ['t'],
  '@': ['a'],
  $: ['s'],
  '!': ['i'],
  '|': ['l', 'i'],
}
const meant = new Map(
  Object.entries(LEET).map(([sign, letters]) => [
    sign.charCodeAt(0),
    letters.map((letter) => letter.charCodeAt(0)),
  ]),
)

/** The same as flags, to be asked of every unit. */
const IS_MEANT = new Uint8Array(0x10000)
for (const sign of meant.keys()) IS_MEANT[sign] = 1
/** Where the units of the phrase stand that is being followed; copied only where one is found. */
const walked: number[] = []

/** States and their steps as one table of integers, so that looking for nothing costs next to nothing. */
interface Steps {
  readonly root: Int32Array
  /** Units as numbers from 1, as few as occur in phrases; 0: in none. */
  readonly letters: Uint16Array
  readonly width: number
  readonly mask: number
  /** Open addressing, two words each: state and letter as one number, the state it leads to; 0: free. */
  readonly words: Uint32Array
}

/** State and letter share 32 bits. */
const MOST_KEYS = 2 ** 32

/** Builds an automaton; a phrase may stand for several things, in the order given. */
export function buildAutomaton<T>(phrases: readonly Phrase<T>[]): Automaton<T> {
  const children: Map<number, number>[] = [new Map()]
  const values: (T[] | undefined)[] = [undefined]
  for (const { words, value } of phrases) {
    let state = 0
    for (let index = 0; index < words.length; index += 1) {
      const unit = words.charCodeAt(index)
      let next = children[state]!.get(unit)
      if (next === undefined) {
        next = children.push(new Map()) - 1
        children[state]!.set(unit, next)
      }
      state = next
    }
    const known = values[state]
    if (known === undefined) values[state] = [value]
    else if (!known.includes(value)) known.push(value)
  }
  const steps = tableOf(children)
  // A sign that stands for a letter may begin what begins with the letter.
  const starts = startsOf(
    phrases.map(({ words }) => words),
    meant.keys(),
  )
  return {
    starts,
    foundAt: (units, size, start) => foundAt(steps, values, units, size, start),
  }
}

function tableOf(children: readonly ReadonlyMap<number, number>[]): Steps {
  const root = new Int32Array(0x10000)
  for (const [unit, next] of children[0]!) root[unit] = next
  for (const [sign, letters] of meant) {
    // Only where no phrase begins with the sign itself; `foundAt` asks for a letter behind it.
    for (const letter of letters) if (root[sign] === 0) root[sign] = root[letter]!
  }
  const letters = new Uint16Array(0x10000)
  let width = 1
  let count = 0
  for (const [state, steps] of children.entries()) {
    if (state === 0) continue
    count += steps.size
    for (const unit of steps.keys()) if (letters[unit] === 0) letters[unit] = width++
  }
  if (children.length * width >= MOST_KEYS) throw new Error('more phrases than an automaton holds')
  let room = 1_024
  while (room < count * 2) room *= 2
  const words = new Uint32Array(2 * room)
  for (let state = 1; state < children.length; state += 1) {
    for (const [unit, next] of children[state]!) {
      const key = state * width + letters[unit]!
      let slot = slotOf(room - 1, key)
      while (words[2 * slot + 1] !== 0) slot = (slot + 1) & (room - 1)
      words[2 * slot] = key
      words[2 * slot + 1] = next
    }
  }
  return { root, letters, width, mask: room - 1, words }
}

function slotOf(mask: number, key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) & mask
}

function stepFrom({ letters, width, mask, words }: Steps, state: number, unit: number): number {
  const letter = letters[unit]!
  if (letter === 0) return 0
  const key = state * width + letter
  for (let slot = slotOf(mask, key); words[2 * slot + 1] !== 0; slot = (slot + 1) & mask) {
    if (words[2 * slot] === key) return words[2 * slot + 1]!
  }
  return 0
}

function foundAt<T>(
  steps: Steps,
  values: readonly (readonly T[] | undefined)[],
  units: Uint16Array,
  size: number,
  start: number,
): readonly Found<T>[] {
  const first = units[start]!
  let state = steps.root[first]!
  if (state === 0) return NONE
  if (KIND[first] === WORD && start > 0 && KIND[units[start - 1]!] === WORD) return NONE
  if (IS_MEANT[first] === 1 && !isLetter(units[start + 1]) && values[state] === undefined) {
    if (stepFrom(steps, state, start + 1 < size ? units[start + 1]! : 0) === 0) return NONE
  }
  let found: Found<T>[] | null = null
  let depth = 1
  walked[0] = start
  for (let index = start; ; ) {
    const stands = values[state]
    if (stands !== undefined && !isInsideWord(units, size, index)) {
      found ??= []
      found.unshift({ places: walked.slice(0, depth), values: stands })
    }
    index += 1
    if (index >= size) break
    const unit = units[index]!
    let next = stepFrom(steps, state, unit)
    if (next === 0) {
      const bent = bentStep(steps, state, units, size, index)
      if (bent < 0) break
      next = bent
    }
    // A unit that was passed over belongs to the letter before it.
    if (next !== state) depth += 1
    walked[depth - 1] = index
    state = next
  }
  return found ?? NONE
}

function isInsideWord(units: Uint16Array, size: number, index: number): boolean {
  return index + 1 < size && KIND[units[index]!] === WORD && KIND[units[index + 1]!] === WORD
}

/**
 * The step where the phrase is written to dodge a filter: a sign for a letter, a mark inside a word, a letter drawn
 * out. The same state where the unit is passed over, -1 where nothing helps.
 */
function bentStep(steps: Steps, state: number, units: Uint16Array, size: number, index: number): number {
  const unit = units[index]!
  const before = units[index - 1]!
  if (!isLetter(before) && IS_MEANT[before] === 0) return -1
  if (IS_MEANT[unit] === 1) {
    for (const letter of meant.get(unit)!) {
      const next = stepFrom(steps, state, letter)
      if (next !== 0) return next
    }
  }
  if (unit === before && isLetter(unit)) return state
  if (KIND[unit] !== FILLER || unit === SPACE) return -1
  const next = stepFrom(steps, state, SPACE)
  if (next !== 0) return next
  return index + 1 < size && isLetter(units[index + 1]) ? state : -1
}
