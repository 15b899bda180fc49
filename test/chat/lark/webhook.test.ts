import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Lark } from '../../../src/chat/lark/lark.ts'
import { VirtualClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { openServer, type Server } from '../../../src/server.ts'
import { eventually } from '../../eventually.ts'
import { flood } from '../../fakes/flood.ts'
import { type LarkFake, openLarkFake } from '../../fakes/lark.ts'
import { presses, says } from '../../fakes/lark-people.ts'
import { caseCard } from './cards.ts'
import { larkOver, openTestCounter, type TestCounter } from './open.ts'

const KEY = 'encrypt-key'
const NOW = new Date()
let fake: LarkFake
let lark: Lark
let counter: TestCounter
let server: Server
let clock: VirtualClock

beforeEach(async () => {
  fake = await openLarkFake()
  counter = openTestCounter()
  clock = new VirtualClock(NOW)
  const log = openLog('silent')
  lark = larkOver(fake, counter, { clock, webhook: { encryptKey: KEY, verificationToken: 'vtok' } })
  await lark.start()
  server = await openServer({
    host: '127.0.0.1',
    port: 0,
    log,
    routes: [lark.routes!],
    ready: async () => [],
  })
})
afterEach(async () => {
  await server.close()
  await lark.stop()
  await fake.close()
})

async function send({ body, headers }: { body: string; headers: Record<string, string> }) {
  const response = await fetch(`${server.url}/lark/events`, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const sealed = (event: object, at = NOW) => fake.seal(event, KEY, at)

test('a signed press is kept and answered in the body; sent again it does nothing', async () => {
  await lark.chat.post({ chat: 'lark', channel: 'oc_alerts' }, caseCard, 'card-1')
  const letter = sealed(presses('ou_lin', fake.shown('oc_alerts')[0]!, '认领'))
  expect(await send(letter)).toMatchObject({ status: 200, body: { toast: { type: 'info' } } })
  expect(await send(letter)).toMatchObject({ status: 200 })
  expect(counter.taken).toHaveLength(1)
})

test('an event that cannot be kept is a 500, so that Lark sends it again', async () => {
  counter.broken = new Error('the database is away')
  const letter = sealed(says('ou_lin', 'mine'))
  expect((await send(letter)).status).toBe(500)
  counter.broken = null
  expect((await send(letter)).status).toBe(200)
  expect(counter.taken).toHaveLength(1)
})

test('being connected means that Lark answers, asked until it does', async () => {
  await lark.stop()
  fake.trouble({ on: /bot.v3.info/, tell: { status: 500, body: {} } })
  lark = larkOver(fake, counter, {
    clock,
    watchMs: 1,
    webhook: { encryptKey: KEY, verificationToken: 'vtok' },
  })
  expect(lark.health()).toEqual({ connected: false, since: null, trouble: null })
  await lark.start()
  expect(lark.health()).toMatchObject({ connected: false, trouble: expect.stringContaining('500') })
  await eventually(() => expect(lark.health()).toMatchObject({ connected: true, since: NOW, trouble: null }))
})

test('the challenge of a new address is answered only with the right token', async () => {
  const challenge = { type: 'url_verification', challenge: 'abc', token: 'vtok' }
  const { body } = sealed(challenge)
  const headers = { 'content-type': 'application/json' }
  expect(await send({ body, headers })).toEqual({ status: 200, body: { challenge: 'abc' } })
  const wrong = sealed({ ...challenge, token: 'guess' })
  expect((await send({ body: wrong.body, headers })).status).toBe(401)
  expect((await send({ body: JSON.stringify(challenge), headers })).status).toBe(401)
})

test('whatever Lark did not sign, just now, with our keys is refused', async () => {
  const event = says('ou_lin', 'mine')
  const good = sealed(event)
  const minutes = (count: number) => new Date(+NOW + count * 60_000)
  const letters: Record<string, typeof good> = {
    'no signature': { ...good, headers: { 'content-type': 'application/json' } },
    'forged signature': { ...good, headers: { ...good.headers, 'x-lark-signature': 'f'.repeat(64) } },
    'short signature': { ...good, headers: { ...good.headers, 'x-lark-signature': '0' } },
    'a byte more': { ...good, body: `${good.body} ` },
    'another nonce': { ...good, headers: { ...good.headers, 'x-lark-request-nonce': 'x' } },
    'old timestamp': sealed(event, minutes(-6)),
    'timestamp of tomorrow': sealed(event, minutes(24 * 60)),
    'no timestamp at all': { ...good, headers: { ...good.headers, 'x-lark-request-timestamp': 'NaN' } },
    'another key': fake.seal(event, 'another-key', NOW),
    'wrong token': sealed({ ...event, header: { ...event.header, token: 'guess' } }),
    'no token': sealed({ ...event, header: { ...event.header, token: undefined } }),
    'not encrypted': { ...good, body: JSON.stringify(event) },
    'not JSON': { ...good, body: '{' },
    'broken cipher': { ...good, body: '{"encrypt":"AAAA"}' },
  }
  for (const [name, letter] of Object.entries(letters))
    expect({ name, status: (await send(letter)).status }).toEqual({ name, status: 401 })
  expect(counter.taken).toEqual([])
})

test('an old letter is worth nothing once its five minutes are over', async () => {
  const letter = sealed(says('ou_lin', 'mine'))
  clock.advance(300_001 + 1_000)
  expect((await send(letter)).status).toBe(401)
})

test('another kind of body is refused, and one without end is cut off while it comes in', async () => {
  const { body, headers } = sealed(says('ou_lin', 'mine'))
  expect((await send({ body, headers: { ...headers, 'content-type': 'text/plain' } })).status).toBe(415)
  const { status, sent } = await flood(`${server.url}/lark/events`, 200 * 1024 * 1024)
  expect(status).toBe(413)
  expect(sent).toBeLessThan(50 * 1024 * 1024)
})
