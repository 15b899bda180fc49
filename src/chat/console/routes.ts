import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { ForeshockError } from '../../errors.ts'
import { text } from '../../text.ts'
import type { Asset, Assets } from './assets.ts'
import { encodeAnswer } from './encode.ts'
import type { Events } from './events.ts'
import { type Guard, portOf } from './guard.ts'
import { readClock, readComplete, readPage, readPerson, readPress, readSay, readThread } from './normalize.ts'
import type { ConsoleDesk, ConsoleMessages } from './ports.ts'
import { personOf, rememberPerson } from './sessions.ts'
import type { WireError, WireMessage, WireMessages, WireSession, WireTallies, WireThread } from './wire.ts'

export interface ConsoleParts {
  readonly desk: ConsoleDesk
  readonly messages: ConsoleMessages
  readonly events: Events
  readonly guard: Guard
  readonly assets: Assets
}

/** Everything the page asks for over HTTP, as one Fastify plugin. */
export function consoleRoutes(parts: ConsoleParts): FastifyPluginAsync {
  const { guard, events, assets } = parts
  return async (app) => {
    app.addHook('onRequest', async (request) => guard.checkWhere(request))
    app.addHook('preClose', async () => events.close())
    for (const asset of assets.files)
      app.get(asset.url, (request, reply) => sendAsset(asset, assets, request, reply))
    signingIn(app, parts)
    await app.register(async (inner) => {
      inner.addHook('onRequest', async (request, reply) => {
        const session = guard.session(request)
        if (!session) return signedOut(reply)
        if (request.method === 'POST') guard.checkPost(request, session)
      })
      reading(inner, parts)
      acting(inner, parts)
    })
  }
}

function reading(app: FastifyInstance, { desk, messages, events, guard }: ConsoleParts): void {
  app.get('/api/messages', async (request): Promise<WireMessages> => {
    const query = readPage(request.query)
    const { me, channels } = await whoAsks(desk, request)
    if (!channels.some(({ id }) => id === query.channel)) throw noChannel(query.channel)
    return messages.list({ ...query, reader: me.id })
  })

  app.get('/api/thread', async (request): Promise<WireThread> => {
    const query = readThread(request.query)
    const { me } = await whoAsks(desk, request)
    const head = await visible(messages, query.message, me.id)
    return { head, messages: await messages.thread(head.id, me.id) }
  })

  app.get('/api/tally', async (): Promise<WireTallies> => messages.tally())

  app.get('/api/complete', async (request) => {
    const line = readComplete(request.query)
    const { me } = await whoAsks(desk, request)
    return desk.complete(me.id, line)
  })

  app.get('/api/table', async (request, reply) => {
    const line = readComplete(request.query)
    const { me } = await whoAsks(desk, request)
    const { name, csv } = await desk.table(me.id, line)
    reply.headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' })
    return reply.type('text/csv; charset=utf-8').send(csv)
  })

  app.get('/api/events', async (request, reply) => {
    const { me } = await whoAsks(desk, request)
    reply.hijack()
    const headers = {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    }
    reply.raw.writeHead(200, headers as Record<string, string>)
    events.open({ person: me.id, session: guard.session(request)!.id, sink: reply.raw })
  })
}

function acting(app: FastifyInstance, { desk, messages, events, guard }: ConsoleParts): void {
  app.post('/api/say', async (request) => {
    const body = readSay(request.body)
    const { me } = await whoAsks(desk, request)
    if (body.thread !== null) await visible(messages, body.thread, me.id)
    return encodeAnswer(await desk.say({ ...body, person: me.id }))
  })

  app.post('/api/press', async (request) => {
    const body = readPress(request.body)
    const { me } = await whoAsks(desk, request)
    const { channel } = await visible(messages, body.message, me.id)
    return encodeAnswer(await desk.press({ ...body, channel, person: me.id }))
  })

  app.post('/api/person', async (request, reply): Promise<WireSession> => {
    const { id } = readPerson(request.body)
    const session = guard.session(request)!
    const seen = await desk.session(id)
    reply.header('set-cookie', rememberPerson(seen.me.id, portOf(request)))
    events.drop(session.id)
    return { ...seen, csrf: session.csrf }
  })

  app.post('/api/clock', async (request) => {
    const wish = readClock(request.body)
    if (!desk.clock) throw noClock()
    if ('hours' in wish) desk.clock.advance(wish.hours)
    else desk.clock.play(wish.play)
    return desk.clock.state()
  })
}

function signingIn(app: FastifyInstance, { desk, guard }: ConsoleParts): void {
  app.get('/api/session', async (request, reply) => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
    const wait = guard.wait(request)
    if (wait > 0) return tooManyTries(reply, wait)
    const session = guard.signIn(request, reply, bearer)
    if (!session) return signedOut(reply)
    return { ...(await whoAsks(desk, request)), csrf: session.csrf } satisfies WireSession
  })

  // The login link carries the token once and leaves a cookie behind.
  app.get('/login', async (request, reply) => {
    const { token } = request.query as { token?: unknown }
    const wait = guard.wait(request)
    if (wait > 0) return tooManyTries(reply, wait)
    const session = guard.signIn(request, reply, typeof token === 'string' ? token : null)
    return session ? reply.redirect('/', 303) : signedOut(reply)
  })
}

/** The session of the person the browser acts as; of the default one when that person no longer exists. */
async function whoAsks(desk: ConsoleDesk, request: FastifyRequest): Promise<Omit<WireSession, 'csrf'>> {
  const chosen = personOf(request.headers.cookie, portOf(request))
  try {
    return await desk.session(chosen)
  } catch (error) {
    if (chosen !== null && error instanceof ForeshockError && error.code === 'NOT_FOUND')
      return desk.session(null)
    throw error
  }
}

/** The message if this reader may see it. A private one answers as if it did not exist. */
async function visible(messages: ConsoleMessages, id: string, reader: string): Promise<WireMessage> {
  const message = await messages.get(id)
  if (message && (message.onlyFor === null || message.onlyFor === reader)) return message
  throw new ForeshockError(
    'NOT_FOUND',
    text('这条消息不存在。', 'There is no such message.'),
    text('请重新载入页面。', 'Reload the page.'),
  )
}

function sendAsset(
  asset: Asset,
  { policy }: Assets,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache', etag: asset.etag })
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
  return reply.type(asset.type).send(asset.body)
}

function signedOut(reply: FastifyReply): FastifyReply {
  const what = text('请先登录控制台。', 'Sign in to the console first.')
  const hint = text('请打开启动时打印的登录链接。', 'Open the login link printed at start.')
  return reply.code(401).send({ error: { code: 'SIGNED_OUT', what, hint } } satisfies WireError)
}

function tooManyTries(reply: FastifyReply, seconds: number): FastifyReply {
  const what = text('口令错误次数过多。', 'Too many wrong tokens came from this address.')
  const hint = text(`请在 ${seconds} 秒后再试。`, `Try again in ${seconds} s.`)
  const body: WireError = { error: { code: 'TOO_MANY_TRIES', what, hint } }
  return reply.code(429).header('retry-after', seconds).send(body)
}

const noChannel = (channel: string) =>
  new ForeshockError(
    'NOT_FOUND',
    text(`没有“${channel}”这个频道。`, `There is no channel "${channel}".`),
    text('请从左侧选择一个频道。', 'Choose a channel on the left.'),
  )

const noClock = () =>
  new ForeshockError(
    'FORBIDDEN',
    text('只有演示模式才能拨动时钟。', 'The clock can be moved in demo mode only.'),
    text('请用 foreshock demo 启动演示。', 'Start the demo with "foreshock demo".'),
  )
