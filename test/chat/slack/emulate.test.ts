import { createServer } from 'node:net'
import { createEmulator } from 'emulate'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Chat } from '../../../src/chat/chat.ts'
import { NO_PICTURES } from '../../../src/chat/pictures.ts'
import { slackChat } from '../../../src/chat/slack/client.ts'
import { encodeForm } from '../../../src/chat/slack/encode-form.ts'
import { encodeHome } from '../../../src/chat/slack/encode-home.ts'
import { sdkLogger } from '../../../src/chat/slack/sdk-log.ts'
import { openSender } from '../../../src/chat/slack/sender.ts'
import { openWeb, type SlackWeb } from '../../../src/chat/slack/web.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { alertCard } from '../../../templates/alert.ts'
import { resolveForm } from '../../../templates/form.ts'
import { chatSuite } from '../../suites/chat.ts'
import { view } from '../../templates/cases.ts'
import { STAGES } from '../../templates/stages.ts'
import { titleOf } from './shown.ts'

const TOKEN = 'xoxb-emulated'

interface Emulated {
  readonly web: SlackWeb
  readonly chat: Chat
  readonly channel: string
  read(method: string, args: object): Promise<unknown>
  close(): Promise<void>
}

async function emulated(): Promise<Emulated> {
  const port = await freePort()
  const token = {
    token: TOKEN,
    type: 'bot' as const,
    user_id: 'UBOT',
    bot_id: 'B1',
    bot_user_id: 'UBOT',
    app_id: 'A1',
  }
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: 'W', domain: 'w' },
        users: [{ name: 'lin', email: 'lin@example.com' }],
        channels: [{ name: 'alerts', topic: '' }],
        tokens: [{ ...token, scopes: ['*'] }],
      },
    },
  })
  const log = openLog('silent')
  const pictures = NO_PICTURES
  const apiUrl = `${emulator.url}/api/`
  const web = openWeb(TOKEN, apiUrl, sdkLogger(log))
  const read = (method: string, args: object) => asked(`${apiUrl}${method}`, args)
  const { channels } = (await read('conversations.list', {})) as { channels: { id: string }[] }
  return {
    web,
    chat: slackChat(
      web,
      openSender({ web, apiUrl, pictures, clock: systemClock, log }),
      () => 'en',
      pictures,
      systemClock,
    ),
    channel: channels[0]!.id,
    read,
    close: () => emulator.close(),
  }
}

/** The same suite on a Slack that someone else wrote: what our fake and our adapter agree on wrongly shows here. */
chatSuite('slack over emulate', async () => {
  const { chat, channel, read, close } = await emulated()
  const titles = (answer: unknown) =>
    (answer as { messages: { blocks?: unknown[] }[] }).messages.map(({ blocks = [] }) => titleOf(blocks))
  return {
    chat,
    channel,
    shown: async () => titles(await read('conversations.history', { channel })).reverse(),
    thread: async ({ message }) =>
      titles(await read('conversations.replies', { channel, ts: message })).slice(1),
    close,
  }
})

test('there too messages are found by their key, pictures kept, forms and the Home tab taken', async () => {
  const { web, chat, channel, read, close } = await emulated()
  try {
    const to = { chat: 'slack', channel }
    const card = alertCard(STAGES['claimed']!, view('zh'))
    const ref = await chat.post(to, { zh: card, en: card }, 'key-1')
    const reply = await chat.reply(ref, { zh: card, en: card }, 'key-2')
    expect(await chat.find!(to, 'key-1', new Date(0))).toEqual(ref)
    expect(await chat.find!(ref, 'key-2', new Date(0))).toEqual(reply)
    // It keeps real time: what it shows is fresh enough to be sure.
    expect(await chat.find!(to, 'key-2', new Date(0))).toBe('none')
    expect(await web.keep(Buffer.from('png'), 'falling')).toMatch(/^F/)

    const { user } = (await read('users.lookupByEmail', { email: 'lin@example.com' })) as {
      user: { id: string }
    }
    const { trigger_id } = (await read('views.generateTriggerId', { user_id: user.id })) as {
      trigger_id: string
    }
    const form = resolveForm('zh', 'CNY')
    const asked = { form: { zh: form, en: form }, locale: 'zh', command: 'resolve', args: 'A-1042' } as const
    const event = {
      id: 'e',
      by: { chat: 'slack', workspace: 'T', user: user.id },
      channel,
      isDirect: false,
      message: ref.message,
      did: { kind: 'home' },
      way: {},
    } as const
    await web.quick('views.open', { trigger_id, view: encodeForm(asked, event) }, z.object({}))
    await web.call('views.publish', { user_id: user.id, view: encodeHome([card], 'zh') }, z.object({}))
  } finally {
    await close()
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
