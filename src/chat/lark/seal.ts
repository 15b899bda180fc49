import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a form is about: it opens in another message than the one that was pressed. */
export interface About {
  readonly user: string
  readonly channel: string
  readonly message: string
  readonly command: string
  readonly args: string
  readonly version: string
}

/** Signs what a form is about, so that only the one it was opened for can send it, about nothing else. */
export function sealOf(about: About, secret: string): string {
  const { user, channel, message, command, args, version } = about
  const parts = JSON.stringify([user, channel, message, command, args, version])
  return createHmac('sha256', secret).update('foreshock form').update(parts).digest('base64url')
}

export function isSealed(about: About, seal: string, secret: string): boolean {
  return sameWords(seal, sealOf(about, secret))
}

/** Compares two secrets in a time that tells nothing about either. */
export function sameWords(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
