import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { readJson } from '../json.ts'
import { takeRawBodies } from '../raw-body.ts'
import type { Deliver } from './app.ts'
import { signatureFault } from './signature.ts'

/** Where Slack sends everything: commands, clicks, forms and events. */
export const SLACK_PATH = '/slack/events'

/** Signatures remembered, so that a request caught on the way and sent again does nothing. */
const MOST_SEEN = 20_000

/** Slack over signed HTTP, as one Fastify plugin with parsers of its own: signatures are over raw bytes. */
export function slackRoutes(parts: {
  readonly secret: string
  readonly clock: Clock
  readonly log: Log
  readonly deliver: Deliver
}): FastifyPluginAsync {
  const { secret, clock, log, deliver } = parts
  const seen = new Map<string, Promise<string>>()

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const signature = request.headers['x-slack-signature']
    const timestamp = request.headers['x-slack-request-timestamp']
    const fault = signatureFault({ timestamp, signature, body }, secret, clock.now())
    if (fault !== null) {
      log.warn({ fault }, 'a request that is not from Slack was refused')
      return reply.code(401).send({ error: fault })
    }
    const read = readBody(body, String(request.headers['content-type'] ?? ''))
    if (read === null) return reply.code(400).send({ error: 'unreadable' })
    if (read['type'] === 'url_verification')
      return reply.send({ challenge: String(read['challenge']).slice(0, 200) })
    const key = String(signature)
    const earlier = seen.get(key)
    try {
      const words = await (earlier ?? remember(key, respond(read)))
      return reply.type('application/json; charset=utf-8').send(earlier === undefined ? words : '')
    } catch {
      return reply.code(503).send({ error: 'not kept, please send it again' })
    }
  }

  function remember(key: string, work: Promise<string>): Promise<string> {
    seen.set(key, work)
    // Not kept: the same request may come again and is then worked on.
    work.catch(() => seen.delete(key))
    if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value!)
    return work
  }

  /** Resolves with the acknowledgement as soon as there is one; what goes on after it is not waited for. */
  function respond(body: Record<string, unknown>): Promise<string> {
    return new Promise((resolve, reject) => {
      deliver(body, async (payload) => resolve(payload === undefined ? '' : JSON.stringify(payload))).then(
        () => resolve(''),
        reject,
      )
    })
  }

  return async (app) => {
    takeRawBodies(app, ['application/json', 'application/x-www-form-urlencoded'])
    app.post(SLACK_PATH, answer)
  }
}

/** The JSON in a body: as it is, in a form's `payload`, or a slash command's fields. Null: none of these. */
function readBody(body: Buffer, type: string): Record<string, unknown> | null {
  const words = body.toString('utf8')
  if (type.startsWith('application/json')) return objectOf(words)
  const fields = new URLSearchParams(words)
  const payload = fields.get('payload')
  return payload === null ? Object.fromEntries(fields) : objectOf(payload)
}

function objectOf(words: string): Record<string, unknown> | null {
  const value = readJson(words)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
