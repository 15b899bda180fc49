import type { ChannelRef } from '../chat/chat.ts'
import type { Db } from './rows.ts'

/** Channels the bot was called into, as platforms tell. */
export interface ChatChannelTable {
  /** True when it was not known to be there. */
  joined(channel: ChannelRef, now: Date): Promise<boolean>
  left(channel: ChannelRef, now: Date): Promise<void>
  /** Those the bot is in now, oldest first. */
  all(): Promise<ChannelRef[]>
}

export function chatChannelTable(db: Db): ChatChannelTable {
  return {
    joined: async ({ chat, channel }, now) => {
      const known = await db.chatChannel.findUnique({ where: { chat_channel: { chat, channel } } })
      if (known !== null && known.leftAt === null) return false
      await db.chatChannel.upsert({
        where: { chat_channel: { chat, channel } },
        create: { chat, channel, joinedAt: now },
        update: { leftAt: null },
      })
      return true
    },
    left: async ({ chat, channel }, now) => {
      await db.chatChannel.updateMany({ where: { chat, channel, leftAt: null }, data: { leftAt: now } })
    },
    all: () =>
      db.chatChannel.findMany({
        where: { leftAt: null },
        orderBy: [{ joinedAt: 'asc' }, { channel: 'asc' }],
        select: { chat: true, channel: true },
      }),
  }
}
