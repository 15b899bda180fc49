import { Area, age, keep, loops, numbers } from './kernel/memory.ts'
import { keepEnteredTrie, Trie } from './kernel/trie.ts'
import { foldedByUnit } from './open-text.ts'
import { startsOf } from './starts.ts'

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
   * Finds every phrase, whole words only in scripts that have them; one inside a longer one of its kind is left out. The cost
   * of a place is bounded by the longest phrase, and nothing is allocated for it.
   */
  scan(text: string): Found
}

/** What is found at most from one place on: one of each kind. */
const KINDS = 8
const KIND_BITS = 3

/** Builds the finder; where two phrases of a kind are written alike the first one stands. */
export function buildFinder(sought: readonly Sought[]): Finder {
  const steps = new Trie()
  /** What the phrase means that ends in a state: values with their kinds. */
  const ending = new Map<number, number[]>()
  for (const { words, value, kind } of sought) {
    const state = steps.add(words)
    const own = ending.get(state) ?? []
    if (words === '' || own.some((other) => (other & (KINDS - 1)) === kind)) continue
    ending.set(state, [...own, (value << KIND_BITS) | kind])
  }
  return openScan(steps, ending, sought)
}

function openScan(
  steps: Trie,
  ending: ReadonlyMap<number, readonly number[]>,
  sought: readonly Sought[],
): Finder {
  const found: Found = {
    count: 0,
    starts: new Int32Array(0),
    ends: new Int32Array(0),
    values: new Int32Array(0),
  }
  // The answer is held by whoever finds: as long as it is, so are the tables.
  const listOf = new Map(Array.from(ending.keys(), (state, nth) => [state, nth + 1]))
  const trie = keepEnteredTrie(
    steps,
    (state) => listOf.get(state) ?? 0,
    (state) => listOf.has(state),
    found,
  )
  const starts = startsOf(
    sought.flatMap(({ words }) => (words === '' ? [] : [words])),
    [],
    found,
  )
  const meanings = keep(Int32Array.from(Array.from(ending.values()).flat()), found)
  const lists = keep(listStarts(Array.from(ending.values(), ({ length }) => length)), found)
  // Three numbers of each find, and one unit more for what the loops remember.
  const area = new Area(3 * 4 * KINDS)
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
    scan: (words) => {
      const text = foldedByUnit(words)
      const count = starts.in(text)
      const to = area.for(text.length)
      const room = KINDS * area.room
      if (to !== out || age !== seen) layOver(to, room)
      found.count = loops.scan(
        text.at,
        text.length,
        starts.places(),
        count,
        starts.finder,
        trie.first,
        trie.second.at,
        trie.second.mask,
        trie.states,
        lists,
        meanings,
        to,
        room,
      )
      return found
    },
  }
}

/** Where each list starts among all, from the first one on, which is number 1, and where the last one ends. */
function listStarts(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 2)
  for (const [nth, length] of lengths.entries()) starts[nth + 2] = starts[nth + 1]! + length
  return starts
}
