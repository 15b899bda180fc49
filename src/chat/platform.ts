import type { FastifyPluginAsync } from 'fastify'
import type { Chat } from './chat.ts'
import type { Front } from './inbound.ts'

/** How a platform's connection stands. */
export interface Health {
  readonly connected: boolean
  /** Since when it stands so; null: it never stood otherwise. */
  readonly since: Date | null
  /** What is wrong, without secrets; null: nothing. */
  readonly trouble: string | null
}

/** A chat platform, opened: what `openSlack` and `openLark` give. */
export interface Platform {
  readonly chat: Chat
  readonly front: Front
  start(): Promise<void>
  /** Ends what is under way; nothing comes in afterwards. */
  stop(): Promise<void>
  health(): Health
  /** Where the platform calls us over HTTP. */
  readonly routes?: FastifyPluginAsync
  /** The team or tenant the bot belongs to; null: not known yet. Absent: the adapter itself turns others away. */
  workspace?(): string | null
  /** Channels the bot is in now; absent: known only from its being called in and out. */
  channels?(): Promise<readonly string[]>
}
