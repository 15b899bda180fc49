import { createHmac } from 'node:crypto'
import { sameSecret } from '../secrets.ts'

/** A request older or newer than this is not taken. Seconds. */
const WINDOW_S = 300

/** Why a request is not Slack's; null: it is. The signature is over the bytes as they came. */
export function signatureFault(
  request: { readonly timestamp: unknown; readonly signature: unknown; readonly body: Buffer },
  secret: string,
  now: Date,
): 'unsigned' | 'stale' | 'forged' | null {
  const { timestamp, signature, body } = request
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return 'unsigned'
  if (!/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  if (!sameSecret(signature, `v0=${mac}`)) return 'forged'
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp))
  return age > WINDOW_S ? 'stale' : null
}
