import { createHmac } from 'node:crypto'

/** Requests as Slack signs them, and as others forge them. */
export interface Signing {
  readonly secret: string
  /** Seconds since the epoch. */
  readonly timestamp: number
}

export function signedHeaders(body: string, { secret, timestamp }: Signing): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-signature': `v0=${mac}`, 'x-slack-request-timestamp': String(timestamp) }
}

/** A body in the form Slack sends its kind in: events as JSON, commands as fields, the rest as a `payload` field. */
export function wireForm(body: Record<string, unknown>): { type: string; words: string } {
  const form = 'application/x-www-form-urlencoded'
  if ('command' in body)
    return { type: form, words: new URLSearchParams(body as Record<string, string>).toString() }
  const words = JSON.stringify(body)
  if (body['type'] === 'event_callback' || body['type'] === 'url_verification') {
    return { type: 'application/json', words }
  }
  return { type: form, words: `payload=${encodeURIComponent(words)}` }
}

export async function sendSigned(
  url: string,
  body: Record<string, unknown>,
  signing: Signing,
): Promise<{ readonly status: number; readonly text: string }> {
  const { type, words } = wireForm(body)
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...signedHeaders(words, signing) },
    body: words,
  })
  return { status: response.status, text: await response.text() }
}
