/**
 * Gradient and hessian of a row as two whole numbers in one double: gradient x 2^26 + hessian. Sums of such numbers are
 * exact as long as both halves stay in range, so the order of adding (and thus the number of threads) is no matter.
 */
export const SHIFT = 2 ** 26

/** What the halves of packed sums are worth. */
export interface Units {
  readonly gradient: number
  readonly hessian: number
}

export function gradientOf(sum: number): number {
  return Math.floor(sum / SHIFT)
}

export function hessianOf(sum: number): number {
  return sum - Math.floor(sum / SHIFT) * SHIFT
}

/**
 * The finest unit, a power of two, in which the sum of `rows` numbers of this total size stays in range, each rounded.
 * Whole numbers stay themselves as long as their total is below 2^25.
 */
export function unitFor(total: number, rows: number): number {
  return total > 0 ? 2 ** Math.ceil(Math.log2(total / (SHIFT - 1 - rows))) : 1
}
