import type { Env } from '../../src/config.ts'
import type { Locale } from '../../src/text.ts'

/** A message as its readers see it. */
export interface Seen {
  readonly id: string
  readonly channel: string
  /** Every word that is shown, buttons and menus too, one piece a line. */
  readonly words: string
  /** As the platform got it: pressed later, it is the old card. */
  readonly raw: unknown
}

/** Who lives in every town. The account of `zhou` has an address that the company does not know. */
export type Resident = 'lin' | 'zhou' | 'ye' | 'vera'

/** A fake chat platform with people on it, moved by a story that does not know which platform it is. */
export interface Town {
  readonly name: 'slack' | 'lark'
  /** Language the company's cards are read in. */
  readonly locale: Locale
  /** All that an operator sets. */
  readonly env: Env
  /** The address where the program listens, once it does. */
  listensAt(url: string): void
  /** The account of a resident, as the configuration names it. */
  account(who: Resident): string
  invite(channel: string): Promise<void>
  /** Closes a channel for good. */
  archive(channel: string): void
  cards(channel: string): readonly Seen[]
  /** Chat of the bot and one resident. */
  direct(who: Resident): readonly Seen[]
  thread(head: Seen): readonly Seen[]
  /** What only this resident was shown, wherever that was. */
  aside(who: Resident): readonly Seen[]
  /** Presses a button or chooses a line of a menu by its words. Resolves once it is acknowledged. */
  press(who: Resident, on: Seen, label: string): Promise<void>
  /** Sends the form that opened last for this resident. */
  submit(who: Resident, label: string, values: Readonly<Record<string, string>>): Promise<void>
  /** Types a command as the platform takes it: after a slash, by a mention; to the bot alone where `channel` is null. */
  type(who: Resident, channel: string | null, line: string): Promise<void>
  /** Mentions the bot in a thread. */
  mention(who: Resident, head: Seen, line: string): Promise<void>
  /** Forms that were opened so far. */
  forms(): number
  close(): Promise<void>
}

/** Every string of a platform's message that stands under a name that is shown. */
export function wordsIn(from: unknown, shown: RegExp): string {
  const found: string[] = []
  const walk = (part: unknown, name: string): void => {
    if (typeof part === 'string') {
      if (shown.test(name)) found.push(part)
    } else if (Array.isArray(part)) {
      for (const each of part) walk(each, name)
    } else if (typeof part === 'object' && part !== null) {
      for (const [key, each] of Object.entries(part)) walk(each, key)
    }
  }
  walk(from, '')
  return found.join('\n')
}

/** The parts of a message that are objects, however deep. */
export function partsOf(from: unknown): Record<string, unknown>[] {
  if (Array.isArray(from)) return from.flatMap(partsOf)
  if (typeof from !== 'object' || from === null) return []
  return [from as Record<string, unknown>, ...Object.values(from).flatMap(partsOf)]
}
