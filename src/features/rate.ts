/**
 * How much of the larger of two numbers their difference is, from -1 to 1, so that every zero has its value and its name:
 * -1 all of it stopped, 0 nothing changed (also nothing at all, then and now), 1 there was nothing before. A half less is
 * -0.5, twice as much 0.5. A number that changed its sign changed wholly. NaN where either is unknown.
 */
export function rateOf(now: number, before: number): number {
  if (now === before) return 0
  return Math.max(-1, Math.min(1, (now - before) / Math.max(Math.abs(now), Math.abs(before))))
}

export type Rate =
  | { readonly how: 'to-nothing' | 'unchanged' | 'from-nothing' }
  /** `by`: relative to what was before; negative is less. */
  | { readonly how: 'moved'; readonly by: number }

/** What a rate says. Null: unknown. */
export function rateNamed(rate: number): Rate | null {
  if (Number.isNaN(rate)) return null
  if (rate <= -1) return { how: 'to-nothing' }
  if (rate >= 1) return { how: 'from-nothing' }
  if (rate === 0) return { how: 'unchanged' }
  return { how: 'moved', by: rate < 0 ? rate : rate / (1 - rate) }
}
