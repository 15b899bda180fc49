import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PERMISSIONS } from '../../src/chat/lark/manifest.ts'
import { type Env, readConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { examine } from '../../src/main/doctor.ts'
import { openLarkFake } from '../fakes/lark.ts'
import { APP } from '../fakes/lark-world.ts'
import { ALL_SCOPES, openSlackFake } from '../fakes/slack/server.ts'
import { writeCompany } from './company-folder.ts'

/** What `doctor` says of a company whose chat platforms are half set up. */

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreshock-doctor-'))
  writeCompany(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The faults that are about chats, as they are printed. */
async function faultsOf(env: Env, chat: 'slack' | 'lark', channels: readonly string[]): Promise<string[]> {
  const file = join(folder, 'foreshock.yaml')
  const lines = channels.map(
    (to, at) => `  - { id: care-${at}, title: Care, chat: ${chat}, to: ${to}, tiers: [P0, P1, P2] }\n`,
  )
  const text = readFileSync(file, 'utf8').replace('sources:\n', `${lines.join('')}sources:\n`)
  writeFileSync(file, `${text}server: { port: 0 }\n`)
  const findings = await examine(readConfig(file, env), openLog('silent'))
  const rest = findings.filter(({ about }) => !/^(Slack|Lark|Feishu)/.test(about))
  expect(rest.filter(({ ok }) => !ok)).toEqual([])
  return findings.filter(({ ok }) => !ok).map(({ about, detail }) => `${about}: ${detail}`)
}

it('Slack: a scope that is missing, a bot outside its channel, a channel that was archived', async () => {
  const fake = await openSlackFake()
  try {
    fake.space.addChannel('C0GOOD')
    fake.space.addChannel('C0LEFT', { member: false })
    fake.space.addChannel('C0OLD', { archived: true })
    fake.knobs.scopes = ALL_SCOPES.filter((scope) => !['chat:write', 'im:write'].includes(scope))
    const env = { SLACK_BOT_TOKEN: fake.token, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl }
    expect(await faultsOf(env, 'slack', ['C0GOOD', 'C0LEFT', 'C0OLD'])).toEqual([
      expect.stringMatching(/^Slack scopes: missing: chat:write \(.*\); im:write \(.*install the app again$/),
      expect.stringMatching(/^Slack channel C0LEFT: .*\/invite @foreshock/),
      expect.stringMatching(/^Slack channel C0OLD: is archived/),
    ])
  } finally {
    await fake.close()
  }
})

it('Lark: a permission that is missing, a bot outside its group', async () => {
  const fake = await openLarkFake()
  try {
    for (const { scope } of PERMISSIONS) fake.world.scopes.add(scope)
    fake.world.scopes.delete('im:message:send_as_bot')
    fake.world.groups.get('oc_alerts')!.botIn = false
    const env = { LARK_APP_ID: APP.appId, LARK_APP_SECRET: APP.appSecret, LARK_DOMAIN: fake.url }
    expect(await faultsOf(env, 'lark', ['oc_alerts'])).toEqual([
      expect.stringContaining('im:message:send_as_bot'),
      expect.stringContaining('oc_alerts'),
    ])
  } finally {
    await fake.close()
  }
})
