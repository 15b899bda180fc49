import type { ChannelRef, MessageRef } from '../../src/chat/chat.ts'
import { ChatFault, type ChatFaultCode } from '../../src/chat/fault.ts'
import type { Inbound } from '../../src/chat/inbound.ts'
import type { Platform } from '../../src/chat/platform.ts'
import type { OpenPlatform } from '../../src/main/platforms.ts'
import type { Served } from './chat-server.ts'

/** An adapter to a ChatServer, as a real one is written: one attempt a write, faults told apart, events over HTTP. */
export function remoteChat(options: {
  readonly url: string
  readonly name: string
  /** It can look for a message by its key; else the server takes keys. */
  readonly find: boolean
}): OpenPlatform {
  const { url, name } = options
  const ask = async (call: Served): Promise<string | null> => {
    let response: Response
    try {
      response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(call),
        signal: AbortSignal.timeout(5_000),
      })
    } catch (error) {
      throw new ChatFault('unclear', (error as Error).message)
    }
    const body = (await response.json().catch(() => ({}))) as {
      message?: string | null
      fault?: ChatFaultCode
      words?: string
      retryAfterMs?: number
    }
    if (response.status === 429) throw new ChatFault('rate-limited', 'too often', body.retryAfterMs ?? null)
    if (body.fault !== undefined) throw new ChatFault(body.fault, body.words ?? body.fault)
    if (!response.ok) throw new ChatFault('unclear', `status ${response.status}`)
    return body.message ?? null
  }
  const refer = ({ chat, channel }: ChannelRef, message: string | null): MessageRef => {
    return { chat, channel, message: message! }
  }
  return ({ counter }): Platform => ({
    chat: {
      name,
      post: async (to, card, key) => refer(to, await ask({ do: 'post', channel: to.channel, card, key })),
      update: async ({ channel, message }, card) => {
        await ask({ do: 'update', channel, message, card })
      },
      reply: async (head, card, key) => {
        const { channel, message } = head
        return refer(head, await ask({ do: 'reply', channel, message, card, key }))
      },
      remove: async ({ channel, message }) => {
        await ask({ do: 'remove', channel, message })
      },
      ...(options.find
        ? {
            find: async (where: ChannelRef | MessageRef, key: string, since: Date) => {
              const message = 'message' in where ? where.message : null
              const { channel } = where
              const found = await ask({ do: 'find', channel, message, key, since: since.getTime() })
              return found === null ? null : refer(where, found)
            },
          }
        : {}),
    },
    front: {
      chat: name,
      answer: async ({ id, by }, card, { key }) => {
        await ask({ do: 'answer', event: id, user: by.user, key, card })
      },
      about: async () => ({ email: null, name: null, isGuest: false, isGone: false }),
    },
    start: async () => {},
    stop: async () => {},
    health: () => ({ connected: true, since: null, trouble: null }),
    routes: async (app) => {
      app.post(`/${name}/events`, async (request) => ({ taken: await counter.take(request.body as Inbound) }))
    },
  })
}
