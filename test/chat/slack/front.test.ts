import { afterEach, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/chat/card.ts'
import type { Inbound } from '../../../src/chat/inbound.ts'
import { openUnderTest, type SlackUnderTest } from './open.ts'
import { titleOf } from './shown.ts'

let under: SlackUnderTest
afterEach(() => under.close())

const plain = (title: string): Card => ({
  accent: 'neutral',
  title,
  blocks: [],
  buttons: [],
  fallback: title,
})
const card = { zh: plain('好的'), en: plain('done') }
const how = (isPrivate: boolean, key = 'answer-1') => ({ private: isPrivate, locale: 'zh', key }) as const

function did(more: Partial<Inbound> = {}): Inbound {
  return {
    id: 'event',
    by: { chat: 'slack', workspace: 'T0FAKE', user: 'U0LIN' },
    channel: 'C0ALERTS',
    isDirect: false,
    message: null,
    did: { kind: 'say', line: 'mine' },
    way: {},
    ...more,
  }
}
const press = (message: string, way = {}): Partial<Inbound> => ({
  message,
  did: { kind: 'press', command: 'why', args: 'A-1', form: null, version: null },
  way,
})

async function open() {
  under = await openUnderTest('http')
  const { fake, slack } = under
  const { ts } = fake.space.channels.get('C0ALERTS')!.messages[0] ?? { ts: '' }
  return { fake, front: slack.front, chat: slack.chat, alerts: fake.space.channels.get('C0ALERTS')!, ts }
}

describe('private answers', () => {
  test('go to the address a command came with, once for each key', async () => {
    const { fake, front } = await open()
    const said = did({ way: { responseUrl: fake.responseUrl('r') } })
    await front.answer(said, card, how(true))
    await front.answer(said, card, how(true))
    expect(fake.space.responses).toEqual([
      expect.objectContaining({ response_type: 'ephemeral', replace_original: false, text: '好的' }),
    ])
  })

  test('go into the thread they were asked in, else into the channel', async () => {
    const { fake, front } = await open()
    await front.answer(
      did({ message: '1780000001.000100', way: { thread: '1780000001.000100' } }),
      card,
      how(true, 'a'),
    )
    await front.answer(did({ way: { thread: '1780000009.000100' } }), card, how(true, 'b'))
    expect(fake.space.ephemerals.map(({ user, thread }) => ({ user, thread }))).toEqual([
      { user: 'U0LIN', thread: '1780000001.000100' },
      { user: 'U0LIN', thread: null },
    ])
  })

  test('an address that has run out, a channel the bot is not in: the person is told directly', async () => {
    const { fake, front, alerts } = await open()
    alerts.member = false
    await front.answer(did({ way: { responseUrl: fake.responseUrl('gone') } }), card, how(true, 'a'))
    await front.answer(did(), card, how(true, 'b'))
    const direct = fake.space.channels.get('DU0LIN')!.messages
    expect(direct.map(({ blocks }) => titleOf(blocks))).toEqual(['好的', '好的'])
  })

  test('no address but Slack’s is ever answered to', async () => {
    const { fake, front } = await open()
    for (const responseUrl of [
      'https://evil.example/x',
      'http://hooks.slack.com/x',
      'https://slack.com.evil.example/',
      'x',
    ]) {
      await front.answer(did({ way: { responseUrl } }), card, how(true, responseUrl))
    }
    expect(fake.space.ephemerals).toHaveLength(4)
  })
})

describe('answers for everyone', () => {
  test('to a click stand in the card’s thread, to a command in the channel', async () => {
    const { front, chat, alerts } = await open()
    const ref = await chat.post({ chat: 'slack', channel: 'C0ALERTS' }, card, 'card')
    await front.answer(did(press(ref.message)), card, how(false, 'a'))
    await front.answer(did(press(ref.message)), card, how(false, 'a'))
    await front.answer(did(), card, how(false, 'b'))
    expect(alerts.messages.map(({ thread }) => thread)).toEqual([null, ref.message, null])
  })

  test('reach a channel the bot is not in by the command’s own address', async () => {
    const { fake, front, alerts } = await open()
    alerts.member = false
    await front.answer(did({ way: { responseUrl: fake.responseUrl('r') } }), card, how(false))
    expect(fake.space.responses).toEqual([expect.objectContaining({ response_type: 'in_channel' })])
    await expect(front.answer(did(), card, how(false, 'b'))).rejects.toMatchObject({ code: 'channel-closed' })
  })
})

test('in a direct message and on the Home tab the answer is a message of its own', async () => {
  const { fake, front, chat } = await open()
  const { channel } = await chat.direct!('U0LIN')
  await front.answer(did({ channel, isDirect: true }), card, how(true, 'a'))
  await front.answer(did({ ...press('1.1'), channel: null, message: null }), card, how(true, 'b'))
  expect(fake.space.channels.get(channel)!.messages).toHaveLength(2)
})

test('the Home tab is filled with cards', async () => {
  const { fake, front } = await open()
  await front.home!({ chat: 'slack', workspace: 'T0FAKE', user: 'U0LIN' }, [card.zh, card.zh])
  expect(fake.space.homes.get('U0LIN')).toMatchObject({
    type: 'home',
    blocks: [{ type: 'section' }, { type: 'divider' }, { type: 'section' }],
  })
})

test('what Slack knows of people: address and name, guests, those who left, strangers', async () => {
  const { fake, front } = await open()
  fake.space.addUser('U0GUEST', { guest: true, email: null })
  fake.space.addUser('U0GONE', { deleted: true })
  const about = (user: string) => front.about({ chat: 'slack', workspace: 'T0FAKE', user })
  fake.space.addUser('U0SHEN', { locale: 'zh-CN', tz: 'nowhere' })
  fake.space.addUser('U0KIM', { locale: 'ko-KR' })
  expect(await about('U0LIN')).toEqual({
    email: 'u0lin@example.com',
    name: 'U0LIN',
    isGuest: false,
    isGone: false,
    timeZone: 'Asia/Shanghai',
    locale: 'en',
  })
  expect(await about('U0SHEN')).toMatchObject({ locale: 'zh', timeZone: null })
  expect(await about('U0KIM')).toMatchObject({ locale: null })
  expect(await about('U0GUEST')).toMatchObject({ email: null, isGuest: true })
  expect(await about('U0GONE')).toMatchObject({ isGone: true })
  expect(await about('U0NOBODY')).toEqual({ email: null, name: null, isGuest: true, isGone: true })
  fake.knobs.tokenError = 'token_revoked'
  await expect(about('U0LIN')).rejects.toMatchObject({ code: 'token-refused' })
})

test('a file goes to the asker’s own chat with the bot, once a key', async () => {
  const { fake, front } = await open()
  const file = { name: 'search.csv', words: 'No\nV-1\n' }
  await front.give!(did(), file, 'answer-1:file')
  await front.give!(did(), file, 'answer-1:file')
  expect(fake.space.files).toEqual([
    { id: 'F07', channel: expect.stringMatching(/^D/), title: 'search.csv', bytes: 7 },
  ])
})
