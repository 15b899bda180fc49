import type { WireTier } from '../../src/chat/console/wire.ts'

/** Which cases of a channel to see; without a tier and with claimed ones: every message. */
export interface Filter {
  readonly tier: WireTier | null
  readonly unclaimed: boolean
}

export const ALL: Filter = { tier: null, unclaimed: false }
export const isAll = ({ tier, unclaimed }: Filter): boolean => tier === null && !unclaimed
export const filterKey = (channel: string, { tier, unclaimed }: Filter): string =>
  `${channel} ${tier ?? 'all'}${unclaimed ? ' unclaimed' : ''}`
