import type { Card, CardTexts } from '../../src/chat/card.ts'
import type { ChannelRef, Chat, Limit, MessageRef } from '../../src/chat/chat.ts'
import { ChatFault, type ChatFaultCode } from '../../src/chat/fault.ts'
import type { ChatUser, Front, Inbound } from '../../src/chat/inbound.ts'
import type { Clock } from '../../src/clock.ts'
import type { Locale } from '../../src/text.ts'
import type { FakeCall, FakePlatform } from './chat-platform.ts'

/** What befalls a call: it never arrives, it arrives and its answer is lost, it takes a while, or it is refused. */
export type Mishap =
  | 'lost'
  | 'unanswered'
  | { readonly refuse: ChatFaultCode; readonly retryAfterMs?: number }
  | { readonly until: Promise<unknown> }

export interface Answered {
  readonly event: string
  readonly card: Card
  readonly private: boolean
  readonly locale: Locale
  readonly key: string
}

export type FakeUser = Awaited<ReturnType<Front['about']>>

/** An adapter to a fake platform, with what it was asked and what befell it. */
export interface FakeChat {
  readonly chat: Chat
  readonly front: Front
  /** Calls that were made, in order, whatever came of them. */
  readonly calls: { readonly call: FakeCall; readonly at: number }[]
  readonly answers: Answered[]
  readonly homes: { readonly user: string; readonly cards: readonly Card[] }[]
  readonly buzzes: { readonly message: string; readonly user: string }[]
  readonly users: Map<string, FakeUser>
  /** Nobody may be called. */
  buzzFails: boolean
  /** Decides what befalls the next calls; null: nothing. */
  mishap: (call: FakeCall) => Mishap | null
}

const STRANGER: FakeUser = { email: null, name: 'someone', isGuest: false, isGone: false }

export function fakeChat(
  platform: FakePlatform,
  clock: Clock,
  options: {
    readonly name?: string
    readonly find?: boolean
    readonly limits?: readonly Limit[]
    readonly editableDays?: number
    readonly knowsKeysMs?: number
    /** What `find` says where there is nothing: nothing so far, or for certain. */
    readonly missing?: 'none'
    /** What the platform says of a card's picture. */
    readonly awaits?: Chat['awaits'] & object
  } = {},
): FakeChat {
  const { name = 'fake', find = true, limits, editableDays, knowsKeysMs, awaits } = options
  const calls: FakeChat['calls'] = []
  const send = async (call: FakeCall): Promise<string | null> => {
    const now = clock.now().getTime()
    calls.push({ call, at: now })
    const mishap = fake.mishap(call)
    if (mishap === 'lost') throw new ChatFault('unclear', 'the connection was cut')
    if (mishap !== null && typeof mishap === 'object') {
      if ('refuse' in mishap)
        throw new ChatFault(mishap.refuse, `the platform says ${mishap.refuse}`, mishap.retryAfterMs ?? null)
      await mishap.until
    }
    const answer = platform.receive(call, now)
    if (mishap === 'unanswered') throw new ChatFault('unclear', 'the connection was cut')
    return answer
  }
  const ours = (to: ChannelRef): void => {
    if (to.chat !== name)
      throw new ChatFault('refused', `${to.chat}/${to.channel} is not a channel of ${name}`)
  }
  const refer = ({ chat, channel }: ChannelRef, message: string | null): MessageRef => ({
    ...{ chat, channel },
    message: message!,
  })
  const chat: Chat = {
    name,
    ...(limits === undefined ? {} : { limits }),
    ...(editableDays === undefined ? {} : { editableDays }),
    ...(knowsKeysMs === undefined ? {} : { knowsKeysMs }),
    ...(awaits === undefined ? {} : { awaits }),
    post: async (to, card, key) => {
      ours(to)
      return refer(to, await send({ do: 'post', channel: to.channel, card, key }))
    },
    update: async (message, card) => {
      ours(message)
      await send({ do: 'update', channel: message.channel, message: message.message, card })
    },
    reply: async (message, card, key) => {
      ours(message)
      const { channel } = message
      return refer(message, await send({ do: 'reply', channel, message: message.message, card, key }))
    },
    remove: async ({ channel, message }) => {
      await send({ do: 'remove', channel, message })
    },
    ...(find
      ? {
          find: async (where: ChannelRef | MessageRef, key: string, since: Date) => {
            const message = 'message' in where ? where.message : null
            const found = await send({
              do: 'find',
              channel: where.channel,
              message,
              key,
              since: since.getTime(),
            })
            return found === null ? (options.missing ?? 'unseen') : refer(where, found)
          },
        }
      : {}),
    buzz: async ({ message }, user) => {
      if (fake.buzzFails) throw new ChatFault('refused', 'no permission to call people')
      fake.buzzes.push({ message, user })
    },
    direct: async (user) => ({ chat: name, channel: `D-${user}` }),
  }
  const front: Front = {
    chat: name,
    answer: async (to: Inbound, card: CardTexts, how) => {
      if (!fake.answers.some(({ key }) => key === how.key))
        fake.answers.push({ event: to.id, card: card[how.locale], ...how })
    },
    home: async ({ user }: ChatUser, cards) => {
      fake.homes.push({ user, cards })
    },
    about: async ({ user }: ChatUser) => fake.users.get(user) ?? STRANGER,
  }
  const fake: FakeChat = {
    ...{ chat, front, calls, answers: [], homes: [], buzzes: [], users: new Map() },
    buzzFails: false,
    mishap: () => null,
  }
  return fake
}
