import { isWordUnit } from './normalise.ts'

/** Finds the longest of many phrases at a place of a folded text, without making anything: for texts by the million. */
export interface FlatTrie {
  /** Number of the longest phrase that starts at `start`, or -1. A phrase of letters matches whole words only. */
  longestAt(units: Uint16Array, length: number, start: number): number
  /** Length of each phrase in UTF-16 units, by its number. */
  readonly lengths: Uint16Array
}

const WORD = wordUnits()

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
    lengths: Uint16Array.from(phrases, ({ length }) => length),
    longestAt: (units, length, start) => longestAt(first, table, found, units, length, start),
  }
}

/** Edges by open addressing: node and unit of the key, node it leads to; 0: free. */
interface Edges {
  readonly mask: number
  readonly from: Int32Array
  readonly unit: Uint16Array
  readonly to: Int32Array
}

function edgeTable(edges: ReadonlyMap<number, number>): Edges {
  let size = 64
  while (size < edges.size * 3) size *= 2
  const table: Edges = {
    mask: size - 1,
    from: new Int32Array(size),
    unit: new Uint16Array(size),
    to: new Int32Array(size),
  }
  for (const [key, to] of edges) {
    const [from, unit] = [Math.floor(key / 65_536), key % 65_536]
    let at = placeOf(from, unit) & table.mask
    while (table.to[at] !== 0) at = (at + 1) & table.mask
    table.from[at] = from
    table.unit[at] = unit
    table.to[at] = to
  }
  return table
}

function placeOf(node: number, unit: number): number {
  const mixed = Math.imul(node ^ Math.imul(unit, 0x9e3779b1), 0x85ebca6b)
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
    const inside = index < length && WORD[units[index - 1]!] === 1 && WORD[units[index]!] === 1
    if (ends[node]! >= 0 && !inside) found = ends[node]!
    if (index >= length) return found
    node = follow(edges, node, units[index]!)
    if (node === 0) return found
  }
}

function follow({ mask, from, unit, to }: Edges, node: number, next: number): number {
  for (let at = placeOf(node, next) & mask; to[at] !== 0; at = (at + 1) & mask) {
    if (from[at] === node && unit[at] === next) return to[at]!
  }
  return 0
}

function wordUnits(): Uint8Array {
  return Uint8Array.from({ length: 65_536 }, (_, unit) => (isWordUnit(String.fromCharCode(unit)) ? 1 : 0))
}
