import { afterEach, expect, test } from 'vitest'
import { claimAction, commandBody, eventBody, pressBody } from '../../fakes/slack/people.ts'
import { openUnderTest, type SlackUnderTest, until } from './open.ts'

let under: SlackUnderTest
afterEach(() => under.close())

test('a click comes in over the socket, is kept, then acknowledged', async () => {
  under = await openUnderTest('socket')
  const { fake, counter } = under
  await fake.link.send('interactive', pressBody(fake, claimAction))
  expect(counter.taken).toEqual([
    {
      id: expect.stringContaining('press U0LIN 1780000001.000100 claim:0'),
      by: { chat: 'slack', workspace: 'T0FAKE', user: 'U0LIN' },
      channel: 'C0ALERTS',
      isDirect: false,
      message: '1780000001.000100',
      did: { kind: 'press', command: 'claim', args: 'A-1042', form: null, version: 3 },
      way: { responseUrl: fake.responseUrl('press') },
    },
  ])
})

test('a slash command, a mention in a thread and a direct message are said', async () => {
  under = await openUnderTest('socket')
  const { fake, counter } = under
  await fake.link.send('slash_commands', commandBody(fake, 'top 20 store 虹桥店'))
  const mention = { type: 'app_mention', user: 'U0LIN', channel: 'C0ALERTS', ts: '1780000005.000100' }
  await fake.link.send(
    'events_api',
    eventBody(fake, { ...mention, text: '<@U0BOT> show  a &lt;b', thread_ts: '1780000001.000100' }),
  )
  const direct = {
    type: 'message',
    channel_type: 'im',
    user: 'U0LIN',
    channel: 'DU0LIN',
    ts: '1780000006.000100',
  }
  await fake.link.send('events_api', eventBody(fake, { ...direct, text: 'mine' }))
  await until(() => counter.taken.length === 3)
  expect(counter.taken.map(({ did, message, isDirect }) => ({ did, message, isDirect }))).toEqual([
    { did: { kind: 'say', line: 'top 20 store 虹桥店' }, message: null, isDirect: false },
    { did: { kind: 'say', line: 'show  a <b' }, message: '1780000001.000100', isDirect: false },
    { did: { kind: 'say', line: 'mine' }, message: null, isDirect: true },
  ])
})
