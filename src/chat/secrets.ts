import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** True when both are the same text; takes as long for a near miss as for a far one. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

/** A keyed fingerprint that nobody can make without the key. */
export function sign(key: string | Buffer, words: string): string {
  return createHmac('sha256', key).update(words).digest('base64url')
}

function digest(words: string): Buffer {
  return createHash('sha256').update(words).digest()
}
