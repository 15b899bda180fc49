import type { CardTexts } from '../../src/chat/card.ts'
import type { Place } from '../../src/store/database.ts'

/** What the harness and the program it kills say to each other. */

/** Told once, when the program may open its database. */
export interface Setup {
  readonly kind: 'setup'
  readonly configFile: string
  readonly place: Place
  /** How often it was killed before. Each time counts as ten minutes to the transport, so no lease is left over. */
  readonly killed: number
}

export type Task =
  /**
   * Lets the scheduler look at these jobs once. The story, and with it what jobs decide, stands still at `at`, so that
   * a killed run can be compared with one that was not; the scheduler's own clock has gone on by `later` minutes.
   * `live`: what the jobs cause is delivered meanwhile.
   */
  | {
      readonly do: 'jobs'
      readonly jobs: readonly string[]
      readonly at: string
      readonly later: number
      readonly live: boolean
    }
  /** Delivers until nothing waits. */
  | { readonly do: 'deliver'; readonly at: string }
  | { readonly do: 'press'; readonly at: string; readonly press: Press }
  /** Every case, as the harness needs it to press buttons and to judge. */
  | { readonly do: 'board' }
  /** Writes every table's rows, free of random ids, into a folder: a file a table. */
  | { readonly do: 'dump'; readonly folder: string }
  | { readonly do: 'close' }

export interface Press {
  readonly person: string
  readonly channel: string
  readonly message: string
  readonly command: string
  readonly form: Readonly<Record<string, string>> | null
  readonly request: string
}

export interface BoardCase {
  /** The customer's id and which of their cases it is: the same in every run. */
  readonly key: string
  readonly customer: string
  readonly no: number
  readonly customerNo: number
  readonly state: string
  readonly owner: string | null
  readonly cards: readonly { readonly channel: string; readonly message: string | null }[]
}

/** What the program asks of the chat platform, which lives with the harness and outlives every kill. */
export type ChatCall =
  | { readonly do: 'post'; readonly channel: string; readonly card: CardTexts; readonly key: string }
  | { readonly do: 'update'; readonly message: string; readonly card: CardTexts }
  | { readonly do: 'reply'; readonly message: string; readonly card: CardTexts; readonly key: string }

export type ToWorker =
  | Setup
  | { readonly kind: 'task'; readonly id: number; readonly task: Task }
  | { readonly kind: 'answer'; readonly id: number; readonly message: string }

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
  | { readonly kind: 'chat'; readonly id: number; readonly call: ChatCall }

/** The file descriptor on which the program marks its transactions, one byte each. */
export const MARKS = 4
export const BEGUN = 'B'
export const ENDED = 'E'
