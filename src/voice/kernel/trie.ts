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

/** A trie as the loops walk it: `kernel/tables.as`. */
export interface Trie {
  /** A record for each state. */
  readonly states: number
  /** The steps of those with several. */
  readonly steps: Pairs
}

/**
 * A trie with the steps out of each state by unit; those out of the first are not asked for. `keyOf` names a step of a state,
 * and `more` has two numbers of each state.
 */
export function keepTrie(
  children: readonly ReadonlyMap<number, number>[],
  keyOf: (state: number, unit: number) => number,
  more: (state: number) => readonly [number, number],
  owner: object,
): Trie {
  const states = new Int32Array(RECORD * children.length)
  const steps = new Map<number, number>()
  for (const [state, next] of children.entries()) {
    const [only] = next
    const step = next.size === 1 ? only! : [next.size === 0 ? 0 : SEVERAL, bitsOf(next.keys())]
    states.set([...step, ...more(state)], RECORD * state)
    if (state > 0 && next.size > 1) for (const [unit, to] of next) steps.set(keyOf(state, unit), to)
  }
  return { states: keep(states, owner), steps: keepPairs(steps, owner) }
}

/** A bit for each unit, by its last five bits. */
function bitsOf(units: Iterable<number>): number {
  let bits = 0
  for (const unit of units) bits |= 1 << (unit & 31)
  return bits
}

/** A trie with all steps by unit; it is entered by two units at once, and by one where a phrase of one unit stands. */
export interface UnitTrie extends Trie {
  /** States by the unit that is a phrase. */
  readonly first: number
  /** States by two units. */
  readonly second: Pairs
}

/** A state and a unit share 32 bits. */
const MOST_STATES = 65_536

/** A trie as `kernel/moods.as` and `kernel/cues.as` walk it; `third` has the third number of each state. */
export function keepUnitTrie(
  children: readonly ReadonlyMap<number, number>[],
  third: (state: number) => number,
  isEnd: (state: number) => boolean,
  owner: object,
): UnitTrie {
  if (children.length > MOST_STATES) throw new Error('more phrases than a trie holds')
  const first = new Int32Array(65_536)
  const second = new Map<number, number>()
  const keyOf = (before: number, unit: number): number => (before << 16) | unit
  for (const [unit, state] of children[0]!) {
    if (isEnd(state)) first[unit] = state
    for (const [next, to] of children[state]!) second.set(keyOf(unit, next), to)
  }
  const trie = keepTrie(children, keyOf, (state) => [third(state), 0], owner)
  return { ...trie, first: keep(first, owner), second: keepPairs(second, owner) }
}
