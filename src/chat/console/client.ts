import type { Clock } from '../../clock.ts'
import type { ChannelRef, Chat, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import { encodeCard } from './encode.ts'
import type { Broadcast, ConsoleMessages, NewConsoleMessage } from './ports.ts'
import type { WireMessage } from './wire.ts'

export const CONSOLE = 'console'
/** The author of everything the program itself says. */
export const BOT = 'foreshock'

/** The console as a chat platform. A channel is one of the page's, or `alerts@lin`: there, seen by one person alone. Messages are kept in our own store and pushed to open pages. */
export function consoleChat(messages: ConsoleMessages, broadcast: Broadcast, clock: Clock): Chat {
  async function add(message: Omit<NewConsoleMessage, 'author' | 'at' | 'line'>): Promise<MessageRef> {
    const stored = await messages.add({ ...message, author: BOT, at: clock.now(), line: null })
    broadcast.message(stored)
    return { chat: CONSOLE, channel: stored.channel, message: stored.id }
  }

  async function known(message: MessageRef): Promise<WireMessage> {
    ours(message)
    const found = await messages.get(message.message)
    if (!found) throw unknownMessage(message)
    return found
  }

  return {
    name: CONSOLE,

    async post(to, card, key) {
      ours(to)
      const [channel = '', onlyFor = null] = to.channel.split('@')
      return add({ channel, thread: null, card: encodeCard(card), onlyFor, key })
    },

    async update(message, card) {
      ours(message)
      const edited = await messages.edit(message.message, encodeCard(card), clock.now())
      if (!edited) throw unknownMessage(message)
      broadcast.message(edited)
    },

    async reply(message, card, key) {
      const above = await known(message)
      const thread = above.thread ?? above.id
      // A thread is as private as the message it hangs on.
      const sent = await add({
        channel: above.channel,
        thread,
        card: encodeCard(card),
        onlyFor: above.onlyFor,
        key,
      })
      const head = await messages.get(thread)
      if (head) broadcast.message(head)
      return sent
    },
  }
}

function ours(ref: ChannelRef): void {
  if (ref.chat === CONSOLE) return
  throw new ChatFault('refused', `${ref.chat}/${ref.channel} is not a console channel`)
}

function unknownMessage(message: MessageRef): ChatFault {
  return new ChatFault('message-gone', `the console has no message ${message.message}`)
}
