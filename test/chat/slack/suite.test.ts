import type { ChatFaultCode } from '../../../src/chat/fault.ts'
import type { Mishap } from '../../fakes/slack/knobs.ts'
import { chatSuite } from '../../suites/chat.ts'
import { openUnderTest } from './open.ts'
import { titleOf } from './shown.ts'

/** How Slack itself says each no. */
const error = (words: string): Mishap => ({ kind: 'error', error: words })
const MISHAP: Readonly<Record<ChatFaultCode, readonly Mishap[]>> = {
  'rate-limited': [{ kind: 'limit', seconds: 30 }],
  unavailable: [{ kind: 'status', status: 503 }],
  unclear: [{ kind: 'drop-after' }],
  // The card, then its plain words.
  'card-refused': [error('invalid_blocks'), error('msg_too_long')],
  'message-gone': [error('message_not_found')],
  'edit-closed': [error('edit_window_closed')],
  'channel-closed': [error('is_archived')],
  'token-refused': [error('token_revoked')],
  refused: [error('something_new')],
}

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
      refuse: (code) => {
        fake.plan('chat.postMessage', ...MISHAP[code])
        const before = fake.calls.length
        const asked = () => fake.calls.slice(before).filter(({ method }) => method === 'chat.postMessage')
        // A card that is refused goes once more, in plain words: that is one try.
        return () => asked().length - (code === 'card-refused' ? 1 : 0)
      },
      close,
    }
  })
}
