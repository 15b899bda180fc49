import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../clock.ts'
import { ForeshockError } from '../../errors.ts'
import { type Text, text } from '../../text.ts'
import { sameSecret } from '../secrets.ts'
import { openAttempts } from './attempts.ts'
import { openSessions, type Session } from './sessions.ts'

export interface Guard {
  /** Refuses a request that names another host or comes from another site's page. */
  checkWhere(request: FastifyRequest): void
  /** Refuses a POST without this browser's CSRF words or with anything but JSON. */
  checkPost(request: FastifyRequest, session: Session): void
  /** The browser's session, or null. */
  session(request: FastifyRequest): Session | null
  /** After how many seconds whoever brought too many wrong tokens from this address may sign in again; 0: at once. */
  wait(request: FastifyRequest): number
  /** The browser's session, or a new one for whoever may have it: anyone on loopback, else who knows the token. */
  signIn(request: FastifyRequest, reply: FastifyReply, token: string | null): Session | null
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])
const TOKEN_LENGTH = 24

/**
 * Who may reach the console. On loopback everyone on this machine may, so the danger is a web page of another
 * site: it is stopped by Host (DNS rebinding), Origin and CSRF words. Elsewhere a token is needed as well.
 * Throws ForeshockError CONFIG_INVALID when the host is not loopback and the token is missing or short.
 *
 * @param real the machine's clock, by which wrong tokens are counted
 */
export function openGuard(host: string, token: string | null, real: Clock): Guard {
  const loopback = LOOPBACK.has(host)
  if (!loopback) checkToken(host, token)
  const sessions = openSessions(token)
  const attempts = openAttempts(real)
  const session = (request: FastifyRequest) => sessions.read(request.headers.cookie, portOf(request))

  return {
    session,
    wait: (request) => (session(request) === null ? attempts.wait(request.ip) : 0),
    checkWhere(request) {
      const asked = request.headers.host ?? ''
      if (loopback && !isLoopbackHost(asked, portOf(request))) throw wrongHost(asked)
      const { origin } = request.headers
      if (origin !== undefined && !sameHost(origin, asked)) throw wrongOrigin()
      // Following a link from elsewhere is fine; a page elsewhere that loads our addresses is not.
      const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
      if (site === 'cross-site' && mode !== 'navigate') throw wrongOrigin()
    },
    checkPost(request, { csrf }) {
      if (request.headers.origin === undefined) throw wrongOrigin()
      const given = request.headers['x-foreshock-csrf']
      if (typeof given !== 'string' || !sameSecret(given, csrf)) throw wrongCsrf()
    },
    signIn(request, reply, given) {
      const known = session(request)
      if (known) return known
      if (token !== null && !(given && sameSecret(given, token))) {
        // Who brings none has not tried.
        if (given !== null) attempts.failed(request.ip)
        return null
      }
      const issued = sessions.issue(portOf(request))
      reply.header('set-cookie', issued.cookie)
      return issued.session
    },
  }
}

export function portOf(request: FastifyRequest): number {
  return request.socket.localPort ?? 0
}

/** True for "127.0.0.1:7070", "localhost:7070" and "[::1]:7070" when 7070 is the port that was reached. */
export function isLoopbackHost(header: string, port: number): boolean {
  const match = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(header)
  if (!match) return false
  const name = match[1]!.toLowerCase().replace(/^\[|\]$/g, '')
  return LOOPBACK.has(name) && Number(match[2] ?? 80) === port
}

function sameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === host.toLowerCase()
}

function checkToken(host: string, token: string | null): void {
  if (token && token.length >= TOKEN_LENGTH) return
  throw new ForeshockError(
    'CONFIG_INVALID',
    text(
      `server.host 是 ${host}，别的机器也能打开控制台，但${token ? '口令太短' : '没有设口令'}。`,
      `server.host is ${host}, so other machines can reach the console, but its token is ${token ? 'too short' : 'not set'}.`,
    ),
    text(
      `请把 FORESHOCK_CONSOLE_TOKEN 设为至少 ${TOKEN_LENGTH} 个随机字符，或把 server.host 改回 127.0.0.1。`,
      `Set FORESHOCK_CONSOLE_TOKEN to ${TOKEN_LENGTH} random characters or more, or set server.host to 127.0.0.1.`,
    ),
  )
}

const refuse = (what: Text, hint: Text) => new ForeshockError('FORBIDDEN', what, hint)

const wrongHost = (host: string) =>
  refuse(
    text(
      `控制台不接受发给“${host.slice(0, 80)}”的请求。`,
      `The console does not answer to the host "${host.slice(0, 80)}".`,
    ),
    text('请用启动时打印的地址打开。', 'Open it by the address printed at start.'),
  )

const wrongOrigin = () =>
  refuse(
    text('请求来自别的网站，已拒绝。', 'The request came from another site and was refused.'),
    text('请在控制台页面里操作。', 'Use the console page itself.'),
  )

const wrongCsrf = () =>
  refuse(
    text('页面的凭证已失效。', 'This page is out of date.'),
    text('请重新载入页面。', 'Reload the page.'),
  )
