/** A draw from 0 (may be) to 1 (never). */
export type Chance = () => number

/** A stream of draws that the seed alone decides (sfc32). */
export function chanceOf(seed: number): Chance {
  let a = seed >>> 0
  let b = 0x9e3779b9
  let c = (seed / 2 ** 32) >>> 0
  let counter = 1
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 15; warm += 1) draw()
  return draw
}

/** The first `many` of a shuffle of 0..of-1. */
export function drawn(of: number, many: number, chance: Chance): number[] {
  const all = Array.from({ length: of }, (_, at) => at)
  for (let at = 0; at < many; at += 1) {
    const other = at + Math.floor(chance() * (of - at))
    const kept = all[at]!
    all[at] = all[other]!
    all[other] = kept
  }
  return all.slice(0, many)
}
