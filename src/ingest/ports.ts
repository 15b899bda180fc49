import type { CustomerKey, SourceRecord } from '../records/record.ts'
import type { Rejection } from '../sources/source.ts'

/** What a request is answered once its rows are kept. */
export interface Answer {
  readonly status: number
  /** JSON as it goes out: kept as text, so that a replay is the same to the letter. */
  readonly json: string
}

/** The key a sender gave a request, and what it stands for. */
export interface RequestKey {
  readonly sender: string
  readonly key: string
  /** Of the address and the body. */
  readonly digest: string
}

/** One request's rows. */
export interface Post {
  /** The source the rows are kept under. */
  readonly source: string
  readonly records: readonly SourceRecord[]
  readonly rejected: readonly Rejection[]
  readonly key: RequestKey | null
  /** @param isKnown whether a record of this type and source id was there before this request */
  answer(isKnown: (type: SourceRecord['type'], sourceId: string) => boolean): Answer
}

/** What became of a request. `misused`: its key was given to another request before. */
export type Kept = { readonly answer: Answer; readonly isReplay: boolean } | { readonly misused: true }

/** A customer whose rows came in and who is to be judged. */
export interface Waiting {
  readonly id: string
  readonly customer: string
  /** The newest instant among the rows. */
  readonly at: Date
  readonly attempts: number
}

/** Whether a record is to be judged before others that came earlier. */
export type IsPressing = (record: SourceRecord) => boolean

/** What coming in over HTTP asks of the store. */
export interface IngestRows {
  /**
   * Keeps the rows of several requests, their answers and who is to be judged, all in one transaction. Gives one entry a
   * post. No two of them may have the same key.
   *
   * @param now when they came; `data` on the clock that rows are read by, `real` on the machine's
   * @param isPressing whose customer comes before all others; absent: nobody's
   */
  keep(
    posts: readonly Post[],
    now: { readonly data: Date; readonly real: Date },
    isPressing?: IsPressing,
  ): Promise<Kept[]>
  /** An identity key of each customer, by the number people see. */
  keysOf(numbers: readonly number[]): Promise<Map<number, CustomerKey>>
  /** Those who press, then the oldest that nobody is at; until then nobody else takes them. */
  take(most: number, now: Date, until: Date): Promise<Waiting[]>
  judged(ids: readonly string[]): Promise<void>
  /** These could not be judged: not before then. */
  putOff(ids: readonly string[], until: Date): Promise<void>
  waiting(): Promise<number>
  /** Forgets keys older than that; how many. */
  forgetKeys(before: Date): Promise<number>
}
