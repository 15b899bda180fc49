import { slackChat } from '../../../src/chat/slack/client.ts'
import { sdkLogger } from '../../../src/chat/slack/sdk-log.ts'
import { openWeb } from '../../../src/chat/slack/web.ts'
import { openLog } from '../../../src/log.ts'
import { openSlackFake } from '../../fakes/slack/server.ts'
import { chatSuite } from '../../suites/chat.ts'
import { titleOf } from './shown.ts'

const log = openLog('silent')

chatSuite('slack', async () => {
  const fake = await openSlackFake()
  const channel = fake.space.addChannel('C0ALERTS')
  const web = openWeb(fake.token, fake.apiUrl, sdkLogger(log))
  return {
    chat: slackChat({ web, log, localeOf: () => 'en' }),
    channel: channel.id,
    shown: async () =>
      channel.messages.filter(({ thread }) => thread === null).map(({ blocks }) => titleOf(blocks)),
    thread: async (head) =>
      channel.messages.filter(({ thread }) => thread === head.message).map(({ blocks }) => titleOf(blocks)),
    close: fake.close,
  }
})
