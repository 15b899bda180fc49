import type { ChannelRef } from '../chat/chat.ts'
import type { Context } from '../context.ts'

/** Cards that a new channel begins with at most, the most urgent first. */
const MOST = 30

/** The bot was called into a channel: one that takes cards begins with the cases at work. */
export async function joinChannel(ctx: Context, channel: ChannelRef): Promise<void> {
  if (await ctx.store.chatChannels.joined(channel, ctx.clock.now())) await bringIn(ctx, channel)
}

/** Posts the cases at work to a channel that has taken no part so far; those it shows already stay as they are. */
export async function bringIn(ctx: Context, { chat, channel }: ChannelRef): Promise<void> {
  const route = (await ctx.routes()).find((each) => each.chat === chat && each.channel === channel)
  // A channel of the configuration gets what is opened from now on.
  if (route === undefined || route.title !== null) return
  const alerts = await ctx.store.alerts.list({ states: ['open', 'claimed', 'contacted'] })
  const chosen = alerts
    .filter(({ tier }) => route.tiers.includes(tier))
    .toSorted((a, b) => a.tier.localeCompare(b.tier) || b.assessment.priority - a.assessment.priority)
    .slice(0, MOST)
  for (const alert of chosen) await ctx.store.outbox.enqueueCard(alert, [{ chat, channel }], ctx.clock.now())
  if (chosen.length > 0) ctx.wake()
}
