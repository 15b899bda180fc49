import type {
  WireAnswer,
  WireClock,
  WireError,
  WireHint,
  WireMessages,
  WirePress,
  WireSay,
  WireSession,
  WireTallies,
  WireThread,
} from '../../src/chat/console/wire.ts'
import { ALL, type Filter } from './case-filter.ts'
import { OFFLINE } from './words.ts'

export type Trouble = WireError['error']

/** A request that was refused or never answered; `trouble` is what to show. */
export class RequestFailed extends Error {
  readonly status: number
  readonly trouble: Trouble

  constructor(status: number, trouble: Trouble) {
    super(trouble.code)
    this.status = status
    this.trouble = trouble
  }
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof RequestFailed) return error.trouble
  throw error
}

let csrf = ''

export async function fetchSession(): Promise<WireSession> {
  const session = await request<WireSession>('/api/session')
  csrf = session.csrf
  return session
}

export function fetchMessages(
  channel: string,
  before: string | null,
  limit: number,
  only: Filter = ALL,
): Promise<WireMessages> {
  const query = new URLSearchParams({ channel, limit: String(limit) })
  if (before) query.set('before', before)
  if (only.tier) query.set('tier', only.tier)
  if (only.unclaimed) query.set('unclaimed', '1')
  return request(`/api/messages?${query}`)
}

export const fetchTallies = (): Promise<WireTallies> => request('/api/tally')

export const fetchThread = (message: string): Promise<WireThread> =>
  request(`/api/thread?${new URLSearchParams({ message })}`)

export const fetchHints = (line: string, signal: AbortSignal): Promise<WireHint[]> =>
  request(`/api/complete?${new URLSearchParams({ line })}`, { signal })

export const postSay = (body: WireSay): Promise<WireAnswer> => post('/api/say', body)
export const postPress = (body: WirePress): Promise<WireAnswer> => post('/api/press', body)
export const postClock = (body: { hours: number } | { play: boolean }): Promise<WireClock> =>
  post('/api/clock', body)

export async function postPerson(id: string): Promise<WireSession> {
  const session = await post<WireSession>('/api/person', { id })
  csrf = session.csrf
  return session
}

/** A restarted server knows neither our cookie nor our CSRF words: fetch new ones and try once more. */
async function post<T>(path: string, body: unknown): Promise<T> {
  try {
    return await send<T>(path, body)
  } catch (error) {
    if (!(error instanceof RequestFailed) || (error.status !== 401 && error.status !== 403)) throw error
    const before = csrf
    await fetchSession()
    if (csrf === before) throw error
    return send<T>(path, body)
  }
}

function send<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', 'x-foreshock-csrf': csrf }
  return request(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new RequestFailed(0, OFFLINE)
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  throw new RequestFailed(response.status, (answer as WireError | null)?.error ?? OFFLINE)
}

/** An id for one click or line; `randomUUID` exists on secure addresses only. */
export function newRequest(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
