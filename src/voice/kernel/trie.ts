import { keep, keepPairs, type Pairs } from './memory.ts'

/** The steps out of each state, by unit; the first state is the root. */
export type Steps = Map<number, number>[]

/** Adds a phrase to a trie; returns the state it ends in. */
export function addPhrase(states: Steps, units: Iterable<number>): number {
  let state = 0
  for (const unit of units) {
    let next = states[state]!.get(unit)
    if (next === undefined) {
      next = states.push(new Map()) - 1
      states[state]!.set(unit, next)
    }
    state = next
  }
  return state
}

/** The units of a phrase. */
export function unitsIn(words: string): number[] {
  return Array.from({ length: words.length }, (_, at) => words.charCodeAt(at))
}

/** In place of a state's only step. */
const SEVERAL = -1
const RECORD = 4

/**
 * The address of a trie as the loops walk it (`kernel/tables.as`), with the steps out of each state by unit. `third` is a
 * number of each state.
 */
export function keepTrie(
  children: readonly ReadonlyMap<number, number>[],
  third: (state: number) => number,
  owner: object,
): number {
  const groups = children.map((next) => (next.size > 1 ? groupsOf(next) : []))
  const lists = groups.reduce((sum, each) => sum + 1 + each.length + 2 * each.flat().length, 0)
  const table = new Int32Array(RECORD * children.length + lists)
  let list = RECORD * children.length
  for (const [state, next] of children.entries()) {
    const [only] = next
    const own = groups[state]!
    if (own.length === 0) table.set([...(only ?? [0, 0]), third(state)], RECORD * state)
    else {
      table.set([SEVERAL, bitsOf(next.keys()), third(state), list], RECORD * state)
      let at = list + own.length + 1
      for (const steps of own) {
        table[list] = at
        list += 1
        table.set(steps.flat(), at)
        at += 2 * steps.length
      }
      table[list] = at
      list = at
    }
  }
  return keep(table, owner)
}

/** Steps by the last five bits of their units, ascending. */
function groupsOf(next: ReadonlyMap<number, number>): (readonly [number, number])[][] {
  const groups = new Map<number, (readonly [number, number])[]>()
  for (const [unit, to] of next) {
    const key = unit & 31
    groups.set(key, [...(groups.get(key) ?? []), [unit, to]])
  }
  return Array.from(groups)
    .sort(([one], [other]) => one - other)
    .map(([, steps]) => steps)
}

/** A bit for each unit, by its last five bits. */
function bitsOf(units: Iterable<number>): number {
  let bits = 0
  for (const unit of units) bits |= 1 << (unit & 31)
  return bits
}

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
  children: readonly ReadonlyMap<number, number>[],
  third: (state: number) => number,
  isEnd: (state: number) => boolean,
  owner: object,
): EnteredTrie {
  const first = new Int32Array(65_536)
  const second = new Map<number, number>()
  for (const [unit, state] of children[0]!) {
    if (isEnd(state)) first[unit] = state
    for (const [next, to] of children[state]!) second.set((unit << 16) | next, to)
  }
  return {
    states: keepTrie(children, third, owner),
    first: keep(first, owner),
    second: keepPairs(second, owner),
  }
}
