import type { Counter } from '../chat/inbound.ts'
import type { Draw } from '../chat/pictures.ts'
import type { Platform } from '../chat/platform.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Locale } from '../text.ts'

/** What an adapter is handed. */
export interface PlatformParts {
  readonly counter: Counter
  readonly log: Log
  /** Real time, also in the demo. */
  readonly clock: Clock
  /** Language of a channel's cards. */
  localeOf(channel: string): Locale
  /** Draws what cards show as pictures; absent: they show none. */
  readonly draw?: Draw
}

export type OpenPlatform = (parts: PlatformParts) => Platform

/** Language of a platform's channels: as configured, else the company's. */
export function localesOf({ channels, company }: Config, chat: string): (channel: string) => Locale {
  const known = new Map(
    channels.filter((each) => each.chat === chat).map(({ id, to, locale }) => [to ?? id, locale]),
  )
  return (channel) => known.get(channel) ?? company.locale
}
