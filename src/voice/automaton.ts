import { Area, fix, keep, loops, numbers, roomFor } from './kernel/memory.ts'
import { Trie } from './kernel/trie.ts'
import { type FoldedUnits, startsOf } from './starts.ts'

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
  /**
   * The phrases in a folded text in the order they start, of those that start together the longest first. The cost of a place
   * is bounded by the longest phrase.
   */
  find(text: FoldedUnits): readonly Found<T>[]
}

const NONE: readonly never[] = []

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

/** The same for the loops: two letters a sign. */
fix(
  'MEANT',
  Uint8Array.from({ length: 256 }, (_, at) => meant.get(at >> 1)?.[at & 1] ?? 0),
)

/** Numbers written of what is found before it is taken up. */
const ROOM = 16_384
const out = roomFor(4 * ROOM, meant)
const stopped = roomFor(4, meant)
const walked = new Area(4)

/**
 * Builds an automaton, when it is first asked: many a run reads nothing. A phrase may stand for several things, in the
 * order given.
 */
export function buildAutomaton<T>(phrases: readonly Phrase<T>[]): Automaton<T> {
  let find: Automaton<T>['find'] | null = null
  return {
    find: (text) => {
      find ??= openSearch(phrases)
      return find(text)
    },
  }
}

function openSearch<T>(phrases: readonly Phrase<T>[]): Automaton<T>['find'] {
  const trie = new Trie()
  const values: (T[] | undefined)[] = []
  for (const { words, value } of phrases) {
    const state = trie.add(words)
    const known = values[state]
    if (known === undefined) values[state] = [value]
    else if (!known.includes(value)) known.push(value)
  }
  const longest = phrases.reduce((most, { words }) => Math.max(most, words.length), 0)
  // What holds the automaton holds its values, and so all its tables.
  const root = keep(rootOf(trie), values)
  const states = keep(
    trie.table((state) => (values[state] === undefined ? 0 : 1)),
    values,
  )
  // A sign that stands for a letter may begin what begins with the letter.
  const words = phrases.map((phrase) => phrase.words)
  const starts = startsOf(words, meant.keys(), values)
  return (text) => {
    let all: Found<T>[] | null = null
    const count = starts.in(text)
    for (let nth = 0; nth < count; nth = numbers[stopped >> 2]!) {
      const written = loops.look(
        text.at,
        text.length,
        starts.places(),
        nth,
        count,
        starts.finder,
        root,
        states,
        walked.for(longest),
        out,
        ROOM,
        stopped,
      )
      if (written > 0) all = take(all ?? [], values, written)
    }
    return all ?? NONE
  }
}

/** Takes up what the loops have written: of each phrase its state, its length and the places of its units. */
function take<T>(
  all: Found<T>[],
  values: readonly (readonly T[] | undefined)[],
  written: number,
): Found<T>[] {
  const end = (out >> 2) + written
  let start = -1
  /** Where those stand that start together. */
  let first = 0
  for (let at = out >> 2; at < end; ) {
    const stands = values[numbers[at]!]!
    const length = numbers[at + 1]!
    const places = new Array<number>(length)
    for (let one = 0; one < length; one += 1) places[one] = numbers[at + 2 + one]!
    at += 2 + length
    const found = { places, values: stands }
    // The shortest comes first.
    if (places[0] === start) all.splice(first, 0, found)
    else first = all.push(found) - 1
    start = places[0]!
  }
  return all
}

/** States by the unit that a phrase begins with, or a sign that stands for it; as a table for the loops. */
function rootOf(trie: Trie): Int32Array {
  const root = new Int32Array(0x10000)
  for (const [unit, next] of trie.root) root[unit] = next
  for (const [sign, letters] of meant) {
    // Only where no phrase begins with the sign itself; the loops ask for a letter behind it.
    for (const letter of letters) if (root[sign] === 0) root[sign] = root[letter]!
  }
  return root
}
