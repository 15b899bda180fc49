import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { strict } from '../sources/row-mapping.ts'

/** Somebody who may send, and what proves it. The secret is never logged. */
export interface Sender {
  /** Rows are kept under it, so that the ids of two senders never meet. */
  readonly name: string
  readonly secret: string
}

/** Who may send over HTTP. */
export interface IngestAccess {
  /** Each shows its secret with every request. */
  readonly tokens: readonly Sender[]
  /** Each signs its requests. */
  readonly secrets: readonly Sender[]
}

/** `ingest:` in foreshock.yaml. */
export const ingestSchema = strict({
  perSecond: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .describe('Requests a second from one sender; more are told to come again'),
})

/** Whoever sends without a name of their own. */
const NAMELESS = 'webhook'

/** Shorter ones could be guessed. */
export const SHORTEST = 16

/** Null: nobody may send. Throws CONFIG_INVALID for a secret that is none; it is never repeated. */
export function ingestAccess(env: Readonly<Record<string, string | undefined>>): IngestAccess | null {
  const tokens = sendersIn('FORESHOCK_INGEST_TOKEN', env)
  const secrets = sendersIn('FORESHOCK_INGEST_SECRET', env)
  return tokens.length + secrets.length === 0 ? null : { tokens, secrets }
}

/** `helpdesk:SECRET, app:SECRET` or plain secrets; one name may stand there twice while its secret is being changed. */
function sendersIn(variable: string, env: Readonly<Record<string, string | undefined>>): Sender[] {
  const entries = (env[variable] ?? '').split(',').map((entry) => entry.trim())
  return entries
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const [, name = NAMELESS, secret = ''] = /^(?:([^:]*):)?(.*)$/.exec(entry)!
      if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(name))
        throw refused(
          variable,
          index,
          'has no name before its colon that is lower-case letters, digits, _ and -',
        )
      if (secret.length < SHORTEST || /\s/.test(secret))
        throw refused(variable, index, `is shorter than ${SHORTEST} characters or has blanks in it`)
      return { name, secret }
    })
}

function refused(variable: string, index: number, why: string): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    `Entry ${index + 1} of ${variable} ${why}.`,
    'Write NAME:SECRET, or several with commas; `openssl rand -hex 32` makes a good secret.',
  )
}

/** Where the rows of a sender are kept that come by our own field names. A source of the configuration has no colon. */
export function sourceOf(sender: string): string {
  return `ingest:${sender}`
}

/** Every such source. */
export function ingestSources(access: IngestAccess | null): string[] {
  const senders = [...(access?.tokens ?? []), ...(access?.secrets ?? [])]
  return [...new Set(senders.map(({ name }) => sourceOf(name)))]
}
