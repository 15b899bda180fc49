import type { CardTexts } from './card.ts'

/** A channel of a platform: `console` / `alerts`, `slack` / `C024BE91L`. */
export interface ChannelRef {
  readonly chat: string
  readonly channel: string
}

/** A posted message, by the platform's own id. */
export interface MessageRef extends ChannelRef {
  readonly message: string
}

/** One chat platform. Writes are attempted once: whoever calls decides about trying again. */
export interface Chat {
  readonly name: string
  /** Posts a new message. The same `key` twice shows one message. */
  post(to: ChannelRef, card: CardTexts, key: string): Promise<MessageRef>
  /** Replaces a message's card in place. */
  update(message: MessageRef, card: CardTexts): Promise<void>
  /** Adds a reply to a message's thread. The same `key` twice shows one reply. */
  reply(message: MessageRef, card: CardTexts, key: string): Promise<MessageRef>
}
