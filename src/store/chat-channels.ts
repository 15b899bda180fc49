import type { ChannelRef } from '../chat/chat.ts'
import type { Db } from './rows.ts'

/** Channels the bot was called into, as platforms tell. */
export interface ChatChannelTable {
  joined(channel: ChannelRef, now: Date): Promise<void>
  left(channel: ChannelRef, now: Date): Promise<void>
  /** Those the bot is in now, oldest first. */
  all(): Promise<ChannelRef[]>
}

export function chatChannelTable(db: Db): ChatChannelTable {
  return {
    joined: async ({ chat, channel }, now) => {
      await db.chatChannel.upsert({
        where: { chat_channel: { chat, channel } },
        create: { chat, channel, joinedAt: now },
        update: { leftAt: null },
      })
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
