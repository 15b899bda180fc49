import type { Platform } from '../chat/platform.ts'
import type { Clock } from '../clock.ts'

/** A connection that stays away so long is not coming back by itself. */
const GIVEN_UP_MS = 5 * 60_000

/** Looks whether platforms that were there once stay away for good. */
export function openWatch(parts: {
  readonly platforms: readonly Pick<Platform, 'chat' | 'health'>[]
  readonly clock: Clock
  /** Told once of each platform, until it is back. */
  giveUp(why: string): void
}): { look(): void } {
  const { platforms, clock, giveUp } = parts
  const joined = new Set<Pick<Platform, 'chat' | 'health'>>()
  return {
    look: () => {
      for (const platform of platforms) {
        const { connected, since, trouble } = platform.health()
        if (connected) joined.add(platform)
        else if (joined.has(platform) && since !== null && isLong(clock, since)) {
          joined.delete(platform)
          giveUp(`${platform.chat.name} stays away: ${trouble ?? 'no connection'}`)
        }
      }
    },
  }
}

function isLong(clock: Clock, since: Date): boolean {
  return clock.now().getTime() - since.getTime() > GIVEN_UP_MS
}
