import fastify from 'fastify'
import { openLarkFake } from '../../fakes/lark.ts'
import { chatSuite } from '../../suites/chat.ts'
import { larkOver, openTestCounter } from './open.ts'

/** The contract of every chat, over Lark's fake, with events coming either way. */
const titleOf = (content: string): string =>
  (JSON.parse(content) as { header: { title: { content: string } } }).header.title.content

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
      close: async () => {
        await lark.stop()
        await app.close()
        await fake.close()
      },
    }
  })
}
