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

/** How often a platform may be written to: at most `count` writes within `ms`. */
export interface Limit {
  readonly of: 'posts' | 'edits' | 'writes'
  readonly per: 'channel' | 'app'
  readonly count: number
  /** Milliseconds. */
  readonly ms: number
}

/**
 * One chat platform, as delivery sees it. Writes are attempted once: whoever calls decides about trying again. What
 * fails throws a ChatFault, which says whether that may help.
 */
export interface Chat {
  readonly name: string
  /** How fast it takes messages and replies (posts) and edits; absent: as fast as they come. */
  readonly limits?: readonly Limit[]
  /** Whole days after which a message can no longer be edited; absent: never. */
  readonly editableDays?: number
  /** For so long the platform knows a key, milliseconds; absent: for good. Of no meaning where there is `find`. */
  readonly knowsKeysMs?: number
  /** Posts a new message. The same `key` twice shows one message. */
  post(to: ChannelRef, card: CardTexts, key: string): Promise<MessageRef>
  /** Replaces a message's card in place. */
  update(message: MessageRef, card: CardTexts): Promise<void>
  /** Adds a reply to a message's thread. The same `key` twice shows one reply. */
  reply(message: MessageRef, card: CardTexts, key: string): Promise<MessageRef>
  /**
   * Looks for what an attempt without an answer has left behind: the message with this key, posted to `to` or into its
   * thread after `since`. Absent: the platform itself shows one message a key.
   */
  find?(to: ChannelRef | MessageRef, key: string, since: Date): Promise<Sought<MessageRef>>
  /** Calls a person to an urgent message, louder than a mention; absent: the platform cannot. */
  buzz?(message: MessageRef, user: string): Promise<void>
  /**
   * A picture that belongs on the card and is being prepared: resolves to whether the card, drawn again, would show
   * it. Null: nothing is missing. Absent: the platform shows no pictures.
   */
  awaits?(to: ChannelRef, card: CardTexts): Promise<boolean> | null
  /** Takes back a message that stands there twice; absent: the platform cannot. */
  remove?(message: MessageRef): Promise<void>
  /** The channel in which the bot and one user are alone. */
  direct?(user: string): Promise<ChannelRef>
}

/** What a look came to: the thing; 'unseen': not there so far; 'none': what was posted seconds ago is seen, and it is not there. */
export type Sought<Thing extends object> = Thing | 'unseen' | 'none'
