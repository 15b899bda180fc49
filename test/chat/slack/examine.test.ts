import { afterEach, expect, test } from 'vitest'
import { examineSlack } from '../../../src/chat/slack/examine.ts'
import { BOT_SCOPES, slackManifest } from '../../../src/chat/slack/manifest.ts'
import { openLog } from '../../../src/log.ts'
import { ALL_SCOPES, openSlackFake, type SlackFake } from '../../fakes/slack/server.ts'

let fake: SlackFake
afterEach(() => fake.close())

async function examine(more: Partial<Parameters<typeof examineSlack>[0]> = {}) {
  const { token, appToken, apiUrl } = fake
  const setup = { token, appToken, signingSecret: null, apiUrl, channels: [], log: openLog('silent') }
  return examineSlack({ ...setup, ...more })
}
const faults = (findings: Awaited<ReturnType<typeof examine>>) =>
  findings.filter(({ ok }) => !ok).map(({ about, says }) => `${about}: ${says.en}`)

test('a whole setup is well', async () => {
  fake = await openSlackFake()
  fake.space.addChannel('C0ALERTS')
  const findings = await examine({ channels: ['C0ALERTS'] })
  expect(faults(findings)).toEqual([])
  expect(findings.map(({ about }) => about)).toEqual([
    'Slack SLACK_BOT_TOKEN',
    'Slack scopes',
    'Slack SLACK_APP_TOKEN',
    'Slack channel C0ALERTS',
  ])
})

test('says what is missing and how to mend it', async () => {
  fake = await openSlackFake()
  fake.space.addChannel('C0LEFT', { member: false })
  fake.space.addChannel('C0OLD', { archived: true })
  fake.knobs.scopes = ALL_SCOPES.filter((scope) => scope !== 'users:read.email')
  const findings = await examine({ appToken: 'xapp-wrong', channels: ['C0LEFT', 'C0OLD', 'C0NONE'] })
  expect(faults(findings)).toEqual([
    expect.stringMatching(/^Slack scopes: missing: users:read\.email .*install the app again$/),
    expect.stringMatching(/^Slack SLACK_APP_TOKEN: .*invalid_auth.*connections:write/),
    expect.stringMatching(/^Slack channel C0LEFT: .*\/invite @foreshock/),
    expect.stringMatching(/^Slack channel C0OLD: is archived/),
    expect.stringMatching(/^Slack channel C0NONE: is not there/),
  ])
  for (const { says } of findings) expect(says.zh).toMatch(/\p{Script=Han}/u)
})

test('a refused token ends it; a way in is asked for; a network fault is not called a wrong token', async () => {
  fake = await openSlackFake()
  const wrong = await examine({ token: 'xoxb-wrong', appToken: null, channels: ['C0ALERTS'] })
  expect(faults(wrong)).toEqual([
    expect.stringContaining('Install the app again'),
    expect.stringContaining('neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET'),
  ])
  expect(JSON.stringify(wrong)).not.toContain('xoxb-wrong')
  fake.plan('auth.test', { kind: 'reset' })
  expect(faults(await examine())).toEqual([expect.stringContaining('Check the network')])
})

test('the manifest asks for what is used and nothing else, in both languages and both modes', async () => {
  fake = await openSlackFake()
  expect(ALL_SCOPES.toSorted()).toEqual(Object.keys(BOT_SCOPES).toSorted())
  expect(slackManifest('en', null)).toMatchSnapshot()
  expect(slackManifest('zh', 'https://foreshock.example.com/')).toMatchSnapshot()
  for (const locale of ['zh', 'en'] as const) {
    const { features, display_information } = slackManifest(locale, null) as {
      features: {
        shortcuts: { name: string; description: string }[]
        slash_commands: { description: string }[]
      }
      display_information: { description: string }
    }
    expect(features.shortcuts[0]!.name.length).toBeLessThanOrEqual(24)
    expect(features.shortcuts[0]!.description.length).toBeLessThanOrEqual(150)
    expect(display_information.description.length).toBeLessThanOrEqual(140)
  }
})
