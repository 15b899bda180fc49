import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CardTexts } from '../../../src/chat/card.ts'
import type { Lark } from '../../../src/chat/lark/lark.ts'
import { openLog } from '../../../src/log.ts'
import { type LarkFake, openLarkFake, type Trouble } from '../../fakes/lark.ts'
import { APP, DAY, no } from '../../fakes/lark-world.ts'
import { caseCard } from './cards.ts'
import { larkOver, openTestCounter } from './open.ts'

let fake: LarkFake
let lark: Lark
let lines: string[]

beforeEach(async () => {
  fake = await openLarkFake()
  lines = []
  const log = openLog('debug', { write: (line) => void lines.push(line) })
  lark = larkOver(fake, openTestCounter(), { log })
})
afterEach(async () => {
  await lark.stop()
  await fake.close()
})

const alerts = { chat: 'lark', channel: 'oc_alerts' }
const post = (key = 'card-1', card: CardTexts = caseCard) => lark.chat.post(alerts, card, key)
const CREATE = /^POST .*\/im\/v1\/messages$/

describe('what Lark refuses, in the words every chat shares', () => {
  const cases: [string, Trouble['tell'] & object, string, number | null][] = [
    [
      'too many requests, with a pause',
      { ...no(99991400, 'request trigger frequency limit'), headers: { 'x-ogw-ratelimit-reset': '7' } },
      'rate-limited',
      7_000,
    ],
    ['too many in one group, said with HTTP 200', no(230020, 'chat rate limit', 200), 'rate-limited', null],
    ['a burst at the full hour', no(11232, 'create message trigger system rate limit'), 'rate-limited', null],
    ['HTTP 429 in no words', { status: 429, body: {} }, 'rate-limited', null],
    ['HTTP 500, done or not', { status: 500, body: {} }, 'unclear', null],
    ['Lark is closed for a moment', { status: 503, body: {} }, 'unavailable', null],
    ['a gateway that gave up', { status: 504, body: {} }, 'unclear', null],
    ['bot not in the chat', no(230002, 'Bot can NOT be out of the chat.'), 'channel-closed', null],
    ['chat dissolved', no(232009, 'chat dissolved'), 'channel-closed', null],
    ['bot switched off', no(230006, 'bot ability not activated'), 'token-refused', null],
    ['words that are not let through', no(230028, 'DLP'), 'card-refused', null],
    ['a new code whose words say it', no(230199, 'The message has been deleted.'), 'message-gone', null],
    ['something new', no(424242, 'who knows', 200), 'refused', null],
  ]
  test.each(cases)('%s', async (_name, tell, code, retryAfterMs) => {
    fake.trouble({ on: CREATE, tell, times: 2 })
    await expect(post()).rejects.toMatchObject({ name: 'ChatFault', code, retryAfterMs })
    expect(fake.shown('oc_alerts')).toEqual([])
  })

  test('a permission that is missing is named', async () => {
    const msg =
      'Access denied. One of the following scopes is required: [im:message:send_as_bot, im:message].'
    fake.trouble({ on: CREATE, tell: no(99991672, msg) })
    await expect(post()).rejects.toMatchObject({
      code: 'token-refused',
      message: expect.stringContaining('im:message:send_as_bot'),
    })
  })

  test('nobody listens there, or no token is to be had: nothing was sent', async () => {
    const empty = await openLarkFake()
    await empty.close()
    const gone = larkOver(empty, openTestCounter())
    await expect(gone.chat.post(alerts, caseCard, 'k')).rejects.toMatchObject({ code: 'unavailable' })
    fake.trouble({ on: /tenant_access_token/, cut: 'lost' })
    await expect(post()).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('the message is called back, the window of 14 days over, the group left', async () => {
    const old = await post('old')
    fake.pass(14 * DAY + 1)
    await expect(lark.chat.update(old, caseCard)).rejects.toMatchObject({ code: 'edit-closed' })
    const called = await post('called-back')
    fake.world.messages.at(-1)!.gone = true
    await expect(lark.chat.update(called, caseCard)).rejects.toMatchObject({ code: 'message-gone' })
    await expect(lark.chat.reply(called, caseCard, 'r')).rejects.toMatchObject({ code: 'message-gone' })
    fake.world.groups.get('oc_alerts')!.botIn = false
    await expect(post('late')).rejects.toMatchObject({ code: 'channel-closed' })
  })
})

describe('an answer that is lost', () => {
  test.each<[string, Omit<Trouble, 'on'>]>([
    ['cut off after it was done', { cut: 'lost' }],
    ['late', { delayMs: 1_400 }],
    ['cut off before it was done', { cut: 'reset' }],
    ['HTTP 500 after it was done', { tell: { status: 500, body: {} }, done: true }],
  ])('%s: unclear, and the same key again shows one message', async (_name, trouble) => {
    fake.trouble({ on: CREATE, ...trouble })
    // Only where lateness is the trouble is there little time: a busy machine is no trouble.
    const hasty = larkOver(fake, openTestCounter(), trouble.delayMs === undefined ? {} : { timeoutMs: 1_000 })
    await expect(hasty.chat.post(alerts, caseCard, 'card-1')).rejects.toMatchObject({ code: 'unclear' })
    await new Promise((resolve) => setTimeout(resolve, (trouble.delayMs ?? 0) + 50))
    await post()
    expect(fake.shown('oc_alerts')).toHaveLength(1)
    expect(fake.calls.filter((call) => CREATE.test(call))).toHaveLength(2)
  })

  test('after the hour in which Lark remembers, the key is forgotten', async () => {
    await post()
    fake.pass(3_600_001)
    await post()
    expect(fake.shown('oc_alerts')).toHaveLength(2)
  })

  test('a key Lark would not take is refused before it is sent', async () => {
    await expect(post('k'.repeat(51))).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('tokens', () => {
  test('one serves many calls, and two adapters share none', async () => {
    await post('a')
    await post('b')
    expect(fake.tokens()).toBe(1)
    await larkOver(fake, openTestCounter()).chat.post(alerts, caseCard, 'c')
    expect(fake.tokens()).toBe(2)
  })

  test('a revoked one is replaced once and the call made again', async () => {
    await post('a')
    fake.revoke()
    await post('b')
    expect(fake.shown('oc_alerts')).toHaveLength(2)
    expect(fake.tokens()).toBe(2)
  })

  test('refused for good: said once, not tried for ever', async () => {
    fake.trouble({ on: CREATE, tell: no(99991663, 'Invalid access token', 401), times: 9 })
    await expect(post()).rejects.toMatchObject({ code: 'token-refused' })
    expect(fake.calls.filter((call) => CREATE.test(call))).toHaveLength(2)
  })

  test('a wrong secret is a refused token, and neither secret, token nor card reaches a log or an error', async () => {
    const log = openLog('debug', { write: (line) => void lines.push(line) })
    const wrong = larkOver(fake, openTestCounter(), { log, appSecret: 'not-the-secret' })
    const error = await wrong.chat.post(alerts, caseCard, 'k').catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'token-refused' })
    fake.trouble({ on: CREATE, tell: { status: 500, body: {} } })
    const failed = await post().catch((thrown: Error) => thrown)
    const told = [lines.join(), inspect(error), inspect(failed)].join()
    for (const secret of ['not-the-secret', APP.appSecret, 't-1', '何雨婷'])
      expect(told).not.toContain(secret)
  })
})

test('an urgent call, a person’s own chat and the chats the bot is in', async () => {
  const ref = await post()
  await lark.chat.buzz(ref, 'ou_gu')
  expect(fake.world.buzzed).toEqual([{ message: ref.message, user: 'ou_gu' }])
  const own = await lark.chat.direct('ou_gu')
  expect(await lark.chat.post(own, caseCard, 'own')).toMatchObject({ chat: 'lark', channel: 'ou_gu' })
  await expect(lark.chat.post({ chat: 'lark', channel: 'ou_nobody' }, caseCard, 'x')).rejects.toMatchObject({
    code: 'channel-closed',
  })
  for (const id of ['oc_2', 'oc_3', 'oc_4', 'oc_5'])
    fake.world.groups.set(id, { name: id, botIn: true, dissolved: false, external: false, topics: false })
  expect((await lark.chat.chats()).map(({ id }) => id)).toEqual(['oc_alerts', 'oc_2', 'oc_3', 'oc_4', 'oc_5'])
})

test('the channel’s language is the card’s', async () => {
  const english = larkOver(fake, openTestCounter(), { localeOf: () => 'en' })
  await english.chat.post(alerts, caseCard, 'k')
  expect(fake.shown('oc_alerts')[0]!.content).toContain('Close case')
})

function inspect(error: unknown): string {
  const { message, stack, cause } = error as Error
  return JSON.stringify([message, stack, cause, Object.entries(error as object)])
}
