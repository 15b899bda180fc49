import { type Bins, UNKNOWN } from './bins.ts'
import type { Split } from './split.ts'

/** The rows a tree is grown from; every node holds a stretch of them. */
export interface Rows {
  /** Numbers of the rows, those of a node side by side. */
  readonly order: Uint32Array
  /** Room for sorting. */
  readonly spare: Uint32Array
  /** By row number: packed gradient and hessian. */
  readonly packed: Float64Array
}

export interface Stretch {
  readonly start: number
  readonly end: number
}

const goes = new Uint8Array(256)

/** Puts a node's rows that go left before those that go right, each side in the order it had; returns where right begins. */
export function parted({ order, spare }: Rows, { start, end }: Stretch, bins: Bins, split: Split): number {
  goes.fill(0)
  goes.fill(1, 0, split.bin + 1)
  goes[UNKNOWN] = split.unknownLeft ? 1 : 0
  const base = split.column * bins.rows
  let left = start
  let right = 0
  for (let at = start; at < end; at += 1) {
    const row = order[at]!
    const isLeft = goes[bins.byColumn[base + row]!]!
    order[left] = row
    spare[right] = row
    left += isLeft
    right += 1 - isLeft
  }
  order.set(spare.subarray(0, right), left)
  return left
}
