import type { Locale } from '../text.ts'
import type { Card, CardTexts, Form } from './card.ts'

/** Who did something, as their platform names them. */
export interface ChatUser {
  readonly chat: string
  /** Slack team or Lark tenant. */
  readonly workspace: string
  readonly user: string
}

/** Something a person did on a chat platform, normalised at its door. Plain data: it is stored before it is worked on. */
export interface Inbound {
  /** The platform's own name of the event, the same when it is sent again. */
  readonly id: string
  readonly by: ChatUser
  /** Where it was done; null: nowhere in particular, as on the Home tab. */
  readonly channel: string | null
  /** True where only the user and the bot read along. */
  readonly isDirect: boolean
  /** The message that was pressed, or the head of the thread that was written in; null: neither. */
  readonly message: string | null
  readonly did: Deed
  /** What the adapter needs to answer, of no meaning to anyone else. */
  readonly way: Readonly<Record<string, string>>
}

export type Deed =
  /** Typed: a slash command, a mention, a direct message, a line of the bot's menu. */
  | {
      readonly kind: 'say'
      /** Colleagues it mentions stand in it as `@` and their account. */
      readonly line: string
      /** Their names by account, where the platform tells them. */
      readonly named?: Readonly<Record<string, string>>
    }
  /** Pressed a button, or sent the form that it opened. */
  | {
      readonly kind: 'press'
      readonly command: string
      readonly args: string
      readonly form: Readonly<Record<string, string>> | null
      /** Version of the case the pressed card showed; null: the card carried none. */
      readonly version: number | null
    }
  /** Opened the bot's own page. */
  | { readonly kind: 'home' }
  /** Called the bot into a channel (true) or out of it. */
  | { readonly kind: 'member'; readonly joined: boolean }

/** A form to be opened, and the command that gets its values. */
export interface FormAsked {
  readonly form: Readonly<Record<Locale, Form>>
  readonly locale: Locale
  readonly command: string
  readonly args: string
}

/** A case to choose from a list: `A-1042`, and how it is called there. */
export interface CaseChoice {
  readonly value: string
  readonly label: string
}

/** What adapters hand events to. */
export interface Counter {
  /** Keeps an event; once it resolves the event may be acknowledged. False: it was kept before. */
  take(event: Inbound): Promise<boolean>
  /**
   * The form that this event opens first, from the database as it is now; null: none, take it. Asked before `take`,
   * because a form must open within three seconds of the click.
   */
  formFor(event: Inbound): Promise<FormAsked | null>
  /** Cases that words of a customer may belong to, this user's own first; none for who is not known. */
  casesFor(user: ChatUser): Promise<readonly CaseChoice[]>
}

/** How answers get back to people on one platform. */
export interface Front {
  readonly chat: string
  /** Answers are messages like any other and count among its chat's limits; absent: the platform takes them beside those. */
  readonly isPaced?: true
  /** Answers where something was done: to the doer alone when `private`, else to everyone there. `key` as in Chat.post. */
  answer(
    to: Inbound,
    card: CardTexts,
    how: { readonly private: boolean; readonly locale: Locale; readonly key: string },
  ): Promise<void>
  /** Gives a text file to the doer alone, in their own chat with the bot. Throws ChatFault; absent: the platform cannot. */
  give?(to: Inbound, file: { readonly name: string; readonly words: string }, key: string): Promise<void>
  /** Fills the bot's own page for a user; absent: the platform has none. */
  home?(user: ChatUser, cards: readonly Card[]): Promise<void>
  /** What the platform knows of a user; null where it does not tell. */
  about(user: ChatUser): Promise<{
    readonly email: string | null
    readonly name: string | null
    readonly isGuest: boolean
    readonly isGone: boolean
    /** IANA name; absent or null: the platform does not tell. */
    readonly timeZone?: string | null
    readonly locale?: Locale | null
  }>
}
