import { Area, keep, loops } from './kernel/memory.ts'
import { addPhrase, keepTrie, type Steps, unitsIn } from './kernel/trie.ts'
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
  const children: Steps = [new Map()]
  const ends = new Map<number, number>()
  for (const [number, phrase] of phrases.entries()) ends.set(addPhrase(children, unitsIn(phrase)), number)
  if (children.length > MOST_NODES) throw new Error('more phrases than a flat trie holds')
  const lengths = Uint16Array.from(phrases, ({ length }) => length)
  // What holds the trie holds its lengths, and so all its tables.
  const { how, begun } = startsOf(phrases, [], lengths)
  const roots = new Int32Array(65_536)
  for (const [unit, node] of children[0]!) roots[unit] = node
  const first = keep(roots, lengths)
  const keyOf = (node: number, unit: number): number => (node << 16) | unit
  const { states, steps } = keepTrie(children, keyOf, (node) => [ends.get(node) ?? -1, 0], lengths)
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
        first,
        states,
        steps.at,
        steps.mask,
        sizes,
        found.for(length),
      ),
  }
}
