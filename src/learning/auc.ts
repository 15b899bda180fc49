/**
 * Area under the ROC curve: the chance that a random positive scores above a random negative, ties counting half.
 * NaN when one class is empty or a score is not a number.
 */
export function areaUnderCurve(scores: ArrayLike<number>, positive: ArrayLike<boolean | number>): number {
  const order = ascending(scores)
  let wins = 0
  let negatives = 0
  let positives = 0
  for (let start = 0; start < order.length; ) {
    let tiedPositives = 0
    let end = start
    for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end += 1) {
      if (positive[order[end]!]) tiedPositives += 1
    }
    if (end === start) return Number.NaN
    const tiedNegatives = end - start - tiedPositives
    wins += tiedPositives * (negatives + tiedNegatives / 2)
    negatives += tiedNegatives
    positives += tiedPositives
    start = end
  }
  return wins / (negatives * positives)
}

/** Positions of the scores, lowest score first; equal scores stay in their order. */
export function ascending(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(scores, (_, position) => position).sort((a, b) => scores[a]! - scores[b]! || a - b)
}
