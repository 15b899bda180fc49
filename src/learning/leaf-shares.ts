/**
 * How a leaf's value is divided among the features on the way to it: their Shapley values in the game where an absent
 * feature follows the training rows. For d features, `reach[j]` is the share of training rows that pass j's conditions
 * and `met[j]` whether this row does. With P(y) the product of (reach + met y), a feature not met gets
 * -value x sum P[k] w[k], a met one value x (1 - reach) x sum (P / (reach + y))[k] w[k], w[k] = k!(d-1-k)!/d!.
 * O(d^2), as Lundberg's TreeSHAP, without its recursion.
 */
export class LeafShares {
  private readonly weights: Float64Array[] = []
  private readonly product: Float64Array

  /** @param most features there can be on one way */
  constructor(most: number) {
    this.product = new Float64Array(most + 1)
    for (let d = 0; d <= most; d += 1) this.weights.push(weightsOf(d))
  }

  /** Adds each feature's part to `out`, from `at` on. */
  add(
    value: number,
    reach: Float64Array,
    met: Uint8Array,
    d: number,
    out: Float64Array | Float32Array,
    at: number,
  ): void {
    const weights = this.weights[d]!
    const { product } = this
    const degree = multiply(product, reach, met, d)
    let unmet = 0
    for (let k = 0; k < d; k += 1) unmet += product[k]! * weights[k]!
    for (let j = 0; j < d; j += 1) {
      const part = met[j] === 0 ? -unmet : (1 - reach[j]!) * divided(product, degree, reach[j]!, weights)
      out[at + j] = out[at + j]! + value * part
    }
  }
}

function weightsOf(d: number): Float64Array {
  const weights = new Float64Array(d)
  for (let k = 0; k < d; k += 1) weights[k] = k === 0 ? 1 / d : (weights[k - 1]! * k) / (d - k)
  return weights
}

/** The product's coefficients, of which `degree + 1` count: as many as conditions are met, and one. */
function multiply(product: Float64Array, reach: Float64Array, met: Uint8Array, d: number): number {
  product.fill(0, 0, d + 1)
  product[0] = 1
  let degree = 0
  for (let i = 0; i < d; i += 1) {
    const share = reach[i]!
    if (met[i] === 1) degree += 1
    for (let k = degree; k >= 0; k -= 1) {
      const below = met[i] === 1 && k > 0 ? product[k - 1]! : 0
      product[k] = product[k]! * share + below
    }
  }
  return degree
}

/** Sum of weighted coefficients of P / (reach + y), divided from the top: that is stable, since reach is at most 1. */
function divided(product: Float64Array, degree: number, reach: number, weights: Float64Array): number {
  let quotient = 0
  let sum = 0
  for (let k = degree; k > 0; k -= 1) {
    quotient = product[k]! - reach * quotient
    sum += quotient * weights[k - 1]!
  }
  return sum
}
