import { DAY } from '../clock.ts'
import type { EventBlock } from './columns.ts'

/** Where windows open and close, as of several instants at once: windows of neighbouring dates share many edges. */
export interface Edges {
  /** All distinct edges, the newest first; minus infinity stands for the beginning. */
  readonly instants: Float64Array
  /** For each date, the place of each of the plan's edges among them. */
  readonly own: readonly Int32Array[]
}

/** `days` are a plan's edges, in days before asOf, each once and the furthest first. */
export function edgesOver(days: readonly number[], asOfs: readonly number[]): Edges {
  const [only] = asOfs
  if (only !== undefined && asOfs.length === 1) {
    const { turnTo, instants, own } = edgesOfOne(days)
    turnTo(only)
    return { instants, own: [own] }
  }
  const all = new Set(asOfs.flatMap((asOf) => days.map((day) => asOf - day * DAY)))
  const instants = Float64Array.from(all).sort().reverse()
  const places = new Map([...instants].map((instant, place) => [instant, place]))
  const own = asOfs.map((asOf) => Int32Array.from(days, (day) => places.get(asOf - day * DAY)!))
  return { instants, own }
}

/** Edges of one instant after the other, in the same memory. Of a single one they lie in order already. */
export function edgesOfOne(days: readonly number[]): {
  readonly instants: Float64Array
  readonly own: Int32Array
  turnTo(asOf: number): void
} {
  const last = days.length - 1
  const instants = new Float64Array(days.length)
  const own = Int32Array.from(days, (_, edge) => last - edge)
  return {
    instants,
    own,
    turnTo: (asOf) => {
      for (let edge = 0; edge <= last; edge += 1) instants[last - edge] = asOf - days[edge]! * DAY
    },
  }
}

/** Events walked over one by one; further ones are stepped over in strides. */
const STRIDE = 32

/**
 * For customers `from..to`, the first position that is not before each edge. Each customer is walked from the newest
 * event back, so that what is older than every window is not even looked at.
 */
export function placeEdges(
  { at, offsets }: EventBlock,
  instants: Float64Array,
  places: Int32Array,
  from: number,
  to: number,
): void {
  const count = instants.length
  for (let customer = from, place = 0; customer < to; customer += 1) {
    const low = offsets[customer]!
    let position = offsets[customer + 1]!
    for (let edge = 0; edge < count; edge += 1, place += 1) {
      const instant = instants[edge]!
      if (instant === Number.NEGATIVE_INFINITY) position = low
      while (position - STRIDE >= low && at[position - STRIDE]! >= instant) position -= STRIDE
      while (position > low && at[position - 1]! >= instant) position -= 1
      places[place] = position
    }
  }
}
