/** Weights as bytes, whole steps of one size. */
export interface InSteps {
  readonly scale: number
  readonly weights: Int8Array
}

export function inSteps(weights: Float64Array): InSteps {
  const most = largest(weights)
  const scale = most === 0 ? 1 : most / 127
  return { scale, weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)) }
}

/** The largest of these without their signs; 0: there are none. */
export function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
