/** A stream of numbers in [0, 1): the same seed and stream number always give the same numbers. */
export type Chance = () => number

/** Opens stream number `stream` of a seed (SplitMix32). */
export function chanceOf(seed: number, stream = 0): Chance {
  let state = mixed((seed | 0) ^ mixed(Math.imul(stream + 1, 0x9e3779b9)))
  return () => {
    state = (state + 0x9e3779b9) | 0
    return (mixed(state) >>> 0) / 4294967296
  }
}

function mixed(value: number): number {
  let word = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
  return word ^ (word >>> 15)
}

/** The same positions in random order; the given array is left as it is. */
export function shuffled(positions: ArrayLike<number>, chance: Chance): Int32Array {
  const order = Int32Array.from(positions)
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance() * (last + 1))
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
