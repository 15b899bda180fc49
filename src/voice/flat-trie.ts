import { Area, keep, loops } from './kernel/memory.ts'
import { keepEnteredTrie, Trie } from './kernel/trie.ts'
import { type FoldedUnits, startsOf } from './starts.ts'

/** Finds the longest of many phrases in folded texts, without making anything: for texts by the million. */
export interface FlatTrie {
  /**
   * Finds phrases from the left, the longest at each place, none within another; one of letters as whole words only.
   * Writes three numbers for each into the loops' memory, `FOUND`: its own; where it starts; what ends between the one
   * before and it, as bits `CLAUSE_END` and `SENTENCE_END`. Returns how many.
   */
  phrasesIn(text: FoldedUnits): number
  /** Length of each phrase in UTF-16 units, by its number. */
  readonly lengths: Uint16Array
}

const found = new Area(12)
/** Where the phrases found last are, as a place in the memory's `numbers`. */
export const foundAt = (): number => found.for(0) >> 2
/** Builds a trie over phrases without doubles; phrase number n is the n-th. */
export function flatTrie(phrases: readonly string[]): FlatTrie {
  const trie = new Trie()
  const ends = new Map<number, number>()
  for (const [number, phrase] of phrases.entries()) ends.set(trie.add(phrase), number)
  const lengths = Uint16Array.from(phrases, ({ length }) => length)
  // What holds the trie holds its lengths, and so all its tables.
  const starts = startsOf(phrases, [], lengths)
  const { first, second, states } = keepEnteredTrie(
    trie,
    (state) => ends.get(state) ?? -1,
    (state) => ends.has(state),
    lengths,
  )
  const sizes = keep(lengths, lengths)
  return {
    lengths,
    phrasesIn: (text) => {
      const count = starts.in(text)
      return loops.phrases(
        text.at,
        text.length,
        starts.places(),
        count,
        starts.finder,
        first,
        second.at,
        second.mask,
        states,
        sizes,
        found.for(text.length),
      )
    },
  }
}
