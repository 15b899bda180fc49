import type { Found, Task } from '../trees/search.ts'
import type { Rules, Split } from '../trees/split.ts'

/** What is passed between threads while they search, all shared: numbers only, for nothing else can be read without copying. */
export interface Desk {
  /** TURN, PENDING, STOP and FAILED. */
  readonly control: Int32Array
  /** The task in hand, written by the first thread. */
  readonly task: Float64Array
  /** By thread, what it found. */
  readonly found: readonly Float64Array[]
}

/** Counts the tasks: a change of it starts the others. */
export const TURN = 0
/** How many have not finished the task in hand. */
export const PENDING = 1
/** 1: go home. */
export const STOP = 2
/** 1: one of them broke down. */
export const FAILED = 3

const FIXED = 19

export function newDesk(columns: number, threads: number): Desk {
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8))
  return {
    control: new Int32Array(new SharedArrayBuffer(16)),
    task: doubles(FIXED + 2 * columns),
    found: Array.from({ length: threads }, () => doubles(10)),
  }
}

export interface Orders {
  readonly task: Task
  readonly columns: readonly number[]
  readonly rules: Rules
}

export function writeOrders(to: Float64Array, { task, columns, rules }: Orders): void {
  const { small, smallSlot, large, largeSlot } = task
  const other = large ?? { sum: 0, low: 0, high: 0 }
  const { units, lambda, minWeight, minGain, monotone } = rules
  to.set([small.sum, small.low, small.high, small.start, small.end, smallSlot])
  to.set([large === null ? 0 : 1, other.sum, other.low, other.high, largeSlot], 6)
  to.set([units.gradient, units.hessian, lambda, minWeight, minGain], 11)
  to.set([monotone === undefined ? 0 : 1, monotone?.length ?? 0, columns.length], 16)
  to.set(columns, FIXED)
  if (monotone) to.set(monotone, FIXED + columns.length)
}

export function readOrders(from: Float64Array): Orders {
  const at = (place: number): number => from[place]!
  const small = { sum: at(0), low: at(1), high: at(2), start: at(3), end: at(4) }
  const large = at(6) === 1 ? { sum: at(7), low: at(8), high: at(9) } : null
  const end = FIXED + at(18)
  return {
    task: { small, smallSlot: at(5), large, largeSlot: at(10) },
    columns: [...from.subarray(FIXED, end)],
    rules: {
      units: { gradient: at(11), hessian: at(12) },
      lambda: at(13),
      minWeight: at(14),
      minGain: at(15),
      ...(at(16) === 1 ? { monotone: [...from.subarray(end, end + at(17))] } : {}),
    },
  }
}

export function writeFound(to: Float64Array, found: Found): void {
  found.forEach((split, at) => {
    const { gain, column, bin, unknownLeft, left } = split ?? NONE
    to.set([gain, column, bin, unknownLeft ? 1 : 0, left], at * 5)
  })
}

export function readFound(from: Float64Array): Found {
  return [splitIn(from.subarray(0, 5)), splitIn(from.subarray(5))]
}

const NONE: Split = { gain: 0, column: -1, bin: 0, unknownLeft: false, left: 0 }

function splitIn(from: Float64Array): Split | null {
  const [gain, column, bin, unknownLeft, left] = from as unknown as [number, number, number, number, number]
  return column < 0 ? null : { gain, column, bin, unknownLeft: unknownLeft === 1, left }
}
