import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { type Env, readConfig } from '../../src/config.ts'
import { randomIds } from '../../src/ids.ts'
import { openLog } from '../../src/log.ts'
import { openProfile } from '../../src/main/parts.ts'
import { openSources } from '../../src/main/sources.ts'

const CONFIG = `company: { name: Acme, timeZone: Europe/Berlin, currency: EUR }
profile: retail
people: [{ id: max, name: Max, role: admin }]
channels: [{ id: alerts, title: Alerts, tiers: [P0, P1, P2] }]
sources:
  - { name: orders, type: file, path: gone.csv, record: customer, fields: { keys: { crm: id } } }
  - { name: crm, type: sql, url: CRM_URL, query: SELECT 1, key: id, record: customer, fields: { keys: { crm: id } } }
  - { name: chat, type: webhook, record: customer, fields: { keys: { crm: id } } }
  - name: desk
    type: singer
    command: ./no-such-tap
    env: [DESK_TOKEN]
    streams: [{ stream: users, record: customer, fields: { keys: { crm: id } } }]
  - { name: people, type: hubspot, object: contacts }
  - { name: cases, type: salesforce, object: Case, url: https://acme.my.salesforce.com }
  - { name: support, type: zendesk, url: https://acme.zendesk.com }
  - { name: chats, type: intercom, token: INTERCOM_EU }
`

it('each kind is made with the variables it names and no others, and says itself what it lacks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-sources-'))
  try {
    const file = join(folder, 'foreshock.yaml')
    writeFileSync(file, CONFIG)
    const env = { CRM_URL: 'mysql://me:hush@db/crm', DESK_TOKEN: 't', OTHER: 'x', PATH: '/bin' } as Env
    const config = readConfig(file, env)
    expect(Object.keys(config.variables).sort()).toEqual(['CRM_URL', 'DESK_TOKEN', 'PATH'])
    const profile = openProfile(config)
    const sources = openSources({
      ...{ config, profile, clock: systemClock, newId: randomIds },
      log: openLog('silent'),
    })
    const said = await Promise.all(sources.map((source) => source.check()))
    expect(said.flat()).toEqual([
      expect.stringMatching(/^orders: gone\.csv does not exist\./),
      expect.stringMatching(/^crm: the environment variable CRM_URL is not the address of a database/),
      expect.stringMatching(/^desk: there is no program \.\/no-such-tap\./),
      expect.stringMatching(/^people: .* HUBSPOT_TOKEN is not set/),
      expect.stringMatching(/^cases: .* SALESFORCE_CLIENT_ID is not set/),
      expect.stringMatching(/^support: .* ZENDESK_EMAIL is not set/),
      expect.stringMatching(/^chats: .* INTERCOM_EU is not set/),
    ])
    expect(said.join()).not.toContain('hush')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
