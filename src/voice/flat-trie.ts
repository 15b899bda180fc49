import { Area, keep, keepPairs, loops } from './kernel/memory.ts'
import { startsOf } from './starts.ts'
import { KINDS_AT } from './units.ts'

/** Finds the longest of many phrases in folded texts, without making anything: for texts by the million. */
export interface FlatTrie {
  /**
   * Finds phrases from the left, the longest at each place, none within another; one of letters as whole words only.
   * Writes three numbers for each into the loops' memory, `FOUND`: its own; where it starts; what ends between the one
   * before and it, as bits `CLAUSE_END` and `SENTENCE_END`. Returns how many.
   */
  phrasesIn(text: { readonly at: number; readonly length: number }): number
  /** Length of each phrase in UTF-16 units, by its number. */
  readonly lengths: Uint16Array
}

const found = new Area(12)
/** Where the phrases found last are, as a place in the memory's `numbers`. */
export const foundAt = (): number => found.for(0) >> 2
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
      const key = (node << 16) | unit
      let next = node === 0 ? first[unit]! : (edges.get(key) ?? 0)
      if (next === 0) {
        next = ends.push(-1) - 1
        if (next >= MOST_NODES) throw new Error('more phrases than a flat trie holds')
        if (node === 0) first[unit] = next
        else edges.set(key, next)
      }
      node = next
    }
    ends[node] = number
  }
  const lengths = Uint16Array.from(phrases, ({ length }) => length)
  // What holds the trie holds its lengths, and so all its tables.
  const { how, begun } = startsOf(phrases, [], lengths)
  const roots = keep(first, lengths)
  const steps = keepPairs(edges, lengths)
  const numbers = keep(Int32Array.from(ends), lengths)
  const sizes = keep(lengths, lengths)
  return {
    lengths,
    phrasesIn: ({ at, length }) =>
      loops.phrases(
        at,
        length,
        how,
        begun,
        KINDS_AT,
        roots,
        steps.at,
        steps.mask,
        numbers,
        sizes,
        found.for(length),
      ),
  }
}
