import { createDecipheriv, createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { sameSecret } from '../secrets.ts'

/** What the developer console shows under "encryption": both are needed, else anyone could send us events. */
export interface WebhookKeys {
  readonly encryptKey: string
  readonly verificationToken: string
}

export interface SignedHeaders {
  readonly timestamp: string
  readonly nonce: string
  readonly signature: string
}

/** How far a request's time may be from ours. */
const FRESH_MS = 300_000

/** Whether Lark signed these very bytes, just now. */
export function isSigned(
  body: Buffer,
  signed: SignedHeaders,
  { encryptKey }: WebhookKeys,
  clock: Clock,
): boolean {
  const { timestamp, nonce, signature } = signed
  if (!/^\d{1,15}$/.test(timestamp)) return false
  if (Math.abs(clock.now().getTime() - Number(timestamp) * 1_000) > FRESH_MS) return false
  const expected = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest('hex')
  return sameSecret(signature, expected)
}

/** The event inside; null: not encrypted with our key. */
export function decrypted(encrypt: string, { encryptKey }: WebhookKeys): unknown {
  const bytes = Buffer.from(encrypt, 'base64')
  if (bytes.length < 32 || bytes.length % 16 !== 0) return null
  const key = createHash('sha256').update(encryptKey).digest()
  try {
    const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
    const words = Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString('utf8')
    return JSON.parse(words)
  } catch {
    return null
  }
}
