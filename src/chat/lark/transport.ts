import type { HttpInstance } from '@larksuiteoapi/node-sdk'

/** Lark said no, or said nothing. `message` is Lark's own words; it never holds a token or what was sent. */
export class LarkRefusal extends Error {
  /** HTTP status; 0: no answer came. */
  readonly status: number
  /** Lark's own code; 0: it gave none. */
  readonly code: number
  /** Milliseconds Lark asked to wait; null: it named none. */
  readonly retryAfterMs: number | null
  /** False where the request surely never reached Lark. */
  readonly maySent: boolean

  constructor(
    words: string,
    { status = 0, code = 0, retryAfterMs = null, maySent = true }: Partial<LarkRefusal> = {},
  ) {
    super(words)
    this.name = 'LarkRefusal'
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.maySent = maySent
  }
}

type Options = Parameters<HttpInstance['request']>[0]

/** Where the long connection's address is asked for; the SDK reads the code of its answers itself. */
const SOCKET_ADDRESS = '/callback/ws/endpoint'

/** Codes by which that address is refused for good: forbidden, app id or secret missing or wrong. */
const NO_SOCKET = new Set([403, 514, 10003, 10014, 1000040344, 1000040345])

/**
 * How the SDK's client reaches Lark: one attempt a call with a short time-out, and errors that carry neither token nor
 * content. The SDK's own (axios) puts both into every error and waits for ever.
 */
export function openTransport(timeoutMs: number): HttpInstance {
  const request = async (options: Options): Promise<never> => ask(options, timeoutMs)
  const bare =
    (method: string) =>
    (url: string, options: Options = {}) =>
      request({ ...options, url, method })
  const carrying =
    (method: string) =>
    (url: string, data?: unknown, options: Options = {}) =>
      request({ ...options, url, method, data })
  return {
    request,
    get: bare('GET'),
    delete: bare('DELETE'),
    head: bare('HEAD'),
    options: bare('OPTIONS'),
    post: carrying('POST'),
    put: carrying('PUT'),
    patch: carrying('PATCH'),
  }
}

async function ask(options: Options, timeoutMs: number): Promise<never> {
  const { url, init } = prepared(options, timeoutMs)
  let response: Response
  let words: string
  try {
    response = await fetch(url, init)
    words = await response.text()
  } catch (error) {
    throw lost(error, url)
  }
  const body = parsed(words)
  if (url.pathname.endsWith(SOCKET_ADDRESS) && body !== null) return forSocket(body) as never
  if (response.ok && body?.code === 0) return body as never
  throw refused(response, body)
}

/** The SDK gives up on any refusal that has data and tries again on one that has none. */
function forSocket(body: Body): object {
  if (body.code === 0) return body
  return NO_SOCKET.has(body.code ?? -1) ? { ...body, data: {} } : { code: body.code, msg: body.msg }
}

function prepared(options: Options, timeoutMs: number): { url: URL; init: RequestInit } {
  const url = new URL(options.url ?? '')
  for (const [name, value] of Object.entries(options.params ?? {}))
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  const headers = new Headers()
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (value !== undefined) headers.set(name, String(value))
  const method = (options.method ?? 'GET').toUpperCase()
  const init: RequestInit = { method, headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }
  if (method === 'GET' || options.data === undefined) return { url, init }
  if (headers.get('content-type') === 'multipart/form-data') {
    // The boundary belongs to the body: fetch writes the header itself.
    headers.delete('content-type')
    return { url, init: { ...init, body: formOf(options.data) } }
  }
  headers.set('content-type', 'application/json; charset=utf-8')
  return { url, init: { ...init, body: JSON.stringify(options.data) } }
}

function formOf(data: unknown): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    if (value instanceof Uint8Array) form.set(name, new Blob([new Uint8Array(value)]), name)
    else form.set(name, String(value))
  }
  return form
}

interface Body {
  readonly code?: number
  readonly msg?: string
}

function parsed(words: string): Body | null {
  try {
    const body: unknown = JSON.parse(words)
    return typeof body === 'object' && body !== null ? body : null
  } catch {
    return null
  }
}

/** HTTP 200 with a code other than 0 is a no, like any other. */
function refused(response: Response, body: Body | null): LarkRefusal {
  const code = typeof body?.code === 'number' ? body.code : 0
  const words = typeof body?.msg === 'string' ? body.msg.slice(0, 500) : 'an answer that is not Lark’s'
  return new LarkRefusal(`Lark answered ${response.status}, code ${code}: ${words}`, {
    status: response.status,
    code,
    retryAfterMs: pauseAsked(response.headers),
  })
}

function pauseAsked(headers: Headers): number | null {
  const seconds = Number(headers.get('x-ogw-ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : null
}

/** Errors of the network before a connection stands: nothing was sent. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function lost(error: unknown, { pathname }: URL): LarkRefusal {
  const { name, cause } = error as Error & { cause?: { code?: string } }
  const code = cause?.code ?? name
  // Asking for a token changes nothing: whatever it was for has not been sent.
  const unsent = code === 'UND_ERR_CONNECT_TIMEOUT' || UNSENT.has(code) || pathname.includes('/auth/v3/')
  return unsent
    ? new LarkRefusal(`Lark could not be reached (${code})`, { maySent: false })
    : new LarkRefusal(`Lark’s answer did not arrive (${code})`)
}
