import { z } from 'zod'
import type { ChannelRef } from '../chat/chat.ts'
import type { Config } from '../config.ts'
import type { Context, Route } from '../context.ts'
import { ROLES_SETTING, ROUTES_SETTING } from '../records/route.ts'
import type { AlertTier, TierReason } from '../risk/assessment.ts'
import { settingsFrom } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'

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
    ({ id, chat, to, title, tiers, notices, retention, locale }): Route => ({
      id,
      chat,
      channel: to ?? id,
      title,
      tiers: changed[id] ?? tiers,
      configured: tiers,
      notices,
      retention,
      locale: locale ?? null,
    }),
  )
  // Where the configuration names no channel for notices, those that were found take them.
  const notices = !named.some((route) => route.notices)
  const found = (['slack', 'lark'] as const).flatMap((chat) => {
    if (config.access[chat] === null || named.some((route) => route.chat === chat)) return []
    const own = joined.filter((channel) => channel.chat === chat)
    return own.length > 0 ? own : direct.filter((channel) => channel.chat === chat)
  })
  return [
    ...named,
    ...found.map(
      ({ chat, channel }): Route => ({
        ...{ id: channel, chat, channel, title: null, configured: TIERS, notices, retention: false },
        locale: null,
        tiers: changed[channel] ?? TIERS,
      }),
    ),
  ]
}

/** Channels that take a card: of its tier, and the retention team's where a customer of high value says that they leave. */
export function channelsFor(routes: readonly Route[], tier: AlertTier, reason?: TierReason): ChannelRef[] {
  const isLeaving = reason === 'strong-word-high-value'
  return routes
    .filter(({ tiers, retention }) => tiers.includes(tier) || (isLeaving && retention))
    .map(({ chat, channel }) => ({ chat, channel }))
}

/** What moving cases follows, from what admins have set: read each time, so that every process sees the same. */
export function openRules(parts: {
  readonly config: Config
  readonly store: Pick<Store, 'settings' | 'chatChannels'>
  readonly people: { lend(roles: unknown): void }
  direct(): readonly ChannelRef[]
}): Pick<Context, 'settings' | 'routes' | 'caseRules'> {
  const { config, store, people } = parts
  const { timeZone } = config.company
  const isFound = (['slack', 'lark'] as const).some(
    (chat) => config.access[chat] !== null && !config.channels.some((channel) => channel.chat === chat),
  )
  const stored = async () => {
    const all = await store.settings.all()
    people.lend(all.get(ROLES_SETTING))
    return all
  }
  const routesIn = async (all: ReadonlyMap<string, unknown>) =>
    routesOf(config, all, isFound ? await store.chatChannels.all() : [], parts.direct())
  return {
    settings: async () => settingsFrom(await stored(), timeZone),
    routes: async () => routesIn(await stored()),
    caseRules: async () => {
      const all = await stored()
      const routes = await routesIn(all)
      return { ...settingsFrom(all, timeZone), route: (tier, reason) => channelsFor(routes, tier, reason) }
    },
  }
}
