/** What can go wrong on the way, set by a test. */
export interface Knobs {
  /** Waits so long before it works on a call. Milliseconds. */
  delayMs: number
  /** History shows a message so long after it was posted. Milliseconds. */
  historyLagMs: number
  /** Set by `revoke`: every call is refused so. */
  tokenError: string | null
  /** Scopes the bot token has. */
  scopes: string[]
  /** What happens to any call that `next` has nothing for; null: nothing. */
  weather: ((method: string) => Mishap | null) | null
  /** What happens to the next calls of a method, in order. */
  readonly next: Map<string, Mishap[]>
}

export type Mishap =
  /** Does what was asked, then drops the connection: the answer is lost. */
  | { readonly kind: 'drop-after' }
  /** Drops the connection before it does anything. */
  | { readonly kind: 'reset' }
  /** `done`: what was asked is done all the same. */
  | { readonly kind: 'status'; readonly status: number; readonly done?: true }
  | { readonly kind: 'limit'; readonly seconds: number }
  | { readonly kind: 'error'; readonly error: string; readonly needed?: string }
  /** Works on it only after so long, so that later calls overtake it. Milliseconds. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Does what was asked and answers only after so long. Milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }

export const openKnobs = (scopes: readonly string[]): Knobs => ({
  delayMs: 0,
  historyLagMs: 0,
  tokenError: null,
  scopes: [...scopes],
  weather: null,
  next: new Map(),
})
