import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Knobs, type Mishap, openKnobs } from './knobs.ts'
import { methodsOf } from './methods.ts'
import { NEEDS } from './scopes.ts'
import { openLink, type SocketLink } from './socket.ts'
import { type FakeWorkspace, openWorkspace } from './workspace.ts'

/** One call the bot made, as it arrived. */
export interface Call {
  readonly method: string
  readonly args: Readonly<Record<string, string>>
  readonly token: string
}

/** A Slack on loopback: Web API, response addresses and Socket Mode, with knobs for what goes wrong. */
export interface SlackFake {
  /** For SLACK_API_URL: "http://127.0.0.1:1234/api/". */
  readonly apiUrl: string
  readonly token: string
  readonly appToken: string
  readonly space: FakeWorkspace
  readonly knobs: Knobs
  readonly calls: Call[]
  readonly link: SocketLink
  /** What happens to the next calls of a method. */
  plan(method: string, ...mishaps: Mishap[]): void
  responseUrl(name: string): string
  close(): Promise<void>
}

export const ALL_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
]

/** @param now stamps messages; without it they are a second apart from a fixed instant on. Milliseconds. */
export async function openSlackFake(now: (() => number) | null = null): Promise<SlackFake> {
  const space = openWorkspace(now)
  const knobs = openKnobs(ALL_SCOPES)
  const calls: Call[] = []
  const token = 'xoxb-fake-bot-token'
  const appToken = 'xapp-fake-app-token'
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const methods = methodsOf(space, knobs, origin, () => Date.now())

  const server: Server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const link = openLink(server)

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const path = (request.url ?? '').split('?')[0]!
    if (path.startsWith('/upload/')) return void response.end('OK')
    if (path.startsWith('/actions/')) {
      space.responses.push({ at: path, ...(JSON.parse(body) as object) })
      // An address that has run out answers so.
      return void response.writeHead(path.endsWith('/gone') ? 404 : 200).end('ok')
    }
    const method = path.replace('/api/', '')
    const args = argsOf(request, body)
    const given = (request.headers.authorization ?? '').replace('Bearer ', '')
    calls.push({ method, args, token: given })
    const mishap = knobs.next.get(method)?.shift() ?? knobs.weather?.(method) ?? null
    if (knobs.delayMs > 0) await pause(knobs.delayMs)
    if (mishap?.kind === 'late') await pause(mishap.ms)
    if (mishap?.kind === 'reset') return void response.destroy()
    const oops = mishap?.kind === 'status' ? mishap : null
    if (oops !== null && !oops.done) return void response.writeHead(oops.status).end(OOPS)
    if (mishap?.kind === 'limit') {
      const headers = { 'retry-after': String(mishap.seconds), 'content-type': 'application/json' }
      return void response.writeHead(429, headers).end('{"ok":false,"error":"ratelimited"}')
    }
    const answer = answerTo(method, args, given, mishap)
    if (mishap?.kind === 'drop-after') return void response.destroy()
    if (oops !== null) return void response.writeHead(oops.status).end(OOPS)
    if (mishap?.kind === 'slow') await pause(mishap.ms)
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-oauth-scopes': knobs.scopes.join(','),
    })
    response.end(JSON.stringify(answer))
  }

  function answerTo(method: string, args: Call['args'], given: string, mishap: Mishap | null): object {
    if (mishap?.kind === 'error') return { ok: false, error: mishap.error, needed: mishap.needed }
    if (knobs.tokenError !== null) return { ok: false, error: knobs.tokenError }
    if (method === 'apps.connections.open') {
      return given === appToken ? { ok: true, url: link.url() } : { ok: false, error: 'invalid_auth' }
    }
    if (given !== token) return { ok: false, error: 'invalid_auth' }
    const needed = NEEDS[method]
    if (needed !== undefined && !knobs.scopes.includes(needed)) {
      return { ok: false, error: 'missing_scope', needed, provided: knobs.scopes.join(',') }
    }
    return methods[method]?.(args) ?? { ok: false, error: 'unknown_method' }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    get apiUrl() {
      return `${origin()}/api/`
    },
    token,
    appToken,
    space,
    knobs,
    calls,
    link,
    plan: (method, ...mishaps) =>
      void knobs.next.set(method, [...(knobs.next.get(method) ?? []), ...mishaps]),
    responseUrl: (name) => `${origin()}/actions/${name}`,
    close: async () => {
      link.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const OOPS = '<html>oops</html>'

function argsOf(request: IncomingMessage, body: string): Record<string, string> {
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    const entries = Object.entries(JSON.parse(body) as object)
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    )
  }
  return Object.fromEntries(new URLSearchParams(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
