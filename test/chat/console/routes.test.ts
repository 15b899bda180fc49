import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  WireClock,
  WireError,
  WireHint,
  WireMessages,
  WireSession,
  WireThread,
} from '../../../src/chat/console/wire.ts'
import { codeOf, listen, signIn, type TestBrowser } from './browser-client.ts'
import { alertCard, smallCard } from './cards.ts'
import { openTestConsole, START, type TestConsole } from './open.ts'

let console: TestConsole
let li: TestBrowser
let zhou: TestBrowser
const to = { chat: 'console', channel: 'alerts' }

beforeAll(async () => {
  console = await openTestConsole({ events: { heartbeatMs: 20 } })
  await console.chat.post(to, alertCard({ no: 1042, owner: null, version: 1, closed: false }), 'case')
  li = await signIn(console.url)
  zhou = await signIn(console.url)
  await zhou.post('/api/person', { id: 'zhou' })
})
afterAll(() => console.server.close())

const privately = (key: string, onlyFor: string) =>
  console.messages.add({
    channel: 'general',
    thread: null,
    author: 'foreshock',
    at: START,
    line: null,
    card: smallCard('私', 'private'),
    onlyFor,
    key,
  })

test('the session says who, where and when', () => {
  expect(li.session).toMatchObject({
    me: { id: 'li' },
    clock: { now: START.toISOString(), playing: false },
    progress: null,
  })
  expect(li.session.channels.map(({ id }) => id)).toEqual(['alerts', 'retention', 'general'])
})

test('messages come newest last, page by page', async () => {
  for (let n = 0; n < 5; n++)
    await console.chat.post({ ...to, channel: 'retention' }, smallCard(`${n}`, `${n}`), `page ${n}`)
  const newest = await li.get<WireMessages>('/api/messages?channel=retention&limit=2')
  expect([newest.body.messages.map(({ card }) => card?.en.title), newest.body.more]).toEqual([
    ['3', '4'],
    true,
  ])
  const older = await li.get<WireMessages>(
    `/api/messages?channel=retention&limit=10&before=${newest.body.messages[0]!.id}`,
  )
  expect([older.body.messages.map(({ card }) => card?.en.title), older.body.more]).toEqual([
    ['0', '1', '2'],
    false,
  ])
})

test('an unknown channel, message or address is not found, in words', async () => {
  const channel = await li.get('/api/messages?channel=nowhere')
  const thread = await li.get('/api/thread?message=M-999')
  const nothing = await li.get<WireError>('/api/nothing')
  expect([channel, thread, nothing].map((answer) => [answer.status, codeOf(answer)])).toEqual(
    Array(3).fill([404, 'NOT_FOUND']),
  )
  expect(nothing.body.error.what).toEqual({
    zh: '这里没有这个地址。',
    en: 'There is nothing at this address.',
  })
})

test("another person's private message can be neither read nor pressed", async () => {
  const { id } = await privately('private 1', 'zhou')
  const mine = await zhou.get<WireMessages>('/api/messages?channel=general')
  const theirs = await li.get<WireMessages>('/api/messages?channel=general')
  expect(mine.body.messages.map((message) => message.id)).toContain(id)
  expect(theirs.body.messages.map((message) => message.id)).not.toContain(id)
  const press = await li.post('/api/press', {
    message: id,
    command: 'why',
    args: '',
    form: null,
    request: 'p',
  })
  const reply = await li.post('/api/say', { channel: 'general', thread: id, line: 'mine', request: 'q' })
  const thread = await li.get(`/api/thread?message=${id}`)
  expect([press, reply, thread].map(({ status }) => status)).toEqual([404, 404, 404])
})

test('a button reaches the desk with who pressed it and where, and its thread tells', async () => {
  const answer = await li.post('/api/press', {
    message: 'M-1',
    command: 'claim',
    args: 'A-1042',
    form: null,
    request: 'press-1',
  })
  expect(answer.status).toBe(200)
  expect(console.desk.calls.at(-1)).toEqual({
    kind: 'press',
    person: 'li',
    channel: 'alerts',
    message: 'M-1',
    command: 'claim',
    args: 'A-1042',
    form: null,
    request: 'press-1',
  })
  const thread = await zhou.get<WireThread>('/api/thread?message=M-1')
  expect(thread.body.head).toMatchObject({ id: 'M-1', replies: 1 })
  expect(thread.body.messages.map(({ card }) => card?.en.title)).toEqual(['Li Qian claimed this case'])
  const again = await zhou.post('/api/press', {
    message: 'M-1',
    command: 'claim',
    args: 'A-1042',
    form: null,
    request: 'press-2',
  })
  expect([again.status, codeOf(again)]).toEqual([409, 'CONFLICT'])
})

test('a line that needs a form gets it, and is sent again with its values', async () => {
  const line = { channel: 'general', thread: null, line: 'resolve A-1042' }
  const asked = await li.post<{ form: { command: string } }>('/api/say', { ...line, request: 's-1' })
  expect(asked.body.form.command).toBe('resolve')
  await li.post('/api/say', { ...line, request: 's-2', form: { result: 'stays', action: '免费复检' } })
  expect(console.desk.calls.at(-1)).toMatchObject({
    request: 's-2',
    form: { result: 'stays', action: '免费复检' },
  })
})

test('bad input names the field; a bug shows no insides', async () => {
  const bad = await li.post<WireError>('/api/say', { channel: 'alerts', thread: null, line: 5, request: 'r' })
  expect([bad.status, bad.body.error.what.en]).toEqual([400, expect.stringContaining('line')])
  const notJson = await li.post('/api/say', '{"channel":')
  expect([notJson.status, codeOf(notJson)]).toEqual([400, 'BAD_INPUT'])
  const poisoned = await li.post('/api/say', '{"__proto__": {"admin": true}}')
  expect(poisoned.status).toBe(400)
  const bug = await li.post<WireError>('/api/say', {
    channel: 'alerts',
    thread: null,
    line: 'crash',
    request: 'r',
  })
  expect([bug.status, codeOf(bug)]).toEqual([500, 'INTERNAL'])
  expect(JSON.stringify(bug.body)).not.toMatch(/secret|shadow|at /)
  expect(bug.body.error.hint.en).toContain(bug.headers.get('x-request-id'))
})

test('a body over 256 KB is refused', async () => {
  const answer = await li.post('/api/say', {
    channel: 'alerts',
    thread: null,
    line: 'x'.repeat(300_000),
    request: 'r',
  })
  expect([answer.status, codeOf(answer)]).toEqual([413, 'BAD_INPUT'])
})

test('hints complete the line', async () => {
  const { body } = await li.get<WireHint[]>('/api/complete?line=sh')
  expect(body.map(({ line }) => line)).toEqual(['show '])
})

test('a list comes as a file, to who is signed in', async () => {
  const at = `${console.url}/api/table?line=${encodeURIComponent('search 退款')}`
  const { status, headers, ...file } = await fetch(at, { headers: { cookie: li.cookie } }).then(
    async (answer) => ({ status: answer.status, headers: answer.headers, body: await answer.text() }),
  )
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="search.csv"',
  ])
  // What reads it as text takes the mark off.
  expect(file.body).toBe('li,search 退款\r\n')
  expect((await fetch(at)).status).toBe(401)
})

test('the demo clock moves by hours and plays', async () => {
  const moved = await li.post<WireClock>('/api/clock', { hours: 24 })
  expect(moved.body.now).toBe('2026-06-02T01:50:00.000Z')
  expect((await li.post<WireClock>('/api/clock', { play: true })).body.playing).toBe(true)
})

test('changing the person lasts, and ends the live streams of that browser only', async () => {
  const sam = await signIn(console.url)
  const ended = listen(console.url, sam.cookie, () => false)
  const going = listen(console.url, zhou.cookie, (text) => text.includes('event: progress'))
  await until(() => console.events.size >= 2)
  const { body } = await sam.post<WireSession>('/api/person', { id: 'sam' })
  expect(body.me.id).toBe('sam')
  expect((await sam.get<WireSession>('/api/session')).body.me.id).toBe('sam')
  await ended
  console.events.progress(null)
  expect(await going).toContain('event: progress')
})

test('live changes arrive, private ones at their reader only, with heartbeats between', async () => {
  const last = (text: string) => text.includes('the last one') && text.includes(': still here')
  const both = Promise.all([li, zhou].map(({ cookie }) => listen(console.url, cookie, last)))
  await until(() => console.events.size >= 2)
  await new Promise((resolve) => setTimeout(resolve, 50))
  console.events.message(await privately('private 2', 'zhou'))
  await console.chat.post(to, smallCard('最后一条', 'the last one'), 'last')
  const [seenByLi, seenByZhou] = await both
  expect(seenByLi).toContain('the last one')
  expect(seenByLi).not.toContain('"onlyFor":"zhou"')
  expect(seenByZhou).toContain('"onlyFor":"zhou"')
})

test('the page, its scripts and its four libraries are served; nothing else of the disk is', async () => {
  const html = await (await fetch(console.url)).text()
  const paths = [...html.matchAll(/(?:href|src)="(\/[^"]+)"|"(\/modules\/[^"]+)"/g)].map(
    (match) => match[1] ?? match[2]!,
  )
  expect(paths.length).toBeGreaterThan(9)
  for (const path of paths) expect([path, (await fetch(console.url + path)).status]).toEqual([path, 200])
  for (const path of [
    '/page/tsconfig.json',
    '/page/../package.json',
    '/modules/',
    '/page/%2e%2e/index.html',
    '/index.html',
  ]) {
    expect([path, (await fetch(console.url + path)).status]).toEqual([path, 404])
  }
})

test('an unchanged file is not sent twice', async () => {
  const first = await fetch(`${console.url}/page/main.js`)
  const again = await fetch(`${console.url}/page/main.js`, {
    headers: { 'if-none-match': first.headers.get('etag')! },
  })
  expect(again.status).toBe(304)
})

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5))
}
