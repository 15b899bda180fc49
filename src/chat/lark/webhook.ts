import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { readJson } from '../json.ts'
import { takeRawBodies } from '../raw-body.ts'
import { sameSecret } from '../secrets.ts'
import { decrypted, isSigned, type SignedHeaders, type WebhookKeys } from './secrets.ts'
import type { Receive } from './socket.ts'

/** Where events and callbacks are sent when the app does not use the long connection. */
export const WEBHOOK_PATH = '/lark/events'

const sealedSchema = z.object({ encrypt: z.string() })
const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1_000),
  token: z.string(),
})
const tokenSchema = z.object({ header: z.object({ token: z.string() }) })

/**
 * Lark's webhook, verified by ourselves: the SDK takes wrong tokens, old requests and bodies without end, and computes
 * signatures over its own rewriting of the body.
 */
export function webhookRoutes(
  keys: WebhookKeys,
  receive: Receive,
  { clock, log }: { clock: Clock; log: Log },
): FastifyPluginAsync {
  return async (app) => {
    takeRawBodies(app, ['application/json'])
    app.post(WEBHOOK_PATH, async (request, reply) => {
      const event = opened(request, keys, clock)
      if (event === null) return refuse(reply, log)
      if ('challenge' in event) return reply.send(event)
      return reply.send((await receive(event.envelope)) ?? {})
    })
  }
}

/** The event of a request that Lark made; null: it did not, or too long ago. */
function opened(
  request: FastifyRequest,
  keys: WebhookKeys,
  clock: Clock,
): { challenge: string } | { envelope: unknown } | null {
  const body = request.body
  if (!Buffer.isBuffer(body)) return null
  const sealed = sealedSchema.safeParse(readJson(body.toString('utf8')))
  if (!sealed.success) return null
  const envelope = decrypted(sealed.data.encrypt, keys)
  // The address is tried out before Lark signs anything; the key and the token prove who asks.
  const challenge = challengeSchema.safeParse(envelope)
  if (challenge.success) {
    const { token, challenge: words } = challenge.data
    return sameSecret(token, keys.verificationToken) ? { challenge: words } : null
  }
  if (!isSigned(body, signedBy(request), keys, clock)) return null
  const carried = tokenSchema.safeParse(envelope)
  if (!carried.success || !sameSecret(carried.data.header.token, keys.verificationToken)) return null
  return { envelope }
}

function signedBy({ headers }: FastifyRequest): SignedHeaders {
  const one = (name: string): string => {
    const value = headers[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    timestamp: one('x-lark-request-timestamp'),
    nonce: one('x-lark-request-nonce'),
    signature: one('x-lark-signature'),
  }
}

function refuse(reply: FastifyReply, log: Log): FastifyReply {
  log.warn({ chat: 'lark' }, 'a request that Lark did not sign was refused')
  return reply.code(401).send({ error: { code: 'FORBIDDEN', what: 'not signed by Lark' } })
}
