import type { ChannelRef, Chat } from '../chat/chat.ts'
import type { DeadReason, OutboxEntry } from '../chat/outbox-rows.ts'
import type { Context, Route } from '../context.ts'
import { userOf } from '../judging/accounts.ts'
import { shownAs } from '../judging/storms.ts'

/** What cannot be shown where it should be is shown somewhere else, once, however often the channel fails. */

type Chats = ReadonlyMap<string, Chat>

/**
 * A case goes where it stands already, else to another channel of its tier, else to its owner or the first admin; a
 * notice to another channel for notices, else to an admin. Where all that fails: the console.
 */
export async function goElsewhere(
  ctx: Context,
  chats: Chats,
  { card, kind }: OutboxEntry,
  reason: DeadReason,
): Promise<void> {
  // What an e-mail says stands in a channel already; `delivery` tells that it did not arrive.
  if (card.chat === 'mail') return
  // One's own list of the day is for nobody else; `digest mine` has it.
  if (kind === 'notice' && (await ctx.store.outbox.notice(card.alert)).kind === 'morning') return
  const alert = kind === 'notice' ? null : await ctx.store.alerts.get(card.alert)
  const storm = kind === 'notice' || alert !== null ? null : await ctx.store.storms.get(card.alert)
  if (kind !== 'notice' && alert === null && storm === null) return
  const stands = (await ctx.store.outbox.cardsOf(card.alert)).filter(({ id }) => id !== card.id)
  if (stands.some(({ message }) => message !== null)) return
  const isOther = (to: ChannelRef): boolean =>
    !(to.chat === card.chat && (to.channel === card.channel || reason === 'token-refused')) &&
    !stands.some(({ chat, channel }) => chat === to.chat && channel === to.channel)
  const isFit = (route: Route): boolean => (alert === null ? route.notices : route.tiers.includes(alert.tier))
  const routes = (await ctx.routes()).filter(isOther)
  const to =
    routes.find(isFit) ??
    (await directTo(ctx, chats, alert?.owner ?? alert?.assignee ?? null, isOther)) ??
    routes.find(({ chat }) => chat === 'console') ??
    null
  const about = { alert: alert?.no ?? null, from: card.channel, to: to?.channel ?? null, reason }
  ctx.log.warn(about, 'a message goes elsewhere')
  if (to === null) return
  const place = { chat: to.chat, channel: to.channel }
  if (storm !== null) await ctx.store.outbox.enqueueCard(shownAs(storm), [place], ctx.clock.now())
  else if (alert === null) await ctx.store.outbox.announceAgain(card.alert, place, ctx.clock.now())
  else await ctx.store.outbox.enqueueCard(alert, [place], ctx.clock.now())
  ctx.wake()
}

async function directTo(
  ctx: Context,
  chats: Chats,
  owner: string | null,
  isOther: (to: ChannelRef) => boolean,
): Promise<ChannelRef | null> {
  const admins = ctx.people.all.filter(({ role }) => role === 'admin').map(({ id }) => id)
  // Who has left the team may still have an account.
  const own = ctx.people.get(owner ?? '')
  for (const person of [...(own === null ? [] : [own.id]), ...admins]) {
    for (const chat of chats.values()) {
      const user = chat.direct === undefined ? null : await userOf(ctx, chat.name, person)
      if (user === null) continue
      const to = await chat.direct!(user).catch(() => null)
      if (to !== null && isOther(to)) return to
    }
  }
  return null
}
