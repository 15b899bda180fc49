import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { flood } from '../../fakes/flood.ts'
import { claimAction, commandBody, eventBody, pressBody, submitBody } from '../../fakes/slack/people.ts'
import { sendSigned, signedHeaders, wireForm } from '../../fakes/slack/signed.ts'
import { openUnderTest, type SlackUnderTest } from './open.ts'

let under: SlackUnderTest
afterEach(() => under.close())

const now = () => Math.floor(Date.now() / 1_000)
const signing = () => ({ secret: under.secret, timestamp: now() })

test('commands, clicks, forms and events come in signed, and each is answered as Slack wants it', async () => {
  under = await openUnderTest('http')
  const { fake, counter, url } = under
  expect(await sendSigned(url, commandBody(fake, 'top 20'), signing())).toEqual({ status: 200, text: '' })
  expect(await sendSigned(url, pressBody(fake, claimAction), signing())).toEqual({ status: 200, text: '' })
  const said = { type: 'app_mention', user: 'U0LIN', channel: 'C0ALERTS', ts: '1.1', text: '<@U0BOT> mine' }
  expect(await sendSigned(url, eventBody(fake, said), signing())).toEqual({ status: 200, text: '' })
  expect(counter.taken.map(({ did }) => did.kind)).toEqual(['say', 'press', 'say'])
  expect(
    await sendSigned(url, { type: 'url_verification', challenge: 'abc', token: 'x' }, signing()),
  ).toEqual({
    status: 200,
    text: '{"challenge":"abc"}',
  })
})

test('what cannot be kept: 503 for events, words for people', async () => {
  under = await openUnderTest('http')
  const { fake, counter, url } = under
  counter.fails = true
  const event = eventBody(fake, { type: 'app_home_opened', user: 'U0LIN', channel: 'D1', tab: 'home' })
  const at = signing()
  expect((await sendSigned(url, event, at)).status).toBe(503)
  const told = await sendSigned(url, commandBody(fake, 'mine'), signing())
  expect(told).toMatchObject({ status: 200, text: expect.stringContaining('"response_type":"ephemeral"') })
  counter.fails = false
  // The same request again is worked on: the first one did nothing.
  expect((await sendSigned(url, event, at)).status).toBe(200)
  expect(counter.taken).toHaveLength(1)
})

test('forged, altered, stale, early, unsigned: 401, and nothing happens', async () => {
  under = await openUnderTest('http')
  const { fake, counter, url, secret } = under
  const body = commandBody(fake, 'claim A-1042')
  const status = async (given: { secret: string; timestamp: number }) =>
    (await sendSigned(url, body, given)).status
  expect(await status({ secret: 'guessed', timestamp: now() })).toBe(401)
  expect(await status({ secret, timestamp: now() - 360 })).toBe(401)
  expect(await status({ secret, timestamp: now() + 86_400 })).toBe(401)
  const { type, words } = wireForm(body)
  const post = async (headers: Record<string, string>, sent = words) =>
    (await fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body: sent })).status
  const good = signedHeaders(words, { secret, timestamp: now() })
  expect(await post(good, words.replace('A-1042', 'A-1043'))).toBe(401)
  expect(await post({ ...good, 'x-slack-signature': 'v0=short' })).toBe(401)
  expect(await post({ ...good, 'x-slack-request-timestamp': '1e9' })).toBe(401)
  expect(await post({})).toBe(401)
  expect(counter.taken).toEqual([])
  expect(await post(good)).toBe(200)
  expect(counter.taken).toHaveLength(1)
})

test('the same request caught and sent again does nothing', async () => {
  under = await openUnderTest('http')
  const { fake, counter, url } = under
  const body = pressBody(fake, claimAction)
  const at = signing()
  const all = await Promise.all([1, 2, 3].map(() => sendSigned(url, body, at)))
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(counter.tries).toBe(1)
})

test('200 MB are cut off at 256 KB', async () => {
  under = await openUnderTest('http')
  const { url } = under
  const { status, sent } = await flood(url, 200 * 1024 * 1024)
  expect(status).toBe(413)
  expect(sent).toBeLessThan(50 * 1024 * 1024)
  const named = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.alloc(300 * 1024, 'x'),
  })
  expect(named.status).toBe(413)
})

test('what is no JSON, of another type or of unknown kind is refused or ignored, signed or not', async () => {
  under = await openUnderTest('http')
  const { fake, counter, url, secret } = under
  const post = async (type: string, words: string) => {
    const headers = { 'content-type': type, ...signedHeaders(words, { secret, timestamp: now() }) }
    return (await fetch(url, { method: 'POST', headers, body: words })).status
  }
  expect(await post('application/json', '{"type":')).toBe(400)
  expect(await post('application/json', '[]')).toBe(400)
  expect(await post('application/x-www-form-urlencoded', 'payload=nonsense')).toBe(400)
  expect(await post('text/plain', 'hello')).toBe(415)
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024))
  const zipped = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    ...signedHeaders('', signing()),
  }
  expect((await fetch(url, { method: 'POST', headers: zipped, body: bomb })).status).toBe(401)
  expect(await post('application/json', '{"type":"event_callback","__proto__":{"team_id":"T0FAKE"}}')).toBe(
    200,
  )
  expect(await post('application/json', '{"type":"made_up"}')).toBe(200)
  expect(await post('application/x-www-form-urlencoded', 'ssl_check=1&token=x')).toBe(200)
  expect((await sendSigned(url, submitBody(fake, { id: 'V1', view: {} }, {}), signing())).status).toBe(200)
  expect((await fetch(url)).status).toBe(404)
  expect(counter.taken).toEqual([])
})
