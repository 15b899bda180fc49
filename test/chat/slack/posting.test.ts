import { afterEach, expect, test } from 'vitest'
import type { Card, CardTexts } from '../../../src/chat/card.ts'
import type { MessageRef } from '../../../src/chat/chat.ts'
import { openUnderTest, type SlackUnderTest } from './open.ts'
import { titleOf } from './shown.ts'

let under: SlackUnderTest
afterEach(() => under.close())

const plain = (title: string): Card => ({
  accent: 'P0',
  title,
  blocks: [],
  buttons: [],
  fallback: `${title} <now>`,
})
const card = (title: string): CardTexts => ({ zh: plain(`${title}（中）`), en: plain(title) })
const to = { chat: 'slack', channel: 'C0ALERTS' }
const channelOf = ({ fake }: SlackUnderTest) => fake.space.channels.get('C0ALERTS')!

test('a lost answer is unclear; the message is found by its key, in history and in a thread', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  const since = new Date(1_780_000_000_000)
  under.fake.plan('chat.postMessage', { kind: 'drop-after' })
  await expect(chat.post(to, card('one'), 'key-1')).rejects.toMatchObject({ code: 'unclear' })
  const [message] = channelOf(under).messages
  const found = (await chat.find!(to, 'key-1', since)) as MessageRef
  expect(found).toEqual({ ...to, message: message!.ts })
  expect(await chat.find!(to, 'key-2', since)).toBe('unseen')

  under.fake.plan('chat.postMessage', { kind: 'drop-after' })
  await expect(chat.reply(found, card('two'), 'key-2')).rejects.toMatchObject({ code: 'unclear' })
  expect(await chat.find!(to, 'key-2', since)).toBe('unseen')
  expect(await chat.find!(found, 'key-2', since)).toMatchObject({
    message: channelOf(under).messages[1]!.ts,
  })
})

test('a history that shows what was posted seconds ago is sure of what it does not show', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  const look = () => chat.find!(to, 'key-9', new Date(0))
  expect(await look()).toBe('unseen')
  under.fake.space.setTime(Date.now() - 60_000)
  await chat.post(to, card('old'), 'key-1')
  expect(await look()).toBe('unseen')
  under.fake.space.setTime(Date.now())
  await chat.post(to, card('new'), 'key-2')
  expect(await look()).toBe('none')
  // Its clock is far ahead of ours: nothing can be said.
  under.fake.space.setTime(Date.now() + 60_000)
  await chat.post(to, card('newer'), 'key-3')
  expect(await look()).toBe('unseen')
})

test('the same key after a lost answer: what it left behind is found, and nothing is posted twice', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  under.fake.space.setTime(Date.now())
  under.fake.plan('chat.postMessage', { kind: 'drop-after' }, { kind: 'reset' })
  await expect(chat.post(to, card('one'), 'key-1')).rejects.toMatchObject({ code: 'unclear' })
  const [message] = channelOf(under).messages
  expect(await chat.post(to, card('one'), 'key-1')).toEqual({ ...to, message: message!.ts })
  // Lost on the way there: nothing is found, so it is posted.
  await expect(chat.post(to, card('two'), 'key-2')).rejects.toMatchObject({ code: 'unclear' })
  await chat.post(to, card('two'), 'key-2')
  expect(channelOf(under).messages).toHaveLength(2)
})

test('a message that was taken back is gone, and its key makes a new one', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  const first = await chat.post(to, card('one'), 'key-1')
  await chat.remove!(first)
  expect(channelOf(under).messages).toEqual([])
  await expect(chat.remove!(first)).rejects.toMatchObject({ code: 'message-gone' })
  const second = await chat.post(to, card('one'), 'key-1')
  expect(channelOf(under).messages.map(({ ts }) => ts)).toEqual([second.message])
})

test('a failed attempt frees its key; history that lags shows nothing yet', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  under.fake.plan('chat.postMessage', { kind: 'limit', seconds: 2 })
  await expect(chat.post(to, card('one'), 'key-1')).rejects.toMatchObject({
    code: 'rate-limited',
    retryAfterMs: 2_000,
  })
  under.fake.knobs.historyLagMs = 60_000
  await chat.post(to, card('one'), 'key-1')
  expect(channelOf(under).messages).toHaveLength(1)
  expect(await chat.find!(to, 'key-1', new Date(0))).toBe('unseen')
})

test('a key behind many messages is found page by page, and not without end', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  await chat.post(to, card('first'), 'key-1')
  const { messages } = channelOf(under)
  for (let at = 0; at < 250; at += 1) {
    const metadata = { event_type: 'foreshock_message', event_payload: { key: `more-${at}` } }
    messages.push({ ...messages[0]!, ts: under.fake.space.newTs(), metadata })
  }
  expect(await chat.find!(to, 'key-1', new Date(0))).toMatchObject({ channel: to.channel })
  expect(under.fake.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(3)
})

test('a card that Slack refuses goes as its plain words, and edits always carry text and blocks', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  under.fake.plan('chat.postMessage', { kind: 'error', error: 'invalid_blocks' })
  const ref = await chat.post(to, card('one'), 'key-1')
  const [message] = channelOf(under).messages
  expect(message!.blocks).toEqual([
    { type: 'section', text: { type: 'plain_text', text: 'one <now>', emoji: true } },
  ])
  await chat.update(ref, card('two'))
  expect(titleOf(message!.blocks)).toBe('🟥 two')
  expect(message!.text).toBe('two &lt;now&gt;')
  const posted = under.fake.calls.find(({ method }) => method === 'chat.postMessage')!.args
  expect(posted).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false', mrkdwn: 'false' })
  expect(JSON.parse(posted['metadata']!)).toEqual({
    event_type: 'foreshock_message',
    event_payload: { key: 'key-1' },
  })
})

test('each channel reads its own language', async () => {
  under = await openUnderTest('http', (channel) => (channel === 'C0ALERTS' ? 'zh' : 'en'))
  const { chat } = under.slack
  await chat.post(to, card('one'), 'key-1')
  expect(titleOf(channelOf(under).messages[0]!.blocks)).toBe('🟥 one（中）')
})

test('archived, left, revoked, deleted: each is told apart', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  const ref = await chat.post(to, card('one'), 'key-1')
  const channel = channelOf(under)
  channel.messages.length = 0
  await expect(chat.update(ref, card('two'))).rejects.toMatchObject({ code: 'message-gone' })
  await expect(chat.reply(ref, card('two'), 'key-2')).rejects.toMatchObject({ code: 'message-gone' })
  // Posted again under its old key it is a new message, not the memory of the deleted one.
  expect(await chat.post(to, card('one'), 'key-1')).not.toEqual(ref)
  expect(channel.messages).toHaveLength(1)
  channel.archived = true
  await expect(chat.post(to, card('two'), 'key-2')).rejects.toMatchObject({ code: 'channel-closed' })
  channel.archived = false
  channel.member = false
  await expect(chat.post(to, card('two'), 'key-2')).rejects.toMatchObject({ code: 'channel-closed' })
  under.fake.knobs.tokenError = 'token_revoked'
  await expect(chat.post(to, card('two'), 'key-2')).rejects.toMatchObject({ code: 'token-refused' })
})

test('a direct channel is opened', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  expect(await chat.direct!('U0LIN')).toEqual({ chat: 'slack', channel: 'DU0LIN' })
  await expect(chat.direct!('U0NOBODY')).rejects.toMatchObject({ code: 'channel-closed' })
})

test('the channels the bot was invited to, page by page', async () => {
  under = await openUnderTest('http')
  const { fake, slack } = under
  for (let at = 0; at < 250; at += 1) fake.space.addChannel(`C${at}`, { member: at % 50 !== 0 })
  fake.space.addChannel('C0OLD', { archived: true })
  const channels = await slack.channels()
  expect(channels).toHaveLength(1 + 245)
  expect(channels[0]).toEqual({ id: 'C0ALERTS', name: 'c0alerts' })
})

test('what is for one person goes to the channel they share with the bot, and is edited there', async () => {
  under = await openUnderTest('http')
  const { chat } = under.slack
  const own = { chat: 'slack', channel: 'U0LIN' }
  const posted = await chat.post(own, card('one'), 'key-1')
  await chat.update(posted, card('two'))
  expect(posted.channel).toBe('U0LIN')
  const { channel: room } = await chat.direct!('U0LIN')
  const { messages } = under.fake.space.channels.get(room)!
  expect(messages.map(({ ts }) => ts)).toEqual([posted.message])
  expect(JSON.stringify(messages[0])).toContain('two')
})
