/** Where a walk through rows stands that are sorted by when they last changed, ties by id. Instants are ISO in UTC. */
export interface Keyset {
  /** Rows that changed at this instant or later; null: all. */
  readonly since: string | null
  /** Only rows of that very instant, with an id above this one. */
  readonly above?: string
}

/**
 * A search index and long transactions show a row some time after the instant it is dated: what changed in the last
 * minutes is read again by the next pull.
 */
const LAG_MS = 5 * 60_000

/** Where the next pull begins after this one, which began at `began`, came to its end. */
export function settled({ since }: Keyset, newest: string | null, began: Date): Keyset {
  const latest = newest ?? since
  if (latest === null) return { since: null }
  const safe = new Date(began.getTime() - LAG_MS).toISOString()
  return { since: latest < safe ? latest : safe }
}
