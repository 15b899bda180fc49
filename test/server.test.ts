import { connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { ForeshockError } from '../src/errors.ts'
import { openServer, type Server, type ServerOptions } from '../src/server.ts'
import { describeFailure } from '../src/server-errors.ts'

const opened: Server[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()))
})

async function open(options: Partial<ServerOptions> = {}): Promise<Server> {
  const usual = {
    host: '127.0.0.1',
    port: 0,
    log: pino({ level: 'silent' }),
    routes: [],
    ready: async () => [],
    graceMs: 200,
  }
  const server = await openServer({ ...usual, ...options })
  opened.push(server)
  return server
}

test('healthz says that the process lives, readyz what it still waits for', async () => {
  const problems = ['The database does not answer.']
  const { url } = await open({ ready: async () => problems })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const waiting = await fetch(`${url}/readyz`)
  expect([waiting.status, await waiting.json()]).toEqual([503, { status: 'waiting', problems }])
  problems.length = 0
  const ready = await fetch(`${url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', problems: [] }])
})

test('a busy port says who is in the way and how to go on', async () => {
  const { port } = await open()
  const second = open({ port })
  await expect(second).rejects.toMatchObject({
    code: 'PORT_BUSY',
    message: `Port ${port} is in use by another program.`,
    hint: 'Stop it, or set FORESHOCK_PORT / server.port.',
  })
})

test('an address of another machine is refused in words', async () => {
  await expect(open({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('192.0.2.1'),
  })
})

test('each request has an id, in its answer and its log lines; addresses and secrets stay out of the log', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const { url } = await open({
    log,
    routes: [async (app) => void app.get('/boom', () => Promise.reject(new Error('inside')))],
  })
  const answer = await fetch(`${url}/boom?token=secret-token`)
  const id = answer.headers.get('x-request-id')!
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  const mine = lines
    .map((line) => JSON.parse(line) as { request?: string; route?: string; status?: number })
    .filter(({ request }) => request === id)
  expect(mine.at(-1)).toMatchObject({ route: '/boom', status: 500 })
  expect(lines.join('')).not.toContain('secret-token')
  expect(await answer.text()).not.toContain('inside')
  const forged = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'mine' } })
  expect(forged.headers.get('x-request-id')).not.toBe('mine')
})

test('a broken address is a refusal, not a crash', async () => {
  const { url } = await open()
  const answer = await fetch(`${url}/%E0%A4%A`)
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
    400,
    'BAD_INPUT',
  ])
})

test("one plugin's hooks do not reach another", async () => {
  const refusing = async (app: Parameters<ServerOptions['routes'][number]>[0]) => {
    app.addHook('onRequest', async () => {
      throw new ForeshockError('FORBIDDEN', 'no', 'never')
    })
    app.get('/closed', () => 'x')
  }
  const { url } = await open({ routes: [refusing, async (app) => void app.get('/open', () => 'x')] })
  expect((await fetch(`${url}/closed`)).status).toBe(403)
  expect((await fetch(`${url}/open`)).status).toBe(200)
})

test('closing lets a running request end and cuts an idle line', async () => {
  let entered = () => {}
  const inside = new Promise<void>((resolve) => {
    entered = resolve
  })
  const slow = async (app: Parameters<ServerOptions['routes'][number]>[0]) =>
    void app.get('/slow', async () => {
      entered()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { done: true }
    })
  const { url, port, close } = await open({ routes: [slow] })
  const idle = connect(port, '127.0.0.1')
  const answer = fetch(`${url}/slow`)
  await inside
  await close()
  expect(await (await answer).json()).toEqual({ done: true })
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  idle.destroy()
})

test('expected errors keep their words, everything else is an internal error', () => {
  const expected = describeFailure(new ForeshockError('CONFLICT', 'taken', 'ask'), 'r')
  expect([expected.status, expected.unexpected, expected.body.error.code]).toEqual([409, false, 'CONFLICT'])
  for (const thrown of [new Error('x'), null, 'text', { statusCode: 'no' }]) {
    expect(describeFailure(thrown, 'r-7')).toMatchObject({
      status: 500,
      unexpected: true,
      body: { error: { code: 'INTERNAL' } },
    })
  }
})
