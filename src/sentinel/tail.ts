/** How unlikely a count is, exactly: sums of the distribution itself, no bell curve, because most series are small. */

/** ln of the gamma function (Lanczos), to 1e-13; `x` above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum = LANCZOS[0]!
  for (let index = 1; index < LANCZOS.length; index += 1) sum += LANCZOS[index]! / (z + index)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Terms smaller than this part of the sum no longer move it. */
const DUST = 1e-12
/** No sum is longer; the tail of what is left lies far below any threshold. */
const MOST_TERMS = 100_000

/**
 * P(Y >= count), Y negative binomial of this mean, with variance mean + dispersion * mean². Dispersion 0 is Poisson.
 */
export function countTail(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const size = dispersion > 0 ? 1 / dispersion : Number.POSITIVE_INFINITY
  const logStart = Number.isFinite(size)
    ? logGamma(count + size) -
      logGamma(size) -
      logGamma(count + 1) +
      size * Math.log(size / (size + mean)) +
      count * Math.log(mean / (size + mean))
    : count * Math.log(mean) - mean - logGamma(count + 1)
  const ratio = (at: number): number =>
    Number.isFinite(size) ? (((at + size) / (at + 1)) * mean) / (size + mean) : mean / (at + 1)
  return Math.min(1, sumFrom(count, Math.exp(logStart), ratio))
}

/** P(N >= bad) of `all`, where the share itself is Beta(a, b). */
export function shareTail(bad: number, all: number, a: number, b: number): number {
  if (bad <= 0) return 1
  if (bad > all) return 0
  const logBeta = (x: number, y: number): number => logGamma(x) + logGamma(y) - logGamma(x + y)
  const logStart =
    logGamma(all + 1) -
    logGamma(bad + 1) -
    logGamma(all - bad + 1) +
    logBeta(bad + a, all - bad + b) -
    logBeta(a, b)
  const ratio = (at: number): number =>
    at >= all ? 0 : ((all - at) / (at + 1)) * ((at + a) / (all - at - 1 + b))
  return Math.min(1, sumFrom(bad, Math.exp(logStart), ratio))
}

function sumFrom(first: number, start: number, ratio: (at: number) => number): number {
  let term = start
  let sum = start
  for (let at = first; at < first + MOST_TERMS; at += 1) {
    const step = ratio(at)
    term *= step
    sum += term
    if (step < 1 && term < sum * DUST) break
  }
  return sum
}

/** The range in which four days of five lie. */
export function usualRange(
  mean: number,
  dispersion: number,
): { readonly low: number; readonly high: number } {
  const spread = 1.2816 * Math.sqrt(mean + dispersion * mean * mean)
  // A first guess by the bell curve, then put right by the distribution itself.
  let low = Math.max(0, Math.floor(mean - spread))
  let high = Math.ceil(mean + spread)
  while (low > 0 && countTail(low, mean, dispersion) < 0.9) low -= 1
  while (countTail(high + 1, mean, dispersion) > 0.1) high += 1
  return { low, high }
}
