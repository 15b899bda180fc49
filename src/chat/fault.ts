/**
 * Nothing waits longer for its next try than this: what is put off for longer was put off before the machine's clock was
 * set back, and would wait until that time comes again.
 */
export const LONGEST_PAUSE_MS = 3_600_000

/** Why a platform did not do as asked. A closed set: adapters translate what their platform says into it. */
export type ChatFaultCode =
  /** Too many requests; `retryAfterMs` says when again. */
  | 'rate-limited'
  /** Not done: the platform could not be reached or said that it failed. */
  | 'unavailable'
  /** May have been done: the answer was lost. */
  | 'unclear'
  /** The card is over a limit or wrong in the platform's eyes; its plain text may pass. */
  | 'card-refused'
  /** The message is no longer there. */
  | 'message-gone'
  /** The message is too old to be edited. */
  | 'edit-closed'
  /** The channel is archived, unknown, or the bot is not in it. */
  | 'channel-closed'
  /** The token is revoked, expired or lacks a scope. */
  | 'token-refused'
  /** Anything else the platform said no to. */
  | 'refused'

/** A platform's no. `message` tells it in the platform's own words, without secrets. */
export class ChatFault extends Error {
  readonly code: ChatFaultCode
  /** Pause the platform asked for, milliseconds, an hour at most; null: it named none. */
  readonly retryAfterMs: number | null

  constructor(code: ChatFaultCode, words: string, retryAfterMs: number | null = null) {
    super(words)
    this.name = 'ChatFault'
    this.code = code
    this.retryAfterMs = retryAfterMs === null ? null : Math.min(retryAfterMs, LONGEST_PAUSE_MS)
  }
}

/** True when the same request may pass later. */
export function isRetryable({ code }: ChatFault): boolean {
  return code === 'rate-limited' || code === 'unavailable' || code === 'unclear'
}
