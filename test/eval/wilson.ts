const TWO_SIDED_95 = 1.959964

/** The 95 % interval of a share seen as `hits` of `of` (Wilson 1927); all of 0..1 where nothing was seen. */
export function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const z = TWO_SIDED_95 ** 2 / of
  const share = hits / of
  const middle = share + z / 2
  const reach = Math.sqrt(z * (share * (1 - share) + z / 4))
  return { low: Math.max(0, (middle - reach) / (1 + z)), high: Math.min(1, (middle + reach) / (1 + z)) }
}
