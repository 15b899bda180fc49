import { expect, test } from 'vitest'
import { consoleChat } from '../../../src/chat/console/client.ts'
import type { WireMessage } from '../../../src/chat/console/wire.ts'
import { VirtualClock } from '../../../src/clock.ts'
import { chatSuite } from '../../suites/chat.ts'
import { alertCard, smallCard } from './cards.ts'
import { memoryMessages } from './memory-messages.ts'

const START = new Date('2026-06-01T01:50:00Z')

function open() {
  const messages = memoryMessages()
  const sent: WireMessage[] = []
  const broadcast = {
    message: (message: WireMessage) => void sent.push(message),
    clock: () => {},
    progress: () => {},
  }
  const clock = new VirtualClock(START)
  return { messages, sent, clock, chat: consoleChat(messages, broadcast, clock) }
}

const titles = (messages: readonly WireMessage[]) => messages.map(({ card }) => card?.en.title ?? '')

chatSuite('console', async () => {
  const { chat, messages } = open()
  return {
    chat,
    channel: 'alerts',
    shown: async () =>
      titles((await messages.list({ channel: 'alerts', reader: 'li', before: null, limit: 50 })).messages),
    thread: async (head) => titles(await messages.thread(head.message, 'li')),
    close: async () => {},
  }
})

test('open pages see the post, the edit with its instant, and the grown reply count', async () => {
  const { chat, sent, clock } = open()
  const to = { chat: 'console', channel: 'alerts' }
  const ref = await chat.post(to, alertCard({ no: 1, owner: null, version: 1, closed: false }), 'k')
  clock.advance(60_000)
  await chat.update(ref, alertCard({ no: 1, owner: '李倩', version: 2, closed: false }))
  await chat.reply(ref, smallCard('认领', 'claimed'), 'r')
  expect(sent.map(({ id, editedAt, replies, card }) => [id, editedAt, replies, card?.en.version])).toEqual([
    ['M-1', null, 0, 1],
    ['M-1', '2026-06-01T01:51:00.000Z', 0, 2],
    ['M-2', null, 0, undefined],
    ['M-1', '2026-06-01T01:51:00.000Z', 1, 2],
  ])
})

test('a thread is as private as its message', async () => {
  const { chat, messages } = open()
  const head = await messages.add({
    channel: 'alerts',
    thread: null,
    author: 'foreshock',
    at: START,
    line: null,
    card: smallCard('只给周敏', 'for Zhou only'),
    onlyFor: 'zhou',
    key: 'k',
  })
  await chat.reply({ chat: 'console', channel: 'alerts', message: head.id }, smallCard('回复', 'reply'), 'r')
  expect(await messages.thread(head.id, 'li')).toEqual([])
  expect(await messages.thread(head.id, 'zhou')).toHaveLength(1)
})
