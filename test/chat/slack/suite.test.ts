import { chatSuite } from '../../suites/chat.ts'
import { openUnderTest } from './open.ts'
import { titleOf } from './shown.ts'

for (const mode of ['socket', 'http'] as const) {
  chatSuite(`slack, ${mode}`, async () => {
    const { fake, slack, close } = await openUnderTest(mode)
    const channel = fake.space.channels.get('C0ALERTS')!
    const titles = (thread: string | null) =>
      channel.messages.filter((message) => message.thread === thread).map(({ blocks }) => titleOf(blocks))
    return {
      chat: slack.chat,
      channel: channel.id,
      shown: async () => titles(null),
      thread: async (head) => titles(head.message),
      close,
    }
  })
}
