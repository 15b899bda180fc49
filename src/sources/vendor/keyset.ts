import type { Mark } from './stream.ts'

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

/** Where the next pull begins after this one, which began at `began`, has come to its end. */
export function settled({ since }: Keyset, began: Date): Keyset {
  const safe = new Date(began.getTime() - LAG_MS).toISOString()
  return { since: since === null || since < safe ? since : safe }
}

/** Where an earlier pull left off, or the first day to read. */
export function keysetOf(mark: Mark | null, first: string | undefined): Keyset {
  return (mark as Keyset | null) ?? { since: first === undefined ? null : `${first}T00:00:00.000Z` }
}
