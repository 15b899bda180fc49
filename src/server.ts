import fastify, {
  type FastifyBaseLogger,
  type FastifyPluginAsync,
  type FastifyReply,
  LogController,
} from 'fastify'
import { ForeshockError } from './errors.ts'
import { type NewId, randomIds } from './ids.ts'
import { describeFailure } from './server-errors.ts'
import { text } from './text.ts'

export interface ServerOptions {
  readonly host: string
  /** 0 lets the system choose one. */
  readonly port: number
  readonly log: FastifyBaseLogger
  /** Each in its own scope: a hook or parser of one never reaches another. */
  readonly routes: readonly FastifyPluginAsync[]
  /** What keeps the program from doing its work, one sentence each; empty when it is ready. */
  readonly ready: () => Promise<readonly string[]>
  readonly newId?: NewId
  /** How long open requests may go on after `close`. Milliseconds. */
  readonly graceMs?: number
}

export interface Server {
  /** "http://127.0.0.1:7070" */
  readonly url: string
  readonly port: number
  /** Takes no new request, lets running ones end, then cuts what is left. */
  close(): Promise<void>
}

const BODY_LIMIT = 256 * 1024
const REQUEST_TIMEOUT_MS = 30_000

/**
 * The one HTTP server: health answers and whatever routes it is handed.
 * Throws ForeshockError PORT_BUSY or CONFIG_INVALID when it cannot listen.
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const app = build(options)
  for (const routes of options.routes) await app.register(routes)
  try {
    await app.listen({ host: options.host, port: options.port })
  } catch (error) {
    await app.close()
    throw listenFailure(error, options)
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    url: `http://${forUrl(options.host)}:${port}`,
    port,
    close: () => closeWithin(app, options.graceMs ?? 5_000),
  }
}

function build({ log, ready, newId = randomIds }: ServerOptions) {
  const app = fastify({
    loggerInstance: log,
    // Our own line below names the route, never the address: a login link carries a secret in its query.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      const { status, body } = describeFailure(error, request.id)
      void (reply as FastifyReply).code(status).send(body)
    },
  })
  app.removeContentTypeParser('text/plain')

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    })
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    request.log[reply.statusCode >= 500 ? 'error' : 'debug'](line, 'answered')
  })
  app.setErrorHandler((error, request, reply) => {
    const { status, body, unexpected } = describeFailure(error, request.id)
    if (unexpected) request.log.error({ err: error }, 'request failed')
    return reply.code(status).send(body)
  })
  app.setNotFoundHandler((request, reply) => {
    const missing = new ForeshockError(
      'NOT_FOUND',
      text('这里没有这个地址。', 'There is nothing at this address.'),
      text('请从首页进入。', 'Start from the front page.'),
    )
    const { status, body } = describeFailure(missing, request.id)
    return reply.code(status).send(body)
  })

  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const problems = await ready()
    return reply
      .code(problems.length ? 503 : 200)
      .send({ status: problems.length ? 'waiting' : 'ready', problems })
  })
  return app
}

async function closeWithin(app: ReturnType<typeof build>, graceMs: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}

function listenFailure(error: unknown, { host, port }: ServerOptions): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return new ForeshockError(
      'PORT_BUSY',
      text(`端口 ${port} 已被别的程序占用。`, `Port ${port} is in use by another program.`),
      text(
        '请停掉那个程序，或者用 FORESHOCK_PORT / server.port 换一个端口。',
        'Stop it, or set FORESHOCK_PORT / server.port.',
      ),
    )
  }
  if (code === 'EACCES') {
    return new ForeshockError(
      'CONFIG_INVALID',
      text(`没有权限使用端口 ${port}。`, `This user may not listen on port ${port}.`),
      text('请把 server.port 设为 1024 以上的端口。', 'Set server.port to a port above 1024.'),
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ForeshockError(
      'CONFIG_INVALID',
      text(
        `server.host 的 ${host} 不是本机的地址。`,
        `server.host ${host} is not an address of this machine.`,
      ),
      text('只给本机使用时请写 127.0.0.1。', 'Use 127.0.0.1 to serve this machine only.'),
    )
  }
  return error
}

function forUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
