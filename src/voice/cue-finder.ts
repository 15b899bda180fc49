import { FLAGS_AT, FOLDS, UNITS, WORD } from './cue-units.ts'
import { Area, age, keep, loops, numbers } from './kernel/memory.ts'
import { addPhrase, keepTrie, type Steps, type Trie, unitsIn } from './kernel/trie.ts'
import { openText } from './open-text.ts'

/** A phrase to look for, folded, and the number its finder knows it by. Of several of a kind only the longest counts. */
export interface Sought {
  readonly words: string
  readonly value: number
  /** 0..7 */
  readonly kind: number
}

/** What was found in a text, in the order it ends: `values[i]` at `[starts[i], ends[i])`. Good until the next scan. */
export interface Found {
  count: number
  starts: Int32Array
  ends: Int32Array
  values: Int32Array
}

export interface Finder {
  /**
   * Finds every phrase in one pass (Aho-Corasick), whole words only in scripts that have them; one inside a longer one
   * of its kind is left out. Linear in the text, and nothing is allocated for it.
   */
  scan(text: string): Found
}

interface Node {
  readonly next: ReadonlyMap<number, number>
  readonly phrases: readonly number[]
}

/** Builds the finder; where two phrases of a kind are written alike the first one stands. */
export function buildFinder(sought: readonly Sought[]): Finder {
  const alphabet = new Map<number, number>()
  const steps: Steps = [new Map()]
  const ending = new Map<number, number[]>()
  for (const [index, { words, kind }] of sought.entries()) {
    const state = addPhrase(steps, lettersOf(words, alphabet))
    const own = ending.get(state) ?? []
    if (words === '' || own.some((other) => sought[other]!.kind === kind)) continue
    ending.set(state, [...own, index])
  }
  const nodes = steps.map((next, state): Node => ({ next, phrases: ending.get(state) ?? [] }))
  return openScan(nodes, sought, alphabet)
}

/** The letters of a phrase, as numbers from 1. */
function lettersOf(words: string, alphabet: Map<number, number>): number[] {
  return unitsIn(words).map((code) => {
    const letter = alphabet.get(code) ?? alphabet.size + 1
    alphabet.set(code, letter)
    return letter
  })
}

/** The phrases as tables for the loops (`kernel/cues.as`). */
interface Packed extends Trie {
  readonly letters: number
  readonly width: number
  readonly first: number
  readonly from: number
  readonly phrases: number
}

function pack(nodes: readonly Node[], alphabet: Map<number, number>, owner: object): Packed {
  const width = alphabet.size + 1
  const first = new Int32Array(width)
  const { fail, output } = links(nodes)
  for (const [letter, target] of nodes[0]!.next) first[letter] = target
  const trie = keepTrie(
    nodes.map(({ next }) => next),
    (state, letter) => state * width + letter,
    (state) => [fail[state]!, output[state]!],
    owner,
  )
  const from = new Int32Array(nodes.length + 1)
  for (const [state, { phrases }] of nodes.entries()) from[state + 1] = from[state]! + phrases.length
  const phrases = Int32Array.from(nodes.flatMap((node) => node.phrases))
  if (width > OF_WORD) throw new Error('more letters than a finder holds')
  const letters = FOLDS.map((folded, unit) => {
    const letter = alphabet.get(folded) ?? 0
    return (UNITS[unit]! & WORD) === 0 ? letter : letter | OF_WORD
  })
  return {
    ...trie,
    letters: keep(letters, owner),
    width,
    first: keep(first, owner),
    from: keep(from, owner),
    phrases: keep(phrases, owner),
  }
}

/** Where to go on when a phrase breaks off: the longest suffix that begins another; breadth first. */
function links(nodes: readonly Node[]): { fail: Int32Array; output: Int32Array } {
  const fail = new Int32Array(nodes.length)
  const output = new Int32Array(nodes.length)
  const queue = [0]
  for (const state of queue) {
    output[state] = nodes[state]!.phrases.length > 0 ? state : output[fail[state]!]!
    for (const [letter, target] of nodes[state]!.next) {
      let suffix = fail[state]!
      while (suffix !== 0 && !nodes[suffix]!.next.has(letter)) suffix = fail[suffix]!
      fail[target] = state === 0 ? 0 : (nodes[suffix]!.next.get(letter) ?? 0)
      queue.push(target)
    }
  }
  return { fail, output }
}

/** Beside the letter of a unit of words. */
const OF_WORD = 0x8000
/** What is found at most at one place: one of each kind. */
const KINDS = 8

function openScan(nodes: readonly Node[], sought: readonly Sought[], alphabet: Map<number, number>): Finder {
  const found: Found = {
    count: 0,
    starts: new Int32Array(0),
    ends: new Int32Array(0),
    values: new Int32Array(0),
  }
  // The answer is held by whoever finds: as long as it is, so are the tables.
  const packed = pack(nodes, alphabet, found)
  const lengths = keep(
    Int32Array.from(sought, ({ words }) => words.length),
    found,
  )
  const values = keep(
    Int32Array.from(sought, ({ value }) => value),
    found,
  )
  const kinds = keep(
    Int32Array.from(sought, ({ kind }) => kind),
    found,
  )
  // Four numbers of each find, and one unit more for what the loops remember.
  const area = new Area(4 * 4 * KINDS)
  let out = -1
  let seen = -1

  /** Lays the answer over the room it is written to, anew when that has moved. */
  function layOver(at: number, room: number): void {
    const plane = (number: number): Int32Array =>
      numbers.subarray((at >> 2) + number * room, (at >> 2) + (number + 1) * room)
    found.starts = plane(0)
    found.ends = plane(1)
    found.values = plane(2)
    out = at
    seen = age
  }

  return {
    scan: (text) => {
      const { at, length } = openText(text)
      const to = area.for(length)
      const room = KINDS * area.room
      if (to !== out || age !== seen) layOver(to, room)
      found.count = loops.scan(
        at,
        length,
        FLAGS_AT,
        packed.letters,
        packed.width,
        packed.first,
        packed.steps.at,
        packed.steps.mask,
        packed.states,
        packed.from,
        packed.phrases,
        lengths,
        values,
        kinds,
        to,
        room,
      )
      return found
    },
  }
}
