import { UNKNOWN } from './bins.ts'
import { SHIFT, type Units } from './packed.ts'

/** A node as split search sees it. */
export interface Node {
  /** Packed sum of its rows. */
  readonly sum: number
  /** Bounds of its value, from monotone splits above; without any, -Infinity and Infinity. */
  readonly low: number
  readonly high: number
}

export interface Split {
  readonly gain: number
  readonly column: number
  /** Bins up to this one go left. */
  readonly bin: number
  readonly unknownLeft: boolean
  /** Packed sum of the rows that go left. */
  readonly left: number
}

export interface Rules {
  readonly units: Units
  /** Pulls leaves towards 0. */
  readonly lambda: number
  /** Least sum of hessians in a child. */
  readonly minWeight: number
  readonly minGain: number
  /** By column +1, -1 or 0. */
  readonly monotone?: readonly number[] | undefined
}

/** Value of a node before shrinking: where its loss is least, within its bounds. */
export function valueOf({ sum, low, high }: Node, { units, lambda }: Rules): number {
  const gradient = Math.floor(sum / SHIFT)
  const hessian = sum - gradient * SHIFT
  return optimum(gradient * units.gradient, hessian * units.hessian + lambda, low, high)
}

function optimum(gradient: number, weight: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, weight > 0 ? -gradient / weight : 0))
}

/**
 * The best split of one column that beats `gain`, or null.
 *
 * @param histogram packed sums by code; the column's begin at `base`
 * @param bins how many codes known values have
 */
export function bestSplit(
  histogram: Float64Array,
  base: number,
  bins: number,
  column: number,
  node: Node,
  rules: Rules,
  gain: number,
): Split | null {
  const direction = rules.monotone?.[column] ?? 0
  const bounded =
    direction !== 0 || node.low !== Number.NEGATIVE_INFINITY || node.high !== Number.POSITIVE_INFINITY
  const { lambda, minWeight, units } = rules
  const allGradient = Math.floor(node.sum / SHIFT)
  const gradient = allGradient * units.gradient
  const hessian = (node.sum - allGradient * SHIFT) * units.hessian
  const unsplit = bounded
    ? boundedScore(gradient, hessian + lambda, node.low, node.high)
    : (gradient * gradient) / (hessian + lambda)
  const unknown = histogram[base + UNKNOWN]!
  let best = gain
  let bestBin = -1
  let bestLeft = 0
  let bestUnknownLeft = false
  for (let side = 0; side < (unknown === 0 ? 1 : 2); side += 1) {
    // Unknown on the right first, then on the left. Known against unknown is a split too: all bins left, unknown right.
    let sum = side === 1 ? unknown : 0
    const end = unknown !== 0 && side === 0 ? bins : bins - 1
    for (let bin = 0; bin < end; bin += 1) {
      const own = histogram[base + bin]!
      if (own === 0) continue
      sum += own
      const whole = Math.floor(sum / SHIFT)
      const leftHessian = (sum - whole * SHIFT) * units.hessian
      if (leftHessian < minWeight) continue
      const rightHessian = hessian - leftHessian
      if (rightHessian < minWeight) break
      const leftGradient = whole * units.gradient
      const rightGradient = gradient - leftGradient
      const score = bounded
        ? pairScore(leftGradient, leftHessian + lambda, rightGradient, rightHessian + lambda, direction, node)
        : (leftGradient * leftGradient) / (leftHessian + lambda) +
          (rightGradient * rightGradient) / (rightHessian + lambda)
      if (!(score - unsplit > best)) continue
      best = score - unsplit
      bestBin = bin
      bestLeft = sum
      // Nothing unknown seen: whoever is unknown later goes with the many.
      bestUnknownLeft = unknown === 0 ? leftHessian >= rightHessian : side === 1
    }
  }
  if (bestBin < 0) return null
  return { gain: best, column, bin: bestBin, unknownLeft: bestUnknownLeft, left: bestLeft }
}

/** Twice the loss a node sheds at its bounded optimum. */
function boundedScore(gradient: number, weight: number, low: number, high: number): number {
  const value = optimum(gradient, weight, low, high)
  return -(2 * gradient * value + weight * value * value)
}

/** Both children's score, or -Infinity where their values would go against the direction. */
function pairScore(
  leftGradient: number,
  leftWeight: number,
  rightGradient: number,
  rightWeight: number,
  direction: number,
  { low, high }: Node,
): number {
  const left = optimum(leftGradient, leftWeight, low, high)
  const right = optimum(rightGradient, rightWeight, low, high)
  if ((right - left) * direction < 0) return Number.NEGATIVE_INFINITY
  return (
    boundedScore(leftGradient, leftWeight, low, high) + boundedScore(rightGradient, rightWeight, low, high)
  )
}

/** The two children of a split node. A monotone split parts the bounds halfway between the children's values. */
export function childrenOf(node: Node, split: Split, rules: Rules): [Node, Node] {
  const left = { ...node, sum: split.left }
  const right = { ...node, sum: node.sum - split.left }
  const direction = rules.monotone?.[split.column] ?? 0
  if (direction === 0) return [left, right]
  const middle = (valueOf(left, rules) + valueOf(right, rules)) / 2
  return direction > 0
    ? [
        { ...left, high: middle },
        { ...right, low: middle },
      ]
    : [
        { ...left, low: middle },
        { ...right, high: middle },
      ]
}
