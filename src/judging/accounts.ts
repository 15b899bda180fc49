import type { ChannelRef } from '../chat/chat.ts'
import type { Context } from '../context.ts'

/** How a person is known on the platforms: linked there, else named in the configuration. */
export async function accountsOf(ctx: Context, person: string): Promise<Readonly<Record<string, string>>> {
  const { slack, lark } = ctx.config.people.find(({ id }) => id === person) ?? {}
  const linked = await ctx.store.chatUsers.of(person, ctx.clock.now())
  return {
    ...(slack === undefined ? {} : { slack }),
    ...(lark === undefined ? {} : { lark }),
    // The newest comes first, and is the one that holds.
    ...Object.fromEntries(linked.toReversed().map(({ chat, user }) => [chat, user])),
  }
}

/** How a person is known on one platform; null: not at all. */
export async function userOf(ctx: Context, chat: string, person: string): Promise<string | null> {
  return (await accountsOf(ctx, person))[chat] ?? null
}

/** Where one person alone is told something: their own chat with the bot, else their mailbox; null: nothing reaches them. */
export async function placeOf(ctx: Context, person: string): Promise<ChannelRef | null> {
  const accounts = await accountsOf(ctx, person)
  const { access, mail, people } = ctx.config
  for (const chat of ['slack', 'lark'] as const) {
    const channel = accounts[chat]
    if (access[chat] !== null && channel !== undefined) return { chat, channel }
  }
  const isWritten = mail !== undefined && people.find(({ id }) => id === person)?.email !== undefined
  return isWritten ? { chat: 'mail', channel: person } : null
}
