import type { Reply } from './reply.ts'

/** Times a request is sent at most. */
const MOST_TRIES = 5
/** A vendor that wants to be left alone for longer is asked again by the next pull. */
export const MOST_WAIT_MS = 5 * 60_000
const FIRST_WAIT_MS = 1_000
const PASSING = new Set([429, 500, 502, 503, 504])

/** Milliseconds to wait before sending a failed request again; null: it is of no use. Pure. */
export function pauseBefore(
  reply: Pick<Reply, 'status' | 'headers' | 'problem'>,
  tries: number,
  { now, chance }: { readonly now: () => Date; readonly chance: () => number },
): number | null {
  if (tries >= MOST_TRIES || !isPassing(reply)) return null
  const asked = retryAfter(reply.headers, now())
  if (asked === null) return FIRST_WAIT_MS * 2 ** (tries - 1) * (1 + chance())
  return asked > MOST_WAIT_MS ? null : asked + FIRST_WAIT_MS * chance()
}

function isPassing({ status, problem }: Pick<Reply, 'status' | 'problem'>): boolean {
  return problem === 'refused' ? PASSING.has(status ?? 0) : problem === 'no answer' || problem === 'not JSON'
}

/** Milliseconds a vendor asks to wait, written as seconds or as a date; null: it asks nothing. */
export function retryAfter(headers: Headers, now: Date): number | null {
  const written = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written) * 1000
  const date = Date.parse(written)
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}
