import type { TreeModel } from './model.ts'

/** Bits of a float32 that count, less one for what rounding itself may add. */
const BITS = 23

/**
 * The model with base and leaves rounded to multiples of one power of two, so coarse that no sum of them needs more
 * digits than a float32 has. Every runtime then gives the very same score in whatever order it adds, and a steep
 * calibration has no rounding to magnify. Leaves move by less than a millionth of the largest score there can be; a
 * model already on the grid stays as it is.
 */
export function onGrid(model: TreeModel): TreeModel {
  const most = model.trees.reduce(
    (sum, { value }) => sum + value.reduce((top, leaf) => Math.max(top, Math.abs(leaf)), 0),
    Math.abs(model.base),
  )
  if (most === 0) return model
  const step = 2 ** (Math.ceil(Math.log2(most)) - BITS)
  const round = (value: number): number => Math.round(value / step) * step
  return {
    ...model,
    base: round(model.base),
    trees: model.trees.map((tree) => ({ ...tree, value: tree.value.map(round) })),
  }
}
