import type { AlertTier } from '../../risk/assessment.ts'
import type { Locale, Text } from '../../text.ts'
import type { CardTexts, Form } from '../card.ts'

/** The JSON the console page and its server exchange. Types only: the page imports them too. */

export interface WirePerson {
  readonly id: string
  readonly name: Text
  readonly role: string
  readonly locale: Locale
  readonly timeZone: string
}

export interface WireChannel {
  readonly id: string
  readonly title: Text
  readonly about: Text
}

/** Demo mode's clock; null outside demo mode. */
export interface WireClock {
  readonly now: string
  readonly playing: boolean
  /** True while the days asked for are still being worked through. */
  readonly busy: boolean
}

/** GET /api/session */
export interface WireSession {
  /** Sent back in the `x-foreshock-csrf` header of every POST. */
  readonly csrf: string
  readonly company: Text
  readonly timeZone: string
  readonly me: WirePerson
  readonly people: readonly WirePerson[]
  readonly channels: readonly WireChannel[]
  readonly clock: WireClock | null
  /** What the program is busy with at start ("reading visits.csv, 42%"); null when ready. */
  readonly progress: WireProgress | null
}

export interface WireProgress {
  readonly label: Text
  /** 0..1, or null when it cannot be told. */
  readonly share: number | null
}

export interface WireMessage {
  readonly id: string
  readonly channel: string
  /** Id of the message whose thread this belongs to; null for a message of the channel itself. */
  readonly thread: string | null
  /** Person id, or 'foreshock'. */
  readonly author: string
  /** ISO instant. */
  readonly at: string
  readonly editedAt: string | null
  /** What a person typed; null for cards. */
  readonly line: string | null
  readonly card: CardTexts | null
  /** Person who alone may see it; null for everyone in the channel. */
  readonly onlyFor: string | null
  readonly replies: number
}

/** GET /api/messages?channel=ID[&before=ID][&limit=N][&tier=P0][&unclaimed=1], newest last */
export interface WireMessages {
  readonly messages: readonly WireMessage[]
  /** True when there are older ones. */
  readonly more: boolean
}

/** GET /api/thread?message=ID: a message and its replies, oldest first */
export interface WireThread {
  readonly head: WireMessage
  readonly messages: readonly WireMessage[]
}

/** Tiers that have cards. */
export type WireTier = AlertTier

/** A channel's case cards that wait or are being worked, by tier; cases put off, on watch or over are not counted. */
export type WireTally = Readonly<Record<WireTier, { readonly working: number; readonly unclaimed: number }>>

/** GET /api/tally: by channel id; a channel without such cards is left out. */
export type WireTallies = Readonly<Record<string, WireTally>>

/** POST /api/say: a line typed into a channel (or a thread). */
export interface WireSay {
  readonly channel: string
  readonly thread: string | null
  readonly line: string
  /** Unique per line: sent again after a lost answer, it acts once. */
  readonly request: string
  /** Values of the form that the answer to this same line asked for; the line is then not shown a second time. */
  readonly form?: Readonly<Record<string, string>> | null
}

/** POST /api/press: a button of a message, with the values of its form if it has one. */
export interface WirePress {
  readonly message: string
  readonly command: string
  readonly args: string
  readonly form: Readonly<Record<string, string>> | null
  readonly request: string
}

/** Answer to say and press. `note` is for the asker alone and not kept; kept answers arrive as messages. */
export interface WireAnswer {
  readonly note: CardTexts | null
  readonly form: {
    readonly form: Readonly<Record<Locale, Form>>
    readonly command: string
    readonly args: string
  } | null
}

/** GET /api/complete?line=TEXT */
export interface WireHint {
  /** The whole line after taking the hint. */
  readonly line: string
  readonly label: Text
  readonly detail: Text
}

/** POST /api/person {id}; POST /api/clock {hours} or {play: boolean} */

/** Errors: HTTP 4xx/5xx with this body. */
export interface WireError {
  readonly error: { readonly code: string; readonly what: Text; readonly hint: Text }
}

/** GET /api/events, Server-Sent Events named after the key; data is the value as JSON. */
export interface WireEvents {
  /** Posted or edited; replaces the message of the same id. */
  message: WireMessage
  clock: WireClock
  progress: WireProgress | null
}
