import { type Bins, UNKNOWN } from './bins.ts'
import type { Ground } from './ground.ts'
import type { Kernel } from './kernel.ts'
import type { Split } from './split.ts'

/** The rows a tree is grown from; every node holds a stretch of them. All arrays lie in the ground. */
export interface Rows {
  /** Numbers of the rows, those of a node side by side. */
  readonly order: Uint32Array
  /** Room for sorting. */
  readonly spare: Uint32Array
  /** By row number: packed gradient and hessian. */
  readonly packed: Float64Array
  /** By code, 1: goes left at the split in hand. */
  readonly goes: Uint8Array
}

export interface Stretch {
  readonly start: number
  readonly end: number
}

export function rowsOn(ground: Ground, rows: number): Rows {
  return {
    order: ground.whole(rows + 1),
    spare: ground.whole(rows + 1),
    packed: ground.doubles(rows),
    goes: ground.bytes(256),
  }
}

/** Puts a node's rows that go left before those that go right, each side in the order it had; returns where right begins. */
export function parted(
  kernel: Kernel,
  rows: Rows,
  { start, end }: Stretch,
  bins: Bins,
  split: Split,
): number {
  const { order, spare, goes } = rows
  goes.fill(0)
  goes.fill(1, 0, split.bin + 1)
  goes[UNKNOWN] = split.unknownLeft ? 1 : 0
  const codes = bins.byColumn.byteOffset + split.column * bins.rows
  return kernel.part(order.byteOffset, spare.byteOffset, start, end, codes, goes.byteOffset)
}
