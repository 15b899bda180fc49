import { afterEach, describe, expect, test } from 'vitest'
import type { FormAsked } from '../../../src/chat/inbound.ts'
import { dismissForm } from '../../../templates/form.ts'
import { claimAction, commandBody, eventBody, pressBody, submitBody } from '../../fakes/slack/people.ts'
import { openUnderTest, type SlackUnderTest, until } from './open.ts'

let under: SlackUnderTest
afterEach(() => under.close())

const dismissal: FormAsked = {
  form: { zh: dismissForm('zh'), en: dismissForm('en') },
  locale: 'zh',
  command: 'dismiss',
  args: 'A-1042',
}
const press = (fake: SlackUnderTest['fake'], more = {}) => pressBody(fake, claimAction, more)

describe('forms', () => {
  test('open at once, nothing is kept before they are sent, and the values come with what was pressed', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.form = dismissal
    const pressed = pressBody(fake, { action_id: 'dismiss:3', value: '{"a":"A-1042","v":7}' })
    await fake.link.send('interactive', pressed)
    await until(() => fake.space.modals.length === 1)
    expect(counter.taken).toEqual([])
    const [modal] = fake.space.modals
    expect(modal!.view).toMatchObject({ title: { text: '标记为无风险' } })

    counter.form = null
    const sent = submitBody(fake, modal!, { reason: '客户每年出国' })
    const ack = await fake.link.send('interactive', sent)
    expect(ack.payload).toEqual({})
    expect(counter.taken).toMatchObject([
      {
        id: 'form V1',
        channel: 'C0ALERTS',
        message: '1780000001.000100',
        did: {
          kind: 'press',
          command: 'dismiss',
          args: 'A-1042',
          form: { reason: '客户每年出国' },
          version: 7,
        },
      },
    ])
    await fake.link.send('interactive', sent)
    expect(counter.taken).toHaveLength(1)
  })

  test('an expired trigger is told to the person', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.form = dismissal
    await fake.link.send('interactive', { ...press(fake), trigger_id: '1.2.expired' })
    await until(() => fake.space.responses.length === 1)
    expect(fake.space.responses[0]).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('表单'),
    })
    expect(counter.taken).toEqual([])
  })

  test('a slash command may ask for one; a mention cannot open one and is kept', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.form = dismissal
    await fake.link.send('slash_commands', commandBody(fake, 'dismiss A-1042'))
    await until(() => fake.space.modals.length === 1)
    const said = {
      type: 'app_mention',
      user: 'U0LIN',
      channel: 'C0ALERTS',
      ts: '1.1',
      text: 'dismiss A-1042',
    }
    await fake.link.send('events_api', eventBody(fake, said))
    expect(counter.taken).toHaveLength(1)
  })
})

describe('when nothing can be kept', () => {
  test('events stay unacknowledged, so that Slack sends them again; then they are kept once', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    const event = eventBody(fake, {
      type: 'app_mention',
      user: 'U0LIN',
      channel: 'C0ALERTS',
      ts: '1.1',
      text: 'mine',
    })
    counter.fails = true
    let acks = 0
    void fake.link.send('events_api', event).then(() => {
      acks += 1
    })
    await until(() => counter.tries === 1)
    counter.fails = false
    await fake.link.send('events_api', event, { retry_attempt: 1, retry_reason: 'timeout' })
    await fake.link.send('events_api', event, { retry_attempt: 2, retry_reason: 'timeout' })
    expect(counter.taken).toHaveLength(1)
    expect(acks).toBe(0)
  })

  test('a click, a command and a form are answered in words', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    counter.fails = true
    await fake.link.send('interactive', press(fake))
    await until(() => fake.space.responses.length === 1)
    expect(fake.space.responses[0]).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('may not have been recorded'),
    })
    const said = await fake.link.send('slash_commands', commandBody(fake, 'mine'))
    expect(said.payload).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('try again'),
    })
    const metadata = {
      from: { channel: 'C0ALERTS', message: null, thread: null, responseUrl: null },
      command: 'dismiss',
      args: 'A-1042',
      version: null,
    }
    const view = { callback_id: 'form', private_metadata: JSON.stringify(metadata) }
    const kept = await fake.link.send('interactive', submitBody(fake, { id: 'V9', view }, { reason: 'x' }))
    expect(kept.payload).toMatchObject({ response_action: 'errors', errors: { reason: expect.any(String) } })
    expect(counter.taken).toEqual([])
  })
})

describe('what is not for us', () => {
  test('unknown types, other bots, edits, strangers’ buttons and torn frames do nothing and break nothing', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    const said = {
      type: 'message',
      channel_type: 'im',
      user: 'U0LIN',
      channel: 'DU0LIN',
      ts: '1.1',
      text: 'mine',
    }
    fake.link.raw('{"type":"events_api","envelope_id":"x","payl')
    fake.link.raw(Buffer.from([0, 1, 2]))
    fake.link.raw('{"type":"nonsense","envelope_id":"y","payload":{}}')
    const bodies: [string, object][] = [
      ['events_api', eventBody(fake, { type: 'channel_rename', channel: { id: 'C1' } })],
      ['events_api', eventBody(fake, { ...said, bot_id: 'B0OTHER' })],
      ['events_api', eventBody(fake, { ...said, subtype: 'message_changed' })],
      ['events_api', eventBody(fake, { ...said, channel_type: 'channel', channel: 'C0ALERTS' })],
      ['events_api', eventBody(fake, { ...said, ts: 'not a time' })],
      ['events_api', eventBody(fake, { type: 'member_joined_channel', user: 'U0LIN', channel: 'C0ALERTS' })],
      ['interactive', pressBody(fake, { action_id: '../../etc', value: '{}' })],
      ['interactive', pressBody(fake, { action_id: 'claim:0', value: 'not json' })],
      ['interactive', { type: 'dialog_submission', team: { id: fake.space.team } }],
      [
        'interactive',
        submitBody(fake, { id: 'V1', view: { callback_id: 'form', private_metadata: '{"x":1}' } }, {}),
      ],
    ]
    for (const [type, body] of bodies) await fake.link.send(type, body)
    expect(counter.taken).toEqual([])
    await fake.link.send('interactive', press(fake))
    expect(counter.taken).toHaveLength(1)
  })

  test('another workspace is refused', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    const other = { id: 'T0OTHER', domain: 'other' }
    await fake.link.send('interactive', press(fake, { team: other }))
    await fake.link.send('slash_commands', commandBody(fake, 'mine', { team_id: 'T0OTHER' }))
    const said = { type: 'app_mention', user: 'U0LIN', channel: 'C0ALERTS', ts: '1.1', text: 'mine' }
    await fake.link.send('events_api', eventBody(fake, said, { team_id: 'T0OTHER', authorizations: [] }))
    expect(counter.taken).toEqual([])
  })

  test('a guest of another company keeps the name of theirs', async () => {
    under = await openUnderTest('socket')
    const { fake, counter } = under
    await fake.link.send('interactive', press(fake, { user: { id: 'U0OUT', team_id: 'T0OUT' } }))
    expect(counter.taken[0]!.by).toEqual({ chat: 'slack', workspace: 'T0OUT', user: 'U0OUT' })
  })
})

test('the bot hears that it was called into a channel and out of it, and that its page was opened', async () => {
  under = await openUnderTest('socket')
  const { fake, counter } = under
  const bot = fake.space.bot.user
  const tell = (event: object) => fake.link.send('events_api', eventBody(fake, event))
  await tell({ type: 'member_joined_channel', user: bot, channel: 'C0NEW', inviter: 'U0LIN' })
  await tell({ type: 'channel_left', channel: 'C0NEW', actor_id: 'U0LIN' })
  await tell({ type: 'app_home_opened', user: 'U0LIN', channel: 'DU0LIN', tab: 'home' })
  expect(counter.taken.map(({ did, channel, by }) => ({ did, channel, user: by.user }))).toEqual([
    { did: { kind: 'member', joined: true }, channel: 'C0NEW', user: 'U0LIN' },
    { did: { kind: 'member', joined: false }, channel: 'C0NEW', user: 'U0LIN' },
    { did: { kind: 'home' }, channel: null, user: 'U0LIN' },
  ])
})

test('buttons of messages that only one person sees stand for no message', async () => {
  under = await openUnderTest('socket')
  const { fake, counter } = under
  await fake.link.send('interactive', press(fake, { container: { is_ephemeral: true } }))
  const chosen = {
    type: 'overflow',
    action_id: 'menu:',
    selected_option: { text: {}, value: '{"c":"why","a":"A-1","v":2}' },
  }
  await fake.link.send('interactive', pressBody(fake, chosen))
  expect(counter.taken.map(({ message, did }) => ({ message, did }))).toEqual([
    { message: null, did: { kind: 'press', command: 'claim', args: 'A-1042', form: null, version: 3 } },
    {
      message: '1780000001.000100',
      did: { kind: 'press', command: 'why', args: 'A-1', form: null, version: 2 },
    },
  ])
})
