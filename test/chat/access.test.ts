import { expect, test } from 'vitest'
import { larkAccess, slackAccess } from '../../src/chat/access.ts'
import { parseConfig } from '../../src/config.ts'

test('without any of its variables a platform is not used', () => {
  expect(slackAccess({ SLACK_BOT_TOKEN: '', SLACK_API_URL: 'http://127.0.0.1:1/' })).toBeNull()
  expect(larkAccess({ LARK_DOMAIN: 'lark' })).toBeNull()
})

test('over the socket or over HTTP', () => {
  const botToken = 'xoxb-1'
  expect(slackAccess({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: 'xapp-1' })).toEqual({
    ...{ botToken, appToken: 'xapp-1', signingSecret: null, apiUrl: null },
  })
  expect(slackAccess({ SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: 's' })?.appToken).toBeNull()
  expect(larkAccess({ LARK_APP_ID: 'cli_1', LARK_APP_SECRET: 's', LARK_DOMAIN: 'lark' })).toEqual({
    ...{ appId: 'cli_1', appSecret: 's', encryptKey: null, verificationToken: null, domain: 'lark' },
  })
})

test.each([
  [() => slackAccess({ SLACK_APP_TOKEN: 'xapp-1' }), 'SLACK_BOT_TOKEN is not set.'],
  [() => slackAccess({ SLACK_BOT_TOKEN: 'xoxb-1' }), 'SLACK_APP_TOKEN is not set.'],
  [() => larkAccess({ LARK_APP_SECRET: 's' }), 'LARK_APP_ID is not set.'],
  [() => larkAccess({ LARK_APP_ID: 'cli_1' }), 'LARK_APP_SECRET is not set.'],
])('half of what it needs is refused, without repeating it: %#', (read, says) => {
  expect(read).toThrow(says)
  expect(read).not.toThrow(/xoxb-1|xapp-1|cli_1/)
})

const config = (people: string, channels: string) => `
company: { name: Acme, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people: [${people}]
channels: [${channels}]
sources: [{ name: crm, type: file, path: ./c.csv, record: customer, fields: { id: id, keys: { crm: id } } }]
`

test.each([
  ['{ id: a, chat: slack, title: A }', /"a" is on slack; give the platform’s id of the channel as to/],
  ['{ id: a, to: C1, title: A }', /"a" is in the console and needs no "to"/],
  ['{ id: a, chat: teams, title: A }', /channels\.0\.chat: "teams"/],
])('the channel %s is refused with its mend', (channel, says) => {
  expect(() => parseConfig(config('{ id: ye, name: Ye, role: admin }', channel), 'x.yaml')).toThrow(says)
})

test('an account or address belongs to one person', () => {
  const people = ['ann', 'bob'].map((id) => `{ id: ${id}, name: ${id}, role: csm, slack: U1 }`).join(', ')
  expect(() => parseConfig(config(people, '{ id: a, title: A }'), 'x.yaml')).toThrow(
    /people: slack: "U1" stands there twice/,
  )
  const wrong = '{ id: ann, name: Ann, role: csm, email: ann }'
  expect(() => parseConfig(config(wrong, '{ id: a, title: A }'), 'x.yaml')).toThrow(
    /is not an e-mail address/,
  )
})
