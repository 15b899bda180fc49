import { VirtualClock } from '../../src/clock.ts'
import { chatSuite } from '../suites/chat.ts'
import { fakeChat } from './chat.ts'
import { fakePlatform } from './chat-platform.ts'

for (const find of [true, false]) {
  chatSuite(`in memory${find ? ', which can look back' : ''}`, async () => {
    const platform = fakePlatform({ keyed: true })
    const fake = fakeChat(platform, new VirtualClock(new Date('2026-06-01T02:00:00Z')), { find })
    const titles = (head: string | null) =>
      platform.messages.filter((message) => message.head === head).map(({ card }) => card.en.title)
    return {
      chat: fake.chat,
      channel: 'C1',
      shown: async () => titles(null),
      thread: async ({ message }) => titles(message),
      refuse: (code) => {
        const before = fake.calls.length
        fake.mishap = () =>
          code === 'unclear'
            ? 'unanswered'
            : { refuse: code, ...(code === 'rate-limited' ? { retryAfterMs: 30_000 } : {}) }
        return () => fake.calls.length - before
      },
      close: async () => {},
    }
  })
}
