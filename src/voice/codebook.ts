/** Numbers of a point. */
export const AXES = 2
/** A code is a byte. */
export const CODES = 256
/** Of all points that are nothing but 0. */
const NOTHING = 0
/** Rounds of putting every point to the nearest; more change next to nothing. */
const ROUNDS = 8

/** Points told by a byte each. */
export interface Coded {
  readonly codes: Uint8Array
  /** The point that stands for each code, `AXES` whole numbers each. */
  readonly book: Int32Array
}

/** Points, point n at `AXES * n`, and how much each of them is used. */
interface Cloud {
  readonly points: Float64Array
  readonly uses: Float64Array
  /** What a difference on each axis counts, by its square. */
  readonly scales: Float64Array
}

/**
 * Tells points by 256 of their like: vector quantisation (Linde, Buzo and Gray 1980; Lloyd 1982), closest where points are used most.
 * What is off on an axis counts in units of what is usual there. The same points give the same codes.
 */
export function codedBy(points: Float64Array, uses: Float64Array): Coded {
  const cloud = { points, uses, scales: scalesOf(points) }
  const known = Uint32Array.from(uses.keys()).filter((point) => !isNothing(points, point))
  const groups = known.length === 0 ? [] : parted(cloud, known)
  const codes = new Uint8Array(uses.length).fill(NOTHING)
  for (const [nth, { members }] of groups.entries()) for (const point of members) codes[point] = nth + 1
  const book = new Float64Array(AXES * CODES)
  centre(cloud, known, codes, book)
  for (let round = 0; round < ROUNDS; round += 1) {
    moveToNearest(cloud, known, codes, book, groups.length)
    centre(cloud, known, codes, book)
  }
  return { codes, book: Int32Array.from(book, Math.round) }
}

function isNothing(points: Float64Array, point: number): boolean {
  for (let axis = 0; axis < AXES; axis += 1) if (points[AXES * point + axis] !== 0) return false
  return true
}

/** 1 by the mean square on each axis. */
function scalesOf(points: Float64Array): Float64Array {
  const squares = new Float64Array(AXES)
  for (let at = 0; at < points.length; at += 1) squares[at % AXES]! += points[at]! ** 2
  return squares.map((sum) => (sum === 0 ? 0 : points.length / AXES / sum))
}

interface Group {
  readonly members: Uint32Array
  /** How far its points lie off their mean, all in all, and on which axis most. */
  readonly off: number
  readonly axis: number
  readonly middle: number
}

/** Groups to begin with: the one that is farthest off is parted at its mean, again and again. */
function parted(cloud: Cloud, all: Uint32Array): readonly Group[] {
  const groups = [groupOf(cloud, all)]
  while (groups.length < CODES - 1) {
    const widest = groups.reduce((best, group, at) => (group.off > groups[best]!.off ? at : best), 0)
    const { members, off, axis, middle } = groups[widest]!
    if (off === 0) break
    const isBelow = (point: number): boolean => cloud.points[AXES * point + axis]! < middle
    groups[widest] = groupOf(cloud, members.filter(isBelow))
    groups.push(
      groupOf(
        cloud,
        members.filter((point) => !isBelow(point)),
      ),
    )
  }
  return groups
}

function groupOf({ points, uses, scales }: Cloud, members: Uint32Array): Group {
  const sums = new Float64Array(AXES)
  const squares = new Float64Array(AXES)
  let used = 0
  for (const point of members) {
    used += uses[point]!
    for (let axis = 0; axis < AXES; axis += 1) {
      const value = points[AXES * point + axis]!
      sums[axis]! += uses[point]! * value
      squares[axis]! += uses[point]! * value * value
    }
  }
  const offs = squares.map((sum, axis) => scales[axis]! * (sum - sums[axis]! ** 2 / used))
  const axis = offs.indexOf(Math.max(...offs))
  const middle = sums[axis]! / used
  // Rounding alone may keep equal points off their mean: they cannot be parted.
  const isOne = !members.some((point) => points[AXES * point + axis]! < middle)
  return { members, off: isOne ? 0 : offs.reduce((sum, off) => sum + off), axis, middle }
}

/** Puts the mean of its points where each code stands. */
function centre({ points, uses }: Cloud, known: Uint32Array, codes: Uint8Array, book: Float64Array): void {
  const sums = new Float64Array(AXES * CODES)
  const used = new Float64Array(CODES)
  for (const point of known) {
    const code = codes[point]!
    used[code]! += uses[point]!
    for (let axis = 0; axis < AXES; axis += 1)
      sums[AXES * code + axis]! += uses[point]! * points[AXES * point + axis]!
  }
  for (let at = 0; at < book.length; at += 1) {
    const count = used[Math.floor(at / AXES)]!
    if (count > 0) book[at] = sums[at]! / count
  }
}

/** Gives each point the code it lies nearest to, of those from 1 to `most`; of equals the one it has. */
function moveToNearest(
  cloud: Cloud,
  known: Uint32Array,
  codes: Uint8Array,
  book: Float64Array,
  most: number,
): void {
  const order = Uint8Array.from({ length: most }, (_, nth) => nth + 1)
  order.sort((a, b) => book[AXES * a]! - book[AXES * b]! || a - b)
  const places = new Uint8Array(CODES)
  for (const [place, code] of order.entries()) places[code] = place
  for (const point of known) {
    const own = codes[point]!
    let best = own
    let least = offBy(cloud, point, own, book)
    // From its own code on to both sides: who lies too far off on the first axis alone is followed by none that is nearer.
    for (const step of [-1, 1]) {
      for (let place = places[own]! + step; place >= 0 && place < most; place += step) {
        const code = order[place]!
        if (firstOff(cloud, point, code, book) >= least) break
        const off = offBy(cloud, point, code, book)
        if (off < least) [best, least] = [code, off]
      }
    }
    codes[point] = best
  }
}

function firstOff({ points, scales }: Cloud, point: number, code: number, book: Float64Array): number {
  return scales[0]! * (points[AXES * point]! - book[AXES * code]!) ** 2
}

function offBy({ points, scales }: Cloud, point: number, code: number, book: Float64Array): number {
  let off = 0
  for (let axis = 0; axis < AXES; axis += 1)
    off += scales[axis]! * (points[AXES * point + axis]! - book[AXES * code + axis]!) ** 2
  return off
}
