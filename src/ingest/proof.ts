import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { sameSecret } from '../chat/secrets.ts'
import type { IngestAccess, Sender } from './access.ts'

/** When a signed request was made, in seconds since 1970. */
export const TIMESTAMP_HEADER = 'x-foreshock-timestamp'
/** `sha256=` and the HMAC-SHA256 of the timestamp, a dot and the body's bytes, in hexadecimal. */
export const SIGNATURE_HEADER = 'x-foreshock-signature'

/** How far a signed request's time may be from ours. Seconds. */
const FRESH = 300

/** What the headers of a request prove, before its body has been read. */
export type Proof =
  | { readonly by: 'token'; readonly sender: string }
  /** Only the body can prove it. */
  | { readonly by: 'signature'; readonly timestamp: string; readonly signature: string }
  | { readonly by: 'nothing'; readonly why: 'missing' | 'wrong' | 'stale' }

/** Reads a request's headers; a bearer token is proved by them alone. */
export function proofIn(headers: IncomingHttpHeaders, access: IngestAccess, now: Date): Proof {
  const signature = headers[SIGNATURE_HEADER]
  if (typeof signature === 'string') return signed(signature, headers[TIMESTAMP_HEADER], now)
  const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) return { by: 'nothing', why: 'missing' }
  const sender = only(access.tokens, ({ secret }) => sameSecret(token, secret))
  return sender === null ? { by: 'nothing', why: 'wrong' } : { by: 'token', sender }
}

function signed(signature: string, timestamp: string | string[] | undefined, now: Date): Proof {
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return { by: 'nothing', why: 'missing' }
  if (!/^sha256=[0-9a-f]{64}$/i.test(signature)) return { by: 'nothing', why: 'wrong' }
  const away = Math.abs(now.getTime() / 1_000 - Number(timestamp))
  if (away > FRESH) return { by: 'nothing', why: 'stale' }
  return { by: 'signature', timestamp, signature: signature.toLowerCase() }
}

/** Who signed these very bytes; null: nobody who may send. */
export function signerOf(
  body: Buffer,
  { timestamp, signature }: Extract<Proof, { by: 'signature' }>,
  { secrets }: IngestAccess,
): string | null {
  return only(secrets, ({ secret }) => sameSecret(signature, signatureOf(body, timestamp, secret)))
}

export function signatureOf(body: Buffer, timestamp: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

/** Looks at all of them, so that how long it takes tells nothing. */
function only(senders: readonly Sender[], fits: (sender: Sender) => boolean): string | null {
  return senders.filter(fits)[0]?.name ?? null
}
