import { createHash } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { takeRawBodies } from '../chat/raw-body.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { bad } from '../records/parsed.ts'
import { type IngestAccess, sourceOf } from './access.ts'
import { NDJSON, recordsIn } from './body.ts'
import { type Intake, TooMuch } from './intake.ts'
import type { Limit } from './limit.ts'
import type { RequestKey } from './ports.ts'
import { postOf } from './post.ts'
import { type Proof, proofIn, signerOf } from './proof.ts'
import { type ReadSent, withinLength } from './read.ts'
import {
  BAD_KEY,
  BUSY,
  KEY_MISUSED,
  NO_SUCH,
  NOT_KEPT,
  OFF,
  PACKED,
  type Refusal,
  refuse,
  TOO_FAST,
  UNPROVED,
} from './refusal.ts'

/** Where something is taken in. */
export interface Door {
  /** Where rows are kept; null: under their sender's name. */
  readonly source: string | null
  /** Where in the body the list of records lies; absent: as our own addresses have it. */
  readonly list?: string
  readonly read: ReadSent
}

/** Seconds after which to come again when too much is waiting. */
const RETRY_AFTER = 2

/**
 * POST /ingest/NAME, in a scope of its own. Who sends is asked before the body is read; a request is answered once its
 * rows are kept. Texts, tokens and customers never reach the log.
 *
 * @param parts.clock the machine's: signatures are about real time, also in the demo
 */
export function ingestRoutes(parts: {
  readonly access: IngestAccess | null
  readonly doors: ReadonlyMap<string, Door>
  readonly intake: Intake
  readonly limit: Limit
  /** Whether too many customers wait to be judged. */
  isBehind(): boolean
  readonly clock: Clock
  readonly log: Log
}): FastifyPluginAsync {
  const { access, doors, intake, limit, clock, log } = parts
  const proofs = new WeakMap<FastifyRequest, Proof>()
  const complain = rarely(clock, (count, why) => log.warn({ count, why }, 'requests to /ingest were refused'))
  const turnAway = (reply: FastifyReply, refused: Refusal, retryAfter?: number): FastifyReply => {
    complain(refused.status)
    // What is left of the body is not waited for.
    void reply.header('connection', 'close')
    return refuse(reply, refused, retryAfter)
  }
  const paced = (reply: FastifyReply, sender: string): FastifyReply | null => {
    const wait = limit.wait(sender)
    return wait === 0 ? null : turnAway(reply, TOO_FAST, wait)
  }

  return async (app) => {
    takeRawBodies(app, ['application/json', ...NDJSON])
    app.addHook('onRequest', async (request, reply) => {
      if (access === null) return turnAway(reply, OFF)
      const proof = proofIn(request.headers, access, clock.now())
      if (proof.by === 'nothing') return turnAway(reply, UNPROVED[proof.why])
      if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return turnAway(reply, PACKED)
      proofs.set(request, proof)
      if (proof.by === 'token') return paced(reply, proof.sender) ?? undefined
    })
    app.post<{ Params: { door: string } }>('/ingest/:door', async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const proof = proofs.get(request)!
      const sender = senderOf(proof, body)
      if (sender === null) return turnAway(reply, UNPROVED.wrong)
      if (proof.by === 'signature') {
        const refused = paced(reply, sender)
        if (refused !== null) return refused
      }
      const door = doors.get(request.params.door)
      if (door === undefined) return refuse(reply, NO_SUCH([...doors.keys()]))
      return take(request, reply, { door, path: `/ingest/${request.params.door}`, sender, body })
    })
  }

  function senderOf(proof: Proof, body: Buffer): string | null {
    if (proof.by === 'token') return proof.sender
    return proof.by === 'signature' ? signerOf(body, proof, access!) : null
  }

  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { door: Door; path: string; sender: string; body: Buffer },
  ): Promise<FastifyReply> {
    const { door, path, sender, body } = asked
    const key = keyOf(request, sender, path, body)
    if (key === 'bad') return refuse(reply, BAD_KEY)
    const sent = recordsIn(body, request.headers['content-type'] ?? '', door.list)
    if ('refused' in sent) return refuse(reply, sent.refused)
    if (parts.isBehind()) return refuse(reply, BUSY, RETRY_AFTER)
    try {
      const read = (await door.read(sent)).map((each, index) => {
        const { fault } = sent[index]!
        return fault === undefined ? withinLength(each) : bad(fault.zh, fault.en)
      })
      const kept = await intake.take(
        postOf(sent, read, { path, source: door.source ?? sourceOf(sender), key }),
      )
      if ('misused' in kept) return refuse(reply, KEY_MISUSED)
      const { status, json } = kept.answer
      if (kept.isReplay) void reply.header('idempotent-replayed', 'true')
      return reply.code(status).type('application/json; charset=utf-8').send(json)
    } catch (error) {
      // What went wrong is in the log already, without the rows.
      return refuse(reply, error instanceof TooMuch ? BUSY : NOT_KEPT, RETRY_AFTER)
    }
  }
}

/** The key a request carries; null: none. */
function keyOf(
  { headers }: FastifyRequest,
  sender: string,
  path: string,
  body: Buffer,
): RequestKey | 'bad' | null {
  const key = headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) return 'bad'
  return { sender, key, digest: createHash('sha256').update(`${path}\n`).update(body).digest('hex') }
}

/** A flood of requests must not become a flood of lines: the first is told, then how many a minute. */
function rarely(clock: Clock, tell: (count: number, why: number) => void): (why: number) => void {
  const seen = new Map<number, { count: number; toldAt: number }>()
  return (why) => {
    const now = clock.now().getTime()
    const { count, toldAt } = seen.get(why) ?? { count: 0, toldAt: Number.NEGATIVE_INFINITY }
    if (now - toldAt < 60_000) return void seen.set(why, { count: count + 1, toldAt })
    seen.set(why, { count: 0, toldAt: now })
    tell(count + 1, why)
  }
}
