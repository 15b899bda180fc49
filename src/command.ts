import type { CardTexts, Form } from './chat/card.ts'
import type { ChannelRef } from './chat/chat.ts'
import type { Context, Takes } from './context.ts'
import type { Person, Role } from './records/person.ts'
import type { Locale, Text } from './text.ts'

export interface Request<A> {
  readonly args: A
  readonly by: Person
  readonly via: ChannelRef
  /** Unique per click or line: the same request twice acts once. */
  readonly id: string
  /** Values of the form that was filled in; null when the command was typed or pressed without one. */
  readonly form: Readonly<Record<string, string>> | null
}

/** The answer to the one who asked. Cards of the case itself are edited by the outbox, not by replies. */
export interface Reply {
  readonly card: CardTexts
  /** Only the asker sees it. */
  readonly private: boolean
  /** A form to fill in before the command can act. */
  readonly form?: Readonly<Record<Locale, Form>>
  /** A file for the asker alone. */
  readonly file?: HandedFile
}

/** A file, and what is said in place of the card once a chat has handed it over, or where it cannot. */
export interface HandedFile {
  readonly name: string
  readonly words: string
  readonly given: CardTexts
  readonly withheld: CardTexts
}

/** One verb a person can use, typed or pressed. The file's name is the verb. */
export interface Command<A> {
  readonly name: string
  readonly summary: Text
  /** One line, e.g. `claim A-1042`. */
  readonly usage: string
  readonly role: Role
  /** What completion offers after the command's name. */
  readonly takes?: Takes
  /** Reads the words after the command's name. Throws ForeshockError BAD_INPUT. */
  parse(words: string): A
  run(ctx: Context, request: Request<A>): Promise<Reply>
}

// biome-ignore lint/suspicious/noExplicitAny: a list of commands holds commands of any argument
export type AnyCommand = Command<any>
