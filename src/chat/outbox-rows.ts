import type { CardTexts } from './card.ts'
import type { ChatFaultCode } from './fault.ts'

/** What delivery needs of the stored outbox and of what is to be shown. */

/** Something to be said, leased to this process. */
export interface OutboxEntry {
  readonly id: string
  /** 'card' brings a card to its case's present state, 'reply' adds a line to its thread, 'notice' posts a notice, 'reissue' replaces a message that grows too old, 'care' hands care for customers to its receiver. */
  readonly kind: 'card' | 'reply' | 'notice' | 'reissue' | 'care'
  /** For replies: the action the line tells of. */
  readonly action: string | null
  /** For a reissue: which message of the card it replaces, counted from 0. */
  readonly issue: number | null
  readonly attempts: number
  readonly epoch: number
  /** An earlier attempt may have gone through without an answer. */
  readonly unclear: boolean
  /** It may stand in the chat twice. */
  readonly repeated: boolean
  /** When it was first taken up. */
  readonly triedAt: Date
  readonly card: {
    readonly id: string
    readonly alert: string
    readonly chat: string
    readonly channel: string
    readonly message: string | null
    /** How many messages came before this one. */
    readonly issue: number
    readonly previous: readonly string[]
  }
}

/** What is left alone for now; null: any. */
export interface Gate {
  readonly chat: string
  readonly channel: string | null
  readonly edits: boolean | null
}

/** What a channel shows after a send. */
export interface Shows {
  readonly message: string
  readonly version: number
}

/** Every write happens only while the lease is held; those that can fail for it say so. */
export interface OutboxRows<Item extends OutboxEntry> {
  /**
   * The most urgent items that are due and behind no gate, at most one a card and `most[chat]` a channel (default: any),
   * leased until `until`.
   */
  lease(
    now: Date,
    until: Date,
    limit: number,
    gates?: readonly Gate[],
    most?: Readonly<Record<string, number>>,
  ): Promise<Item[]>
  /** Records a success; false when the lease had been lost to another process. */
  sent(item: Item, shows: Shows | null, now: Date, repeated?: boolean): Promise<boolean>
  /** The card stands in the chat now, and the item goes on. */
  posted(item: Item, shows: Shows, now: Date): Promise<boolean>
  /** The card's message is of no use any more: the next one is posted. */
  forget(item: Item): Promise<boolean>
  /** Gives it back as it was; not an attempt. */
  release(item: Item, notBefore: Date, unclear: boolean): Promise<void>
  retry(item: Item, error: string, notBefore: Date, unclear?: boolean): Promise<void>
  dead(item: Item, error: string, reason?: DeadReason): Promise<void>
  /** Whoever lost the lease may have shown something old: the card is drawn once more, not before then. */
  redo(item: Item, now: Date, notBefore?: Date): Promise<void>
  /** The message that shows the card now. */
  standing(item: Item): Promise<string | null>
  /** Nothing goes to a channel (null: to the whole platform) before then, within LONGEST_PAUSE_MS. */
  pause(chat: string, channel: string | null, until: Date, now: Date): Promise<void>
  /** Pauses that still hold. */
  pauses(now: Date): Promise<readonly { chat: string; channel: string; until: Date }[]>
  /** Asks for a new message for each card that still has something to press and whose message is from before then. How many. */
  age(chat: string, before: Date, now: Date): Promise<number>
}

/** Why something was put aside. */
export type DeadReason = ChatFaultCode | 'failed'

/** Takes automated care to its receiver; nothing of it is a card. */
export interface Courier {
  /** What of a batch may leave now; null: nothing any more. `until`: not before then. */
  pack(batch: string): Promise<Parcel | { readonly until: Date } | null>
}

export interface Parcel {
  /** One attempt; throws ChatFault. The same parcel twice is known by its keys. */
  send(): Promise<void>
  /** The receiver has it: written down. */
  arrived(): Promise<void>
}

/** Turns an entry into what is to be shown now, from the database as it is now. */
export interface Renderer {
  /** Of a case, a storm or a notice. `illustrated`: with the charts that chats with pictures show. */
  card(id: string, illustrated?: boolean): Promise<{ readonly card: CardTexts; readonly version: number }>
  /** A thread line; null when there is nothing to say for that action. */
  line(alert: string, action: string): Promise<CardTexts | null>
  /** What stands on a message that another one has replaced. */
  replaced?(alert: string): Promise<CardTexts>
  /** Users of a platform whom an action calls for louder than a mention. */
  calls?(alert: string, action: string, chat: string): Promise<readonly string[]>
}
