import { request } from 'node:http'
import type { WireError, WireSession } from '../../../src/chat/console/wire.ts'

/** What a browser would send, one header at a time, so that each can be left out or forged. */

export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

export interface TestBrowser {
  readonly session: WireSession
  readonly cookie: string
  get<T>(path: string): Promise<Answer<T>>
  post<T>(path: string, body: unknown, headers?: Record<string, string | null>): Promise<Answer<T>>
}

export async function signIn(url: string, headers: Record<string, string> = {}): Promise<TestBrowser> {
  const first = await fetch(`${url}/api/session`, { headers })
  const session = (await first.json()) as WireSession
  const jar = new Map<string, string>()
  keepCookies(jar, first.headers)
  const cookie = () => [...jar.values()].join('; ')

  async function call<T>(path: string, init: RequestInit): Promise<Answer<T>> {
    const answer = await fetch(url + path, init)
    keepCookies(jar, answer.headers)
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T }
  }

  return {
    session,
    get cookie() {
      return cookie()
    },
    get: (path) => call(path, { headers: { cookie: cookie() } }),
    post: (path, body, changed = {}) => {
      const usual = {
        cookie: cookie(),
        origin: url,
        'content-type': 'application/json',
        'x-foreshock-csrf': session.csrf,
      }
      const sent = Object.entries({ ...usual, ...changed }).filter(
        (pair): pair is [string, string] => pair[1] !== null,
      )
      return call(path, {
        method: 'POST',
        headers: sent,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    },
  }
}

function keepCookies(jar: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const pair = line.split(';')[0]!
    jar.set(pair.split('=')[0]!, pair)
  }
}

/** A GET with any Host header: `fetch` does not let one be chosen. */
export function rawGet(
  url: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    call.on('error', reject)
    call.end()
  })
}

/** Reads a live stream until `enough` says so. */
export async function listen(
  url: string,
  cookie: string,
  enough: (text: string) => boolean,
): Promise<string> {
  const stop = new AbortController()
  const answer = await fetch(`${url}/api/events`, { headers: { cookie }, signal: stop.signal })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (enough(text)) break
  }
  stop.abort()
  return text
}

export const codeOf = (answer: Answer<unknown>) => (answer.body as WireError).error?.code
