import type { Keyset } from '../vendor/keyset.ts'

/** Rows of one search. HubSpot shows no more than 10,000 of a search's rows, so none is paged: each page is a search of its own. */
export const SEARCHED = 100

/** What a walk needs to know of a row. */
interface Dated {
  readonly id: string
  /** When it last changed, ISO in UTC. */
  readonly changed: string
}

/**
 * How many of the found rows to take, and where to search next; null: these were the last. HubSpot sorts by one property
 * alone, so rows of one instant come in any order: a page ends before the instant that the next page begins with. Only
 * where a whole page is of one instant, that instant is walked through by id.
 */
export function turn(
  found: readonly Dated[],
  { since, above }: Keyset,
  limit = SEARCHED,
): { readonly take: number; readonly next: Keyset | null } {
  const last = found.at(-1)
  const isFull = found.length >= limit && last !== undefined
  if (above !== undefined) {
    const next = isFull ? { since, above: last.id } : { since: justAfter(since!) }
    return { take: found.length, next }
  }
  if (!isFull) return { take: found.length, next: null }
  const earlier = found.filter(({ changed }) => changed < last.changed).length
  if (earlier > 0) return { take: earlier, next: { since: last.changed } }
  return { take: 0, next: { since: last.changed, above: '0' } }
}

function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString()
}
