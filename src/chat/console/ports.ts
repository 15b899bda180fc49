import type { ForeshockError } from '../../errors.ts'
import type { AlertTier } from '../../risk/assessment.ts'
import type { CardTexts } from '../card.ts'
import type {
  WireAnswer,
  WireClock,
  WireHint,
  WireMessage,
  WireProgress,
  WireSession,
  WireTallies,
} from './wire.ts'

/** What the console needs from the rest of the program, handed over by `main`. */

/** Where the console's own messages are kept. */
export interface ConsoleMessages {
  /** Stores a message unless one with the same key exists; returns the stored one either way. */
  add(message: NewConsoleMessage): Promise<WireMessage>
  /** Replaces the card; null when there is no such message. */
  edit(id: string, card: CardTexts, at: Date): Promise<WireMessage | null>
  get(id: string): Promise<WireMessage | null>
  /** Newest last; `before` is a message id. Only what `reader` may see. */
  list(q: {
    channel: string
    reader: string
    before: string | null
    limit: number
    /** Only cards of cases at work; null or absent: everything. */
    only?: CaseFilter | null
  }): Promise<{ messages: WireMessage[]; more: boolean }>
  thread(message: string, reader: string): Promise<WireMessage[]>
  /** How many cases of each channel are at work. Their cards are everyone's to read. */
  tally(): Promise<WireTallies>
}

/** Which cards to list: of cases at work, i.e. open, claimed or contacted; such a card has its tier's colour. */
export interface CaseFilter {
  /** null: every tier. */
  readonly tier: AlertTier | null
  /** Only those that nobody has claimed. */
  readonly unclaimed: boolean
}

export interface NewConsoleMessage {
  readonly channel: string
  readonly thread: string | null
  readonly author: string
  readonly at: Date
  readonly line: string | null
  readonly card: CardTexts | null
  readonly onlyFor: string | null
  readonly key: string
}

/** What the page can ask the program to do. Every method may throw ForeshockError. */
export interface ConsoleDesk {
  session(person: string | null): Promise<Omit<WireSession, 'csrf'>>
  say(q: {
    person: string
    channel: string
    thread: string | null
    line: string
    request: string
    /** Set when the line is sent again with the form its first answer asked for: run it, do not post the line again. */
    form?: Readonly<Record<string, string>> | null
  }): Promise<WireAnswer>
  press(q: {
    person: string
    channel: string
    message: string
    command: string
    args: string
    form: Readonly<Record<string, string>> | null
    request: string
  }): Promise<WireAnswer>
  complete(person: string, line: string): Promise<WireHint[]>
  /** Everything a line finds, as a CSV file. */
  table(person: string, line: string): Promise<{ readonly name: string; readonly csv: string }>
  /** Demo mode only; null otherwise. */
  readonly clock: {
    state(): WireClock
    /** Starts moving the clock forward; returns at once, progress arrives as events. */
    advance(hours: number): void
    play(on: boolean): void
  } | null
}

/** Live updates to open pages. A message for one person reaches that person's pages alone. */
export interface Broadcast {
  message(message: WireMessage): void
  clock(clock: WireClock): void
  progress(progress: WireProgress | null): void
}

export type { ForeshockError }
