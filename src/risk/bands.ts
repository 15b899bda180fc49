import type { Tier, TierReason } from './assessment.ts'

/** Lower edges of the probability bands, each included; descending, 0..1. */
export interface Bands {
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly watch: number
}

export const DEFAULT_BANDS: Bands = { critical: 0.8, high: 0.6, medium: 0.4, watch: 0.2 }

/** A band as the tier it calls for by itself, with the reason; null: below all bands, or unknown. */
export function bandOf(
  probability: number | null,
  bands: Bands,
): { readonly tier: Tier; readonly reason: TierReason } | null {
  if (probability === null || Number.isNaN(probability)) return null
  if (probability >= bands.critical) return { tier: 'P0', reason: 'critical-probability' }
  if (probability >= bands.high) return { tier: 'P1', reason: 'high-probability' }
  if (probability >= bands.medium) return { tier: 'P2', reason: 'medium-probability' }
  return probability >= bands.watch ? { tier: 'watch', reason: 'some-probability' } : null
}

/** The next edge below the band a probability lies in: where its tier becomes milder. Null: there is none. */
export function edgeBelow(probability: number, { critical, high, medium, watch }: Bands): number | null {
  return [critical, high, medium, watch].find((edge) => probability >= edge) ?? null
}
