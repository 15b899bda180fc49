import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import {
  ANGRY,
  BEARER,
  JSON_TYPE,
  NDJSON,
  OLD_TOKEN,
  openSending,
  type Sending,
  signed,
  TOKEN,
  voice,
} from './program.ts'

/** One program for all that is refused. */
describe.each(onePlace)('what POST /ingest refuses, on $name', (where) => {
  let sending: Sending
  beforeAll(async () => {
    sending = await openSending(where)
  })
  afterAll(() => sending.close())
  it('a signature is over these bytes, made just now, by one of the secrets', async () => {
    const body = JSON.stringify(voice('signed'))
    const status = async (headers: Record<string, string>, words: string = body) =>
      (await sending.post('feedback', words, headers)).status
    expect(await status(signed(body))).toBe(200)
    expect(await status(signed(body), body.replace('signed', 'forged'))).toBe(401)
    expect(await status(signed(body, 'some-other-secret-of-16'))).toBe(401)
    expect(await status(signed(body, undefined, Date.now() - 301_000))).toBe(401)
    expect(await status(signed(body, undefined, Date.now() + 302_000))).toBe(401)
    expect(await status({ ...signed(body), 'x-foreshock-timestamp': 'soon' })).toBe(401)
    expect(await status({ ...signed(body), 'x-foreshock-signature': 'sha256=00' })).toBe(401)
    expect(await status({ ...JSON_TYPE, authorization: `Bearer ${OLD_TOKEN}` })).toBe(200)
    expect(await status({ ...JSON_TYPE, authorization: `Bearer ${TOKEN}x` })).toBe(401)
    expect(await status({ ...JSON_TYPE, authorization: `Basic ${TOKEN}` })).toBe(401)
    expect(await status(JSON_TYPE)).toBe(401)
    expect(await sending.voices()).not.toContain('说的话 forged')
  })

  it.each([
    ['broken JSON', '{"id": 1,', BEARER, 400],
    ['a number', '12', BEARER, 400],
    ['nothing', '', BEARER, 400],
    ['no record', '[]', BEARER, 400],
    ['broken UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), BEARER, 400],
    ['binary', Buffer.from([0, 1, 2, 3, 255]), BEARER, 400],
    ['a form', 'a=b', { ...BEARER, 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a packed body', 'x', { ...BEARER, 'content-encoding': 'gzip' }, 415],
    ['more than 256 KB', JSON.stringify([{ text: 'x'.repeat(300_000) }]), BEARER, 413],
    ['1 MB in one text', JSON.stringify(voice('long', { text: '长'.repeat(350_000) })), BEARER, 413],
    ['10,000 records', JSON.stringify(Array(10_000).fill({ id: 1 })), BEARER, 413],
    ['a nest', '['.repeat(100_000) + ']'.repeat(100_000), BEARER, 422],
    ['a hidden prototype', '{"__proto__": {"admin": true}, "id": "h"}', BEARER, 422],
    ['a key twice', '{"id": "one", "id": "other"}', BEARER, 400],
    ['a key twice in a line', '{"id": "one", "id": "other"}', NDJSON, 422],
    ['a page of HTML', '<!doctype html><html><body>502 Bad Gateway</body></html>', BEARER, 400],
    ['no kind of content', '{}', { authorization: BEARER.authorization, 'content-type': '' }, 415],
    ['Chinese in GBK', Buffer.from('7b2274657874223a22cdcbbfee227d', 'hex'), BEARER, 400],
    ['a broken line', '{"id": 1,\n', NDJSON, 422],
  ] as const)('%s is refused with one sentence', async (_, body, headers, expected) => {
    const { status, body: said } = await sending.post('feedback', body as string, { ...headers })
    expect(status).toBe(expected)
    const words = said.error?.what.en ?? said.records[0].reason
    expect(words).toMatch(/\w{2,} \w{2,}/)
    expect((await sending.post('feedback', voice(`after ${String(_)}`))).status).toBe(200)
  })

  it('whoever cannot prove who they are is turned away before the body is sent', async () => {
    const { port } = new URL(sending.url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          'POST /ingest/feedback HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n{',
        ),
      )
      let said = ''
      socket.on('data', (chunk) => {
        said += chunk
      })
      socket.on('close', () => resolve(said))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer).toMatch(/connection: close/i)
    const flood = await Promise.all(
      Array.from({ length: 60 }, () => sending.post('feedback', voice('f'), JSON_TYPE)),
    )
    expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([401]))
    expect(sending.lines.filter((line) => line.includes('were refused')).length).toBeLessThan(10)
  })

  it('no text, token or name of a customer is in the log', () => {
    const log = sending.lines.join('')
    expect(log).toContain('/ingest/:door')
    for (const secret of [ANGRY, TOKEN, OLD_TOKEN, '客户1', '说的话', '13800000012', 'Ignore all previous'])
      expect(log).not.toContain(secret)
  })
})
