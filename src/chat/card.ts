import type { AlertTier } from '../risk/assessment.ts'
import type { Locale } from '../text.ts'

/** One platform-neutral message. Every string is plain text: encoders escape and cut for their platform. */
export interface Card {
  /** Colour of the edge. */
  readonly accent: AlertTier | 'good' | 'neutral' | 'muted'
  /** Short label shown as a badge beside the title, e.g. "P0". */
  readonly badge?: string
  readonly title: string
  readonly subtitle?: string
  readonly blocks: readonly Block[]
  /** Charts that chats with pictures show as one below the blocks; others leave them to the customer's own page. */
  readonly picture?: readonly Chart[]
  readonly buttons: readonly Button[]
  /** The whole message in one or two sentences, for notifications and when a platform rejects the card. */
  readonly fallback: string
  /** Colleagues it calls. Only these are mentioned on a platform: no word of a card ever mentions anybody. */
  readonly mentions?: readonly Mention[]
  /** The line whose whole list can be had as a table for a spreadsheet, where a chat can hand over files. */
  readonly table?: string
  /** Version of the case it shows; absent on lists and answers. */
  readonly version?: number
}

export interface Mention {
  /** In the card's language. */
  readonly name: string
  /** Their account by platform, e.g. `slack`: `U024BE7LH`. On a platform without one only the name is shown. */
  readonly accounts: Readonly<Record<string, string>>
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly instant?: Instant }
  | {
      readonly kind: 'fields'
      readonly fields: readonly {
        readonly label: string
        readonly value: string
        readonly instant?: Instant
        /** The value is a number to phone: chats that can dial make a link of it (see `dialled`). */
        readonly dial?: string
      }[]
    }
  | {
      readonly kind: 'quote'
      readonly text: string
      readonly by: string
      /** The same text in pieces, where words in it stand out. */
      readonly pieces?: readonly Words[]
    }
  | {
      readonly kind: 'factors'
      readonly title: string
      readonly factors: readonly {
        readonly label: string
        /** "12 -> 3", already formatted. */
        readonly numbers: string
        /** Share of the score 0..1, drawn as a bar; null: no bar. */
        readonly share: number | null
        /** It speaks against leaving: drawn in another colour, and said in the note. */
        readonly lowers?: true
        readonly note?: string
      }[]
    }
  | { readonly kind: 'steps'; readonly title: string; readonly steps: readonly string[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      /** Cells are text; a row may name a case, so that its first cell can be opened. */
      readonly rows: readonly {
        readonly cells: readonly string[]
        readonly tier?: AlertTier
        readonly command?: string
      }[]
    }
  | Chart
  | { readonly kind: 'note'; readonly text: string }

/** A number as a link may hold it, or null: digits, with a + before a country's own. No other words become a link. */
export function dialled(number: string | undefined): string | null {
  return number !== undefined && /^\+?\d{5,17}$/.test(number) ? number : null
}

/** A time that stands in some words: platforms that can show each reader their own do. */
export interface Instant {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** As the words have it, in the card's zone. */
  readonly words: string
}

export interface Words {
  readonly words: string
  readonly marked: boolean
}

/** A small picture of one series. Chats that draw none show its title and `says`. */
export interface Chart {
  readonly kind: 'chart'
  readonly title: string
  /** The same in words: caption, plain text and screen readers. */
  readonly says: string
  /**
   * A line through the known points; bars from zero up; marks on a time axis, 1 where it happened, 0 where it was missed;
   * ranks: bars below one another, each beside its label.
   */
  readonly draw: 'line' | 'bars' | 'marks' | 'ranks'
  /** Oldest first; ranks as they are to be read. */
  readonly points: readonly ChartPoint[]
  /** What a line's lowest and highest place stand for; absent: its own smallest and largest value. */
  readonly range?: { readonly low: number; readonly high: number }
  /** Words under the left and the right end; ranks have none. */
  readonly ends: { readonly from: string; readonly to: string }
}

export interface ChartPoint {
  /** Instant, milliseconds since the epoch: the place of lines and marks on their axis. */
  readonly at: number
  /** Null: not known; it holds its place and nothing is drawn. */
  readonly value: number | null
  /** Date and value in words, e.g. "3 June: 8". */
  readonly label: string
  /** A sign over the point that the card explains, e.g. "E-3". */
  readonly note?: string
}

export interface Button {
  /** The command it runs, e.g. 'claim'. */
  readonly command: string
  readonly label: string
  readonly style: 'primary' | 'danger' | 'plain'
  /** The command's words after its name, e.g. 'A-1042'. */
  readonly args: string
  /** Opens this form first; its values are sent with the command. */
  readonly form?: Form
  /** Of use only for so many seconds after it is shown; chats that cannot count leave it standing. */
  readonly seconds?: number
}

export interface Form {
  readonly title: string
  readonly submit: string
  readonly fields: readonly FormField[]
}

export type FormField =
  | {
      readonly kind: 'select'
      readonly name: string
      readonly label: string
      readonly options: readonly { readonly value: string; readonly label: string }[]
      readonly value?: string
    }
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly placeholder?: string
      readonly multiline?: boolean
      readonly required?: boolean
    }
  | {
      readonly kind: 'number'
      readonly name: string
      readonly label: string
      readonly min: number
      readonly value?: number
    }

/** The same card in both languages; a chat shows the one its channel or reader wants. */
export type CardTexts = Readonly<Record<Locale, Card>>

/** What a template is given besides its data. */
export interface View {
  readonly locale: Locale
  readonly timeZone: string
  readonly now: Date
  /** Its readers do not all live in `timeZone`: times name it. */
  readonly zoned?: boolean
  /** The card stands in a chat for days and is drawn anew only when its case moves: no "today", no time left. */
  readonly lasting?: boolean
}

export type Template<T> = (data: T, view: View) => Card
