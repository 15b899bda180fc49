import fastify from 'fastify'
import type { ChatFaultCode } from '../../../src/chat/fault.ts'
import { openLarkFake, type Trouble } from '../../fakes/lark.ts'
import { no } from '../../fakes/lark-world.ts'
import { chatSuite } from '../../suites/chat.ts'
import { larkOver, openTestCounter } from './open.ts'

/** The contract of every chat, over Lark's fake, with events coming either way. */
const titleOf = (content: string): string =>
  (JSON.parse(content) as { header: { title: { content: string } } }).header.title.content

/** How Lark itself says each no. */
const TROUBLE: Readonly<Record<ChatFaultCode, Omit<Trouble, 'on'>>> = {
  'rate-limited': {
    tell: { ...no(99991400, 'request trigger frequency limit'), headers: { 'x-ogw-ratelimit-reset': '30' } },
  },
  unavailable: { tell: { status: 503, body: {} } },
  unclear: { cut: 'lost' },
  'card-refused': { tell: no(230099, 'Failed to create card content, ext=ErrCode: 11310') },
  'message-gone': { tell: no(230011, 'The message was withdrawn.') },
  'edit-closed': { tell: no(230031, 'The message is beyond its 14 days.') },
  'channel-closed': { tell: no(230002, 'Bot/User can NOT be out of the chat.') },
  'token-refused': { tell: no(99991662, 'app is not active') },
  refused: { tell: no(424242, 'who knows', 200) },
}

for (const way of ['long connection', 'webhook'] as const) {
  chatSuite(`lark, ${way}`, async () => {
    const fake = await openLarkFake()
    const webhook = way === 'webhook' ? { encryptKey: 'ekey', verificationToken: 'vtok' } : null
    const lark = larkOver(fake, openTestCounter(), { webhook })
    const app = fastify()
    if (lark.routes !== undefined) await app.register(lark.routes)
    await lark.start()
    return {
      chat: lark.chat,
      channel: 'oc_alerts',
      shown: async () => fake.shown('oc_alerts').map(({ content }) => titleOf(content)),
      thread: async ({ message }) => fake.thread(message).map(({ content }) => titleOf(content)),
      refuse: (code) => {
        fake.trouble({ on: /^POST .*\/im\/v1\/messages$/, ...TROUBLE[code] })
        const before = fake.calls.length
        return () => fake.calls.slice(before).filter((call) => call.endsWith('/im/v1/messages')).length
      },
      close: async () => {
        await lark.stop()
        await app.close()
        await fake.close()
      },
    }
  })
}
