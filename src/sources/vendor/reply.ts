/** What came back of one request, or why nothing did. */
export interface Reply {
  /** Null: nothing was answered. */
  readonly status: number | null
  readonly headers: Headers
  /** Null where it is not JSON. */
  readonly body: unknown
  readonly problem: 'refused' | 'no answer' | 'too large' | 'not JSON' | null
}

const TIMEOUT_MS = 60_000
/** A page of a thousand tickets has a tenth of it. */
const MOST_BYTES = 64 * 1024 ** 2

/** Sends one request. Never follows a redirect, which would carry the token elsewhere. Throws only when stopped. */
export async function replyTo(
  url: URL,
  init: RequestInit,
  signal: AbortSignal,
  mostBytes = MOST_BYTES,
): Promise<Reply> {
  let response: Response | null = null
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    response = await fetch(url, { ...init, redirect: 'manual', signal: limit })
    const words = await wordsOf(response, mostBytes)
    if (words === null) return reply(response, null, 'too large')
    const body = parsed(words)
    const problem = response.ok ? (body === null ? 'not JSON' : null) : 'refused'
    return reply(response, body, problem)
  } catch (error) {
    signal.throwIfAborted()
    // What fetch itself throws; anything else is a bug and must look like one.
    if (!(error instanceof TypeError) && (error as Error).name !== 'TimeoutError') throw error
    return reply(response, null, 'no answer')
  }
}

function reply(response: Response | null, body: unknown, problem: Reply['problem']): Reply {
  const { status = null, headers = new Headers() } = response ?? {}
  return { status, headers, body, problem }
}

/** Null: more than may be held. */
async function wordsOf(response: Response, mostBytes: number): Promise<string | null> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return null
  }
}
