import { sameSecret, sign } from '../secrets.ts'

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
  return sign(secret, `foreshock form${parts}`)
}

export function isSealed(about: About, seal: string, secret: string): boolean {
  return sameSecret(seal, sealOf(about, secret))
}
