import { ChatFault } from '../chat/fault.ts'
import { SIGNATURE_HEADER, signatureOf, TIMESTAMP_HEADER } from '../ingest/proof.ts'

/** A receiver that answers later has perhaps taken it; asked again, it knows it by its key. */
const ANSWER_MS = 7_000

export interface CareWebhook {
  readonly url: string
  readonly secret: string
}

/**
 * Posts a piece of care, signed like what comes in to us, under its own key. What the receiver says is not repeated
 * anywhere: it may name the customer.
 *
 * @throws ChatFault
 */
export async function postCare(
  { url, secret }: CareWebhook,
  key: string,
  piece: object,
  now: Date,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(piece))
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': key,
      [TIMESTAMP_HEADER]: timestamp,
      [SIGNATURE_HEADER]: signatureOf(body, timestamp, secret),
    },
    // It would carry the customer's number to another place.
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((error: unknown) => {
    throw unanswered(error)
  })
  await answer.body?.cancel().catch(() => {})
  const fault = faultOf(answer.status, answer.headers.get('retry-after'), now)
  if (fault !== null) throw fault
}

/** Never connected: nothing was taken. */
const UNCONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function unanswered(error: unknown): ChatFault {
  const cause = (error as { cause?: { code?: string } }).cause?.code ?? ''
  return UNCONNECTED.has(cause)
    ? new ChatFault('unavailable', `the receiver of care cannot be reached (${cause})`)
    : new ChatFault('unclear', 'the receiver of care did not answer')
}

function faultOf(status: number, retryAfter: string | null, now: Date): ChatFault | null {
  // 409: it has this key already.
  if ((status >= 200 && status < 300) || status === 409) return null
  const words = `the receiver of care answered ${status}`
  if (status === 429) return new ChatFault('rate-limited', words, pauseIn(retryAfter, now))
  if (status === 408 || status >= 500) return new ChatFault('unavailable', words, pauseIn(retryAfter, now))
  if (status === 401 || status === 403)
    return new ChatFault('token-refused', `${words}: does it know the secret?`)
  if (status >= 300 && status < 400)
    return new ChatFault('refused', `${words}: it points elsewhere, and care is not sent there`)
  return new ChatFault('refused', words)
}

/** Seconds, or a date. */
function pauseIn(words: string | null, now: Date): number | null {
  if (words === null) return null
  const ms = /^\d{1,6}$/.test(words) ? Number(words) * 1_000 : Date.parse(words) - now.getTime()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
