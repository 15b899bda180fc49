import { z } from 'zod'
import type { ChannelRef } from '../chat/chat.ts'
import type { Config } from '../config.ts'
import type { Route } from '../context.ts'
import { ROUTES_SETTING } from '../records/route.ts'
import type { AlertTier } from '../risk/assessment.ts'

const TIERS: readonly AlertTier[] = ['P0', 'P1', 'P2']
const storedSchema = z.record(z.string(), z.array(z.enum(['P0', 'P1', 'P2'])))

/**
 * Which channel takes which tiers: the configuration's, as changed from chat. A platform for which the configuration
 * names no channel uses those the bot was called into, else the one it shares with the first admin (`direct`).
 */
export function routesOf(
  config: Pick<Config, 'channels' | 'access'>,
  stored: ReadonlyMap<string, unknown>,
  joined: readonly ChannelRef[],
  direct: readonly ChannelRef[],
): Route[] {
  const parsed = storedSchema.safeParse(stored.get(ROUTES_SETTING))
  const changed = parsed.success ? parsed.data : {}
  const named = config.channels.map(
    ({ id, chat, to, title, tiers, notices, locale }): Route => ({
      id,
      chat,
      channel: to ?? id,
      title,
      tiers: changed[id] ?? tiers,
      configured: tiers,
      notices,
      locale: locale ?? null,
    }),
  )
  const found = (['slack', 'lark'] as const).flatMap((chat) => {
    if (config.access[chat] === null || named.some((route) => route.chat === chat)) return []
    const own = joined.filter((channel) => channel.chat === chat)
    return own.length > 0 ? own : direct.filter((channel) => channel.chat === chat)
  })
  return [
    ...named,
    ...found.map(
      ({ chat, channel }): Route => ({
        ...{ id: channel, chat, channel, title: null, configured: TIERS, notices: false, locale: null },
        tiers: changed[channel] ?? TIERS,
      }),
    ),
  ]
}

/** Channels that take a tier. */
export function channelsFor(routes: readonly Route[], tier: AlertTier): ChannelRef[] {
  return routes.filter(({ tiers }) => tiers.includes(tier)).map(({ chat, channel }) => ({ chat, channel }))
}
