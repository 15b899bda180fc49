import { describe, expect, test } from 'vitest'
import type { CardTexts } from '../../src/chat/card.ts'
import type { ChannelRef, Chat, MessageRef } from '../../src/chat/chat.ts'
import type { ChatFaultCode } from '../../src/chat/fault.ts'

/** A chat platform under test, and a way to see what its readers see. */
export interface ChatUnderTest {
  readonly chat: Chat
  /** A channel the bot may post to. */
  readonly channel: string
  /** Titles of the channel's messages, oldest first, as a reader in that channel's language sees them. */
  shown(): Promise<readonly string[]>
  /** Titles of the replies in a message's thread, oldest first. */
  thread(message: MessageRef): Promise<readonly string[]>
  /**
   * Makes the platform say no to the next write in its own way (too many: 30 seconds; unclear: the answer never comes);
   * gives how often it was asked since. Absent: it never says no.
   */
  refuse?(code: ChatFaultCode): () => number
  close(): Promise<void>
}

const card = (title: string): CardTexts => {
  const one = { accent: 'neutral', title, blocks: [], buttons: [], fallback: title } as const
  return { zh: one, en: one }
}

/** What every chat adapter promises. `open` gives a fresh, empty channel. */
export function chatSuite(name: string, open: () => Promise<ChatUnderTest>): void {
  async function withChat(run: (under: ChatUnderTest) => Promise<void>): Promise<void> {
    const under = await open()
    try {
      await run(under)
    } finally {
      await under.close()
    }
  }
  const to = ({ chat, channel }: ChatUnderTest) => ({ chat: chat.name, channel })

  describe(`chat ${name}`, () => {
    test('a posted card is shown and its reference names the channel', () =>
      withChat(async (under) => {
        const ref = await under.chat.post(to(under), card('one'), 'key-1')
        expect(ref).toMatchObject(to(under))
        expect(await under.shown()).toEqual(['one'])
      }))

    test('the same key twice shows one message and gives the same reference', () =>
      withChat(async (under) => {
        const first = await under.chat.post(to(under), card('one'), 'key-1')
        const again = await under.chat.post(to(under), card('one'), 'key-1')
        expect(again).toEqual(first)
        expect(await under.shown()).toEqual(['one'])
      }))

    test('the same key at the same moment shows one message', () =>
      withChat(async (under) => {
        await Promise.all([1, 2, 3].map(() => under.chat.post(to(under), card('one'), 'key-1')))
        expect(await under.shown()).toEqual(['one'])
      }))

    test('update replaces the card in place', () =>
      withChat(async (under) => {
        const first = await under.chat.post(to(under), card('one'), 'key-1')
        await under.chat.post(to(under), card('two'), 'key-2')
        await under.chat.update(first, card('one, claimed'))
        expect(await under.shown()).toEqual(['one, claimed', 'two'])
      }))

    test('a reply goes into the thread, once for each key', () =>
      withChat(async (under) => {
        const head = await under.chat.post(to(under), card('one'), 'key-1')
        await under.chat.reply(head, card('claimed'), 'reply-1')
        await under.chat.reply(head, card('claimed'), 'reply-1')
        await under.chat.reply(head, card('resolved'), 'reply-2')
        expect(await under.shown()).toEqual(['one'])
        expect(await under.thread(head)).toEqual(['claimed', 'resolved'])
      }))

    test('a reply to a reply stays in the same thread', () =>
      withChat(async (under) => {
        const head = await under.chat.post(to(under), card('one'), 'key-1')
        const reply = await under.chat.reply(head, card('claimed'), 'reply-1')
        await under.chat.reply(reply, card('resolved'), 'reply-2')
        expect(await under.thread(head)).toEqual(['claimed', 'resolved'])
      }))

    test('an unknown message is a message that is gone', () =>
      withChat(async (under) => {
        const nowhere = { ...to(under), message: 'no-such-message' }
        const gone = { name: 'ChatFault', code: 'message-gone' }
        await expect(under.chat.update(nowhere, card('x'))).rejects.toMatchObject(gone)
        await expect(under.chat.reply(nowhere, card('x'), 'k')).rejects.toMatchObject(gone)
      }))

    test("another platform's channel is refused", () =>
      withChat(async (under) => {
        const elsewhere = { chat: 'carrier-pigeon', channel: under.channel }
        const refused = { name: 'ChatFault', code: 'refused' }
        await expect(under.chat.post(elsewhere, card('x'), 'k')).rejects.toMatchObject(refused)
      }))

    test('what was posted is found by its key, there and nowhere else', () =>
      withChat(async (under) => {
        const { find } = under.chat
        if (find === undefined) return
        const since = new Date(0)
        const look = (where: ChannelRef | MessageRef, key: string) => find.call(under.chat, where, key, since)
        const head = await under.chat.post(to(under), card('one'), 'key-1')
        const line = await under.chat.reply(head, card('claimed'), 'reply-1')
        expect(await look(to(under), 'key-1')).toEqual(head)
        expect(await look(head, 'reply-1')).toMatchObject({ message: line.message })
        // Not there: so far, or for certain.
        expect(['unseen', 'none']).toContain(await look(to(under), 'key-2'))
        expect(['unseen', 'none']).toContain(await look(head, 'key-1'))
      }))

    test('what it declares of its pace can be kept', () =>
      withChat(async ({ chat }) => {
        for (const { count, ms } of chat.limits ?? []) {
          expect(count).toBeGreaterThanOrEqual(1)
          expect(ms).toBeGreaterThan(0)
        }
        expect(chat.editableDays ?? 2).toBeGreaterThan(1)
      }))

    for (const code of RETRYABLE.concat(FINAL)) {
      test(`a write that meets "${code}" says so, and was tried once`, () =>
        withChat(async (under) => {
          if (under.refuse === undefined) return
          const tries = under.refuse(code)
          await expect(under.chat.post(to(under), card('one'), 'key-1')).rejects.toMatchObject({
            name: 'ChatFault',
            code,
            ...(code === 'rate-limited' ? { retryAfterMs: 30_000 } : {}),
          })
          expect(tries()).toBe(1)
        }))
    }
  })
}

const RETRYABLE: readonly ChatFaultCode[] = ['rate-limited', 'unclear']
const FINAL: readonly ChatFaultCode[] = ['card-refused', 'channel-closed', 'token-refused']
