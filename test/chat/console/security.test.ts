import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConsole } from '../../../src/chat/console/console.ts'
import { isLoopbackHost } from '../../../src/chat/console/guard.ts'
import type { WireAnswer, WireError } from '../../../src/chat/console/wire.ts'
import { sameSecret } from '../../../src/chat/secrets.ts'
import { codeOf, rawGet, signIn, type TestBrowser } from './browser-client.ts'
import { openTestConsole, ROOT, type TestConsole } from './open.ts'

const line = () => ({ channel: 'alerts', thread: null, line: 'mine', request: 'r-1' })

describe('on loopback', () => {
  let console: TestConsole
  let browser: TestBrowser
  beforeAll(async () => {
    console = await openTestConsole()
    browser = await signIn(console.url)
  })
  afterAll(() => console.server.close())

  test('a page with its cookie, origin and CSRF words may post', async () => {
    const answer = await browser.post<WireAnswer>('/api/say', line())
    expect([answer.status, answer.body]).toEqual([200, { note: null, form: null }])
  })

  test.each([
    ['no CSRF words', { 'x-foreshock-csrf': null }, 403],
    ['wrong CSRF words', { 'x-foreshock-csrf': 'x'.repeat(43) }, 403],
    ['no origin', { origin: null }, 403],
    ['the origin of another site', { origin: 'https://evil.example' }, 403],
    ['the origin of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['the origin "null"', { origin: 'null' }, 403],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
    ['no cookie', { cookie: '' }, 401],
    ['a forged cookie', { cookie: 'foreshock_session_1=abc.def' }, 401],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
  ])('a post with %s is refused', async (_what, headers, status) => {
    const before = console.desk.calls.length
    const answer = await browser.post<WireError>('/api/say', line(), headers)
    expect(answer.status).toBe(status)
    expect(answer.body.error.what.zh).not.toBe('')
    expect(console.desk.calls).toHaveLength(before)
  })

  test("another browser's CSRF words do not fit this one's cookie", async () => {
    const other = await signIn(console.url)
    const answer = await browser.post('/api/say', line(), { 'x-foreshock-csrf': other.session.csrf })
    expect(answer.status).toBe(403)
  })

  test('a name that only points here is refused (DNS rebinding), for the page as for its data', async () => {
    for (const path of ['/', '/api/session', '/page/main.js']) {
      const answer = await rawGet(console.url, path, { host: `evil.example:${console.port}` })
      expect(answer.status).toBe(403)
      expect(answer.body).toContain('evil.example')
    }
    expect((await rawGet(console.url, '/', { host: 'localhost:1' })).status).toBe(403)
    expect((await rawGet(console.url, '/', { host: `localhost:${console.port}` })).status).toBe(200)
  })

  test('following a link from another site opens the page', async () => {
    const headers = {
      host: `127.0.0.1:${console.port}`,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    }
    expect((await rawGet(console.url, '/', headers)).status).toBe(200)
  })

  test('the cookie is out of reach of scripts and other sites', async () => {
    const { headers } = await fetch(`${console.url}/api/session`)
    expect(headers.getSetCookie()[0]).toMatch(
      /^foreshock_session_\d+=[\w-]+\.[\w-]+; Path=\/; HttpOnly; SameSite=Strict;/,
    )
  })

  test('the page runs its own scripts only and may not be framed', async () => {
    const { headers } = await fetch(console.url)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'(;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})

describe('with a token', () => {
  const TOKEN = 'a-long-enough-test-token-0001'
  let console: TestConsole
  beforeAll(async () => {
    console = await openTestConsole({ token: TOKEN })
  })
  afterAll(() => console.server.close())

  test('nothing is read without it', async () => {
    for (const path of [
      '/api/session',
      '/api/messages?channel=alerts',
      '/api/events',
      '/login',
      '/login?token=wrong',
    ]) {
      const answer = await fetch(console.url + path, { redirect: 'manual' })
      expect(answer.status).toBe(401)
      expect(((await answer.json()) as WireError).error.code).toBe('SIGNED_OUT')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  test('the login link leaves a cookie and shows the page', async () => {
    expect(console.entrance).toBe(`/login?token=${TOKEN}`)
    const answer = await fetch(console.url + console.entrance, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
    expect((await fetch(`${console.url}/api/session`, { headers: { cookie } })).status).toBe(200)
  })

  test('ten wrong tokens from an address shut it out for a minute, but nobody who is signed in', async () => {
    const ask = (token: string) => fetch(`${console.url}/login?token=${token}`, { redirect: 'manual' })
    console.clock.advance(60_000)
    const browser = await signIn(console.url, { authorization: `Bearer ${TOKEN}` })
    const wrong = [...Array(11).keys()].map((nth) => ask(`wrong-${nth}`))
    expect((await Promise.all(wrong)).map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(401),
      429,
    ])
    const refused = await ask(TOKEN)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(((await refused.json()) as WireError).error.hint.en).toBe('Try again in 60 s.')
    expect((await browser.get('/api/tally')).status).toBe(200)
    console.clock.advance(60_000)
    expect((await ask(TOKEN)).status).toBe(303)
  })

  test('a program may bring it as a bearer token', async () => {
    const browser = await signIn(console.url, { authorization: `Bearer ${TOKEN}` })
    expect((await browser.post('/api/say', line())).status).toBe(200)
  })
})

test('without loopback and without a good token the console does not open', async () => {
  const open = (token: string | null) =>
    openConsole({ host: '0.0.0.0', token, root: ROOT } as Parameters<typeof openConsole>[0])
  await expect(open(null)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('FORESHOCK_CONSOLE_TOKEN'),
  })
  await expect(open('short')).rejects.toThrow(/too short/)
})

test('a page that is not built is said to be', async () => {
  const options = { host: '127.0.0.1', token: null, root: '/nonexistent' } as Parameters<
    typeof openConsole
  >[0]
  await expect(openConsole(options)).rejects.toMatchObject({
    code: 'CONFIG_MISSING',
    hint: expect.stringContaining('npm run build'),
  })
})

test.each([
  ['127.0.0.1:7070', true],
  ['LOCALHOST:7070', true],
  ['[::1]:7070', true],
  ['127.0.0.1', false],
  ['127.0.0.1:7071', false],
  ['localhost.evil.example:7070', false],
  ['127.0.0.1:7070@evil.example', false],
  ['', false],
])('host %s on port 7070: %s', (host, allowed) => {
  expect(isLoopbackHost(host, 7070)).toBe(allowed)
})

test('secrets of any length compare', () => {
  expect([sameSecret('a', 'a'), sameSecret('a', 'b'), sameSecret('', 'abc')]).toEqual([true, false, false])
})

test('an unknown person in the cookie is replaced by the default one', async () => {
  const console = await openTestConsole()
  const cookie = `foreshock_person_${console.port}=${Buffer.from('nobody').toString('base64url')}`
  const answer = await fetch(`${console.url}/api/session`, { headers: { cookie } })
  expect(((await answer.json()) as { me: { id: string } }).me.id).toBe('li')
  const refused = await (await signIn(console.url)).post('/api/person', { id: 'nobody' })
  expect([refused.status, codeOf(refused)]).toEqual([404, 'NOT_FOUND'])
  await console.server.close()
})
