/** A stream of numbers in [0, 1): the same parts always give the same stream, and no two streams share draws. */
export type Draw = () => number

/** Opens the stream named by its parts, e.g. `openStream(seed, 'customer', 17, 'visit')`. */
export function openStream(...parts: readonly (string | number)[]): Draw {
  let seed = hash(parts.join('\u0000'))
  const word = () => {
    seed = (seed + 0x9e3779b9) | 0
    return scramble(seed)
  }
  let a = word()
  let b = word()
  let c = word()
  let d = word() | 1
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return (result >>> 0) / 4294967296
  }
}

/** A number in [low, high). */
export function between(draw: Draw, low: number, high: number): number {
  return low + draw() * (high - low)
}

/** A whole number in [low, high], both ends included. */
export function whole(draw: Draw, low: number, high: number): number {
  return low + Math.floor(draw() * (high - low + 1))
}

/** True with the given probability. Always draws once, so that the stream does not depend on the odds. */
export function chance(draw: Draw, odds: number): boolean {
  return draw() < odds
}

export function pick<T>(draw: Draw, list: readonly T[]): T {
  return list[Math.floor(draw() * list.length)]!
}

/** Picks by weight; the weights need not sum to one. */
export function pickWeighted<T>(draw: Draw, list: readonly (readonly [T, number])[]): T {
  const total = list.reduce((sum, [, weight]) => sum + weight, 0)
  let left = draw() * total
  for (const [value, weight] of list) {
    left -= weight
    if (left < 0) return value
  }
  return list[list.length - 1]![0]
}

/** The numbers 0..count-1 in random order (Fisher-Yates). */
export function shuffled(draw: Draw, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last -= 1) {
    const other = whole(draw, 0, last)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}

// FNV-1a over UTF-16 units, finished by a scramble: enough to tell names apart, not for secrets.
function hash(words: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < words.length; index += 1) {
    value = Math.imul(value ^ words.charCodeAt(index), 0x01000193)
  }
  return scramble(value)
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) | 0
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}
