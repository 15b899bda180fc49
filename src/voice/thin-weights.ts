/** Weights of which most are 0, as a list: bucket and weight of each that is not, in turn; buckets as steps from the one before. */
export function thin(weights: Int8Array): number[] {
  const pairs: number[] = []
  let last = 0
  for (const [bucket, weight] of weights.entries()) {
    if (weight === 0) continue
    pairs.push(bucket - last, weight)
    last = bucket
  }
  return pairs
}

/** What `thin` wrote; what lies outside of the buckets is left out. */
export function full(pairs: readonly number[], buckets: number): Int8Array {
  const weights = new Int8Array(buckets)
  let bucket = 0
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    bucket += pairs[index]!
    if (bucket >= 0 && bucket < buckets) weights[bucket] = pairs[index + 1]!
  }
  return weights
}
