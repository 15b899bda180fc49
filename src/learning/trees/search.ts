import { CODES } from './bins.ts'
import { type Kernel, kernelIn, type SharedMemory } from './kernel.ts'
import type { Stretch } from './rows.ts'
import { bestSplit, type Node, type Rules, type Split } from './split.ts'

/** All that split search reads and writes, in the shared ground: a thread that has it can search. */
export interface Field {
  readonly memory: SharedMemory
  /** Four codes a word, row by row. */
  readonly byRow: Uint8Array
  readonly words: number
  /** By column: how many codes known values have. */
  readonly bins: readonly number[]
  readonly order: Uint32Array
  readonly packed: Float64Array
  /** Histograms of the nodes in hand, `words` x 1024 sums each. */
  readonly histograms: Float64Array
}

/** A node's rows are to be added up; its sibling's histograms, where its parent's are, follow by subtraction. */
export interface Task {
  readonly small: Node & Stretch
  readonly smallSlot: number
  readonly large: Node | null
  readonly largeSlot: number
}

/** The best splits of the two nodes of a task. */
export type Found = readonly [small: Split | null, large: Split | null]

/** Searches the columns of some words: a thread each, all columns are searched and each only once. */
export class Search {
  readonly #field: Field
  readonly #kernel: Kernel
  readonly #firstWord: number
  readonly #endWord: number

  constructor(field: Field, firstWord: number, endWord: number) {
    this.#field = field
    this.#kernel = kernelIn(field.memory)
    this.#firstWord = firstWord
    this.#endWord = endWord
  }

  /** @param columns those to look at, rising */
  run({ small, smallSlot, large, largeSlot }: Task, columns: readonly number[], rules: Rules): Found {
    const { byRow, words, order, packed, histograms } = this.#field
    const [first, end] = [this.#firstWord, this.#endWord]
    const own = histograms.byteOffset + smallSlot * words * WORD_BYTES
    this.#kernel.addUp(
      own,
      byRow.byteOffset,
      words,
      order.byteOffset,
      packed.byteOffset,
      small.start,
      small.end,
      first,
      end,
    )
    if (large === null) return [this.#best(small, smallSlot, columns, rules), null]
    const parent = histograms.byteOffset + largeSlot * words * WORD_BYTES
    this.#kernel.takeOff(parent + first * WORD_BYTES, own + first * WORD_BYTES, (end - first) * WORD_BYTES)
    return [this.#best(small, smallSlot, columns, rules), this.#best(large, largeSlot, columns, rules)]
  }

  #best(node: Node, slot: number, columns: readonly number[], rules: Rules): Split | null {
    const { histograms, words, bins } = this.#field
    let best: Split | null = null
    for (const column of columns) {
      if (column < this.#firstWord * 4 || column >= this.#endWord * 4) continue
      const base = (slot * words * 4 + column) * CODES
      const gain: number = best?.gain ?? rules.minGain
      best = bestSplit(histograms, base, bins[column]!, column, node, rules, gain) ?? best
    }
    return best
  }
}

const WORD_BYTES = 4 * CODES * 8

/** The better of two finds; the earlier where they are level, as when one thread searches all columns in turn. */
export function betterOf(one: Split | null, other: Split | null): Split | null {
  if (one === null || other === null) return one ?? other
  return other.gain > one.gain ? other : one
}
