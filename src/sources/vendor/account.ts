import type { Reply } from './reply.ts'

/** One vendor's account, as requests need it. */
export interface Account {
  /** Name of the source, which its errors begin with. */
  readonly source: string
  /** As people write it: HubSpot. */
  readonly vendor: string
  /** Root of the API, without a slash at its end. */
  readonly url: string
  /** Variables of the environment that let in: named where the vendor refuses. */
  readonly variables: string
  /** What must never be repeated, even if the vendor does. */
  readonly secrets: readonly string[]
  /** Headers that let in; where a session must be asked for first, `send` does it, and a refusal is handed back. */
  letIn(send: Send): Promise<Headers | Reply>
  /** A session that has run out is worth asking for a new one. */
  readonly renews?: true
  /** What an answer says of itself in the vendor's own words; null: nothing. */
  says(body: unknown): string | null
  /** Milliseconds to leave the vendor alone after this answer, as its headers or its rules ask. */
  rest(headers: Headers, now: Date): number
  /** The allowance of a day is spent: trying again within minutes is of no use. */
  isSpent?(body: unknown): boolean
}

export interface Request {
  /** Begins with a slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  /** In place of the account's own. */
  readonly headers?: Readonly<Record<string, string>>
  /** With it, the request is a POST: searches and batch reads only, for it may be sent twice. */
  readonly body?: unknown
}

/** What a vendor answers, as JSON. Throws ForeshockError SOURCE_FAILED, or the reason the pull was stopped for. */
export type Ask = (request: Request) => Promise<unknown>
/** One request, tried once. */
export type Send = (url: URL, init: RequestInit) => Promise<Reply>

/** What lies outside of requests. */
export interface World {
  readonly now: () => Date
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1, so that several programs do not come back in the same moment. */
  readonly chance: () => number
  /** Most bytes of one answer; default 64 MB. */
  readonly mostBytes?: number
}
