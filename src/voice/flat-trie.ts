import { isWordUnit } from './normalise.ts'
import { type Starts, startsOf } from './starts.ts'

/** Finds the longest of many phrases at a place of a folded text, without making anything: for texts by the million. */
export interface FlatTrie {
  readonly starts: Starts
  /** Number of the longest phrase that starts at `start`, or -1. A phrase of letters matches whole words only. */
  longestAt(units: Uint16Array, length: number, start: number): number
  /** Length of each phrase in UTF-16 units, by its number. */
  readonly lengths: Uint16Array
}

const WORD = wordUnits()
/** A node and a unit share 32 bits. */
const MOST_NODES = 65_536

/** Builds a trie over phrases without doubles; phrase number n is the n-th. */
export function flatTrie(phrases: readonly string[]): FlatTrie {
  const first = new Int32Array(65_536)
  const edges = new Map<number, number>()
  const ends = [-1]
  for (const [number, phrase] of phrases.entries()) {
    let node = 0
    for (let index = 0; index < phrase.length; index += 1) {
      const unit = phrase.charCodeAt(index)
      let next = node === 0 ? first[unit]! : (edges.get(node * 65_536 + unit) ?? 0)
      if (next === 0) {
        next = ends.push(-1) - 1
        if (next >= MOST_NODES) throw new Error('more phrases than a flat trie holds')
        if (node === 0) first[unit] = next
        else edges.set(node * 65_536 + unit, next)
      }
      node = next
    }
    ends[node] = number
  }
  const table = edgeTable(edges)
  const found = Int32Array.from(ends)
  return {
    starts: startsOf(phrases),
    lengths: Uint16Array.from(phrases, ({ length }) => length),
    longestAt: (units, length, start) => longestAt(first, table, found, units, length, start),
  }
}

/** Edges by open addressing, two words each: node and unit of the key, the node it leads to; 0: free. */
interface Edges {
  readonly mask: number
  readonly words: Uint32Array
}

function edgeTable(edges: ReadonlyMap<number, number>): Edges {
  let size = 64
  while (size < edges.size * 3) size *= 2
  const words = new Uint32Array(2 * size)
  for (const [key, to] of edges) {
    let at = placeOf(key) & (size - 1)
    while (words[2 * at + 1] !== 0) at = (at + 1) & (size - 1)
    words[2 * at] = key
    words[2 * at + 1] = to
  }
  return { mask: size - 1, words }
}

function placeOf(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

function longestAt(
  first: Int32Array,
  edges: Edges,
  ends: Int32Array,
  units: Uint16Array,
  length: number,
  start: number,
): number {
  let node = first[units[start]!]!
  if (node === 0) return -1
  if (WORD[units[start]!] === 1 && start > 0 && WORD[units[start - 1]!] === 1) return -1
  let found = -1
  for (let index = start + 1; ; index += 1) {
    const end = ends[node]!
    if (end >= 0) {
      const inside = index < length && WORD[units[index - 1]!] === 1 && WORD[units[index]!] === 1
      if (!inside) found = end
    }
    if (index >= length) return found
    node = follow(edges, (node << 16) | units[index]!)
    if (node === 0) return found
  }
}

function follow({ mask, words }: Edges, signed: number): number {
  const key = signed >>> 0
  for (let at = placeOf(key) & mask; words[2 * at + 1] !== 0; at = (at + 1) & mask) {
    if (words[2 * at] === key) return words[2 * at + 1]!
  }
  return 0
}

function wordUnits(): Uint8Array {
  return Uint8Array.from({ length: 65_536 }, (_, unit) => (isWordUnit(String.fromCharCode(unit)) ? 1 : 0))
}
