import { keep, keepPairs, type Pairs } from './memory.ts'

/** In place of a state's only step. */
const SEVERAL = -1
const RECORD = 4

/** A trie as it grows; its first state is the root. Nearly every other state has but one step out: they are linked lists. */
export class Trie {
  /** The steps out of the root, by unit: there are thousands. */
  readonly root = new Map<number, number>()
  /** By state: its last step, the step beside the one that leads to it, and the unit of that. */
  readonly #step = [0]
  readonly #beside = [0]
  readonly #unit = [0]

  /** Adds a phrase; returns the state it ends in. */
  add(words: string): number {
    let state = 0
    for (let at = 0; at < words.length; at += 1) {
      const unit = words.charCodeAt(at)
      state = this.#next(state, unit) || this.#grow(state, unit)
    }
    return state
  }

  /** The steps out of a state: units and the states they lead to. */
  steps(state: number): [unit: number, to: number][] {
    if (state === 0) return [...this.root]
    const steps: [number, number][] = []
    for (let to = this.#step[state]!; to !== 0; to = this.#beside[to]!) steps.push([this.#unit[to]!, to])
    return steps
  }

  /** The trie as the loops walk it (`kernel/tables.as`); `third` is a number of each state. */
  table(third: (state: number) => number): Int32Array {
    const count = this.#step.length
    const records = new Int32Array(RECORD * count)
    const lists: number[] = []
    for (let state = 0; state < count; state += 1) {
      const at = RECORD * state
      const step = this.#step[state]!
      records[at + 2] = third(state)
      if (state > 0 && this.#beside[step] === 0) {
        records[at] = this.#unit[step]!
        records[at + 1] = step
      } else {
        const steps = this.steps(state).sort(([one], [other]) => bitOf(one) - bitOf(other))
        const isSame = (one: number): boolean =>
          one > 0 && bitOf(steps[one]![0]) === bitOf(steps[one - 1]![0])
        const groups = steps.flatMap((_, nth) => (isSame(nth) ? [] : [nth]))
        const list = records.length + lists.length
        const first = list + groups.length + 1
        records[at] = SEVERAL
        records[at + 3] = list
        for (const nth of [...groups, steps.length]) lists.push(first + 2 * nth)
        for (const [unit, to] of steps) {
          records[at + 1]! |= 1 << bitOf(unit)
          lists.push(unit, to)
        }
      }
    }
    const table = new Int32Array(records.length + lists.length)
    table.set(records)
    table.set(lists, records.length)
    return table
  }

  #next(state: number, unit: number): number {
    if (state === 0) return this.root.get(unit) ?? 0
    let to = this.#step[state]!
    while (to !== 0 && this.#unit[to] !== unit) to = this.#beside[to]!
    return to
  }

  #grow(state: number, unit: number): number {
    const to = this.#step.push(0) - 1
    this.#unit.push(unit)
    this.#beside.push(state === 0 ? 0 : this.#step[state]!)
    if (state === 0) this.root.set(unit, to)
    else this.#step[state] = to
    return to
  }
}

/** The units of a phrase. */
export function unitsIn(words: string): number[] {
  return Array.from({ length: words.length }, (_, at) => words.charCodeAt(at))
}

/** The bit of a unit among the steps of a state. */
const bitOf = (unit: number): number => unit & 31

/** A trie that is entered by two units at once, and by one where a phrase of one unit stands. */
export interface EnteredTrie {
  readonly states: number
  /** States by the unit that is a phrase. */
  readonly first: number
  /** States by two units. */
  readonly second: Pairs
}

/** A trie as `kernel/moods.as` and `kernel/cues.as` walk it. */
export function keepEnteredTrie(
  trie: Trie,
  third: (state: number) => number,
  isEnd: (state: number) => boolean,
  owner: object,
): EnteredTrie {
  const first = new Int32Array(65_536)
  const second = new Map<number, number>()
  for (const [unit, state] of trie.root) {
    if (isEnd(state)) first[unit] = state
    for (const [next, to] of trie.steps(state)) second.set((unit << 16) | next, to)
  }
  return {
    states: keep(trie.table(third), owner),
    first: keep(first, owner),
    second: keepPairs(second, owner),
  }
}
