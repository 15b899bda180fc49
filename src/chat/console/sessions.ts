import { randomBytes } from 'node:crypto'
import { sameSecret, sign } from '../secrets.ts'

/** One browser, known by a signed cookie. */
export interface Session {
  readonly id: string
  /** Must come back in the `x-foreshock-csrf` header of every POST. */
  readonly csrf: string
}

export interface Sessions {
  /** A new session and the cookie that carries it. */
  issue(port: number): { session: Session; cookie: string }
  /** The session of a request's cookies; null without one or when its signature is wrong. */
  read(cookies: string | undefined, port: number): Session | null
}

const YEAR = 365 * 24 * 3_600

/**
 * Sessions need no memory: the cookie is `id.signature`. With a token the signature survives a restart,
 * without one its key lives as long as the process. CSRF words always end with the process.
 */
export function openSessions(token: string | null): Sessions {
  const key = token ?? randomBytes(32)
  const csrfKey = randomBytes(32)
  const of = (id: string): Session => ({ id, csrf: sign(csrfKey, id) })
  return {
    issue(port) {
      const id = randomBytes(18).toString('base64url')
      return { session: of(id), cookie: setCookie(sessionCookie(port), `${id}.${sign(key, id)}`) }
    },
    read(cookies, port) {
      const [id, signature] = (readCookie(cookies, sessionCookie(port)) ?? '').split('.')
      return id && signature && sameSecret(signature, sign(key, id)) ? of(id) : null
    },
  }
}

/** Who the browser acts as; a preference, not a credential: all who may open the console may act as anyone. */
export const personOf = (cookies: string | undefined, port: number): string | null => {
  const value = readCookie(cookies, personCookie(port))
  return value ? Buffer.from(value, 'base64url').toString('utf8') : null
}

export const rememberPerson = (person: string, port: number): string =>
  setCookie(personCookie(port), Buffer.from(person, 'utf8').toString('base64url'))

// Cookies ignore ports: two consoles on one machine would otherwise overwrite each other's.
const sessionCookie = (port: number) => `foreshock_session_${port}`
const personCookie = (port: number) => `foreshock_person_${port}`

function setCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${YEAR}`
}

function readCookie(cookies: string | undefined, name: string): string | null {
  for (const pair of cookies?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}
