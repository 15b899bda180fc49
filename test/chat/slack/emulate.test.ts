import { createServer } from 'node:net'
import { createEmulator } from 'emulate'
import { slackChat } from '../../../src/chat/slack/client.ts'
import { sdkLogger } from '../../../src/chat/slack/sdk-log.ts'
import { openSender } from '../../../src/chat/slack/sender.ts'
import { openWeb } from '../../../src/chat/slack/web.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { chatSuite } from '../../suites/chat.ts'
import { titleOf } from './shown.ts'

const TOKEN = 'xoxb-emulated'

/** The same suite on a Slack that someone else wrote: what our fake and our adapter agree on wrongly shows here. */
chatSuite('slack over emulate', async () => {
  const port = await freePort()
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: 'W', domain: 'w' },
        users: [{ name: 'lin', email: 'lin@example.com' }],
        channels: [{ name: 'alerts', topic: '' }],
        tokens: [
          {
            token: TOKEN,
            type: 'bot',
            user_id: 'UBOT',
            bot_id: 'B1',
            bot_user_id: 'UBOT',
            app_id: 'A1',
            scopes: ['*'],
          },
        ],
      },
    },
  })
  const log = openLog('silent')
  const apiUrl = `${emulator.url}/api/`
  const web = openWeb(TOKEN, apiUrl, sdkLogger(log))
  const read = (method: string, args: object) => asked(`${apiUrl}${method}`, args)
  const { channels } = (await read('conversations.list', {})) as { channels: { id: string }[] }
  const channel = channels[0]!.id
  const titles = (answer: unknown) =>
    (answer as { messages: { blocks?: unknown[] }[] }).messages.map(({ blocks = [] }) => titleOf(blocks))
  return {
    chat: slackChat(web, openSender(web, apiUrl, systemClock, log), () => 'en'),
    channel,
    shown: async () => titles(await read('conversations.history', { channel })).reverse(),
    thread: async ({ message }) =>
      titles(await read('conversations.replies', { channel, ts: message })).slice(1),
    close: () => emulator.close(),
  }
})

async function asked(url: string, args: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(args) })
  return response.json()
}

/** The emulator wants to be told its port. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
