import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PERMISSIONS } from '../../src/chat/lark/manifest.ts'
import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { examine } from '../../src/main/doctor.ts'
import type { Place } from '../../src/store/database.ts'
import { openLarkFake } from '../fakes/lark.ts'
import { APP } from '../fakes/lark-world.ts'
import { ALL_SCOPES, openSlackFake } from '../fakes/slack/server.ts'
import { onePlace } from '../places.ts'
import { writeCompany } from './company-folder.ts'

/** What `doctor` says of a company whose chat platforms are half set up. */

it('names the scope that is missing, the bot outside its channel and the channel that is archived', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-doctor-'))
  const [slack, lark, { place, drop }] = [
    await openSlackFake(),
    await openLarkFake(),
    await onePlace[0]!.place(),
  ]
  try {
    slack.space.addChannel('C0GOOD')
    slack.space.addChannel('C0LEFT', { member: false })
    slack.space.addChannel('C0OLD', { archived: true })
    slack.knobs.scopes = ALL_SCOPES.filter((scope) => !['chat:write', 'im:write'].includes(scope))
    for (const { scope } of PERMISSIONS) lark.world.scopes.add(scope)
    lark.world.scopes.delete('im:message:send_as_bot')
    lark.world.groups.get('oc_alerts')!.botIn = false

    const channels = { C0GOOD: 'slack', C0LEFT: 'slack', C0OLD: 'slack', oc_alerts: 'lark' }
    const file = writeConfig(folder, channels, place)
    const env = {
      ...(place.kind === 'server' ? { DATABASE_URL: place.url } : {}),
      ...{ SLACK_BOT_TOKEN: slack.token, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
      ...{ FORESHOCK_HOST: '0.0.0.0', FORESHOCK_CONSOLE_TOKEN: 'short' },
      ...{ LARK_APP_ID: APP.appId, LARK_APP_SECRET: APP.appSecret, LARK_DOMAIN: lark.url },
    }
    const findings = await examine(readConfig(file, env), openLog('silent'))
    expect(findings.filter(({ ok }) => !ok).map(({ about, detail }) => `${about}: ${detail}`)).toEqual([
      expect.stringMatching(
        /^console on 0\.0\.0\.0: .* its token is too short\. Set FORESHOCK_CONSOLE_TOKEN/,
      ),
      expect.stringMatching(/^Slack scopes: missing: chat:write \(.*\); im:write \(.*install the app again$/),
      expect.stringMatching(/^Slack channel C0LEFT: .*\/invite @foreshock/),
      expect.stringMatching(/^Slack channel C0OLD: is archived/),
      expect.stringContaining('im:message:send_as_bot'),
      expect.stringContaining('oc_alerts'),
    ])
    expect(findings.filter(({ about }) => about === 'Slack channel C0GOOD')).toMatchObject([{ ok: true }])
  } finally {
    await Promise.all([slack.close(), lark.close()])
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The small company with these channels, by id and chat. */
function writeConfig(folder: string, channels: Readonly<Record<string, string>>, place: Place): string {
  writeCompany(folder)
  const file = join(folder, 'foreshock.yaml')
  const lines = Object.entries(channels).map(
    ([to, chat], at) => `  - { id: care-${at}, title: Care, chat: ${chat}, to: ${to}, tiers: [P0] }\n`,
  )
  const database = place.kind === 'folder' ? `database: { folder: ${place.folder} }\n` : ''
  const text = readFileSync(file, 'utf8').replace('sources:\n', `${lines.join('')}sources:\n`)
  writeFileSync(file, `${text}server: { port: 0 }\n${database}`)
  return file
}
