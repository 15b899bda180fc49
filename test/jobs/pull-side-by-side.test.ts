import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pullSources } from '../../jobs/pull/side-by-side.ts'
import { VirtualClock } from '../../src/clock.ts'
import { openLog } from '../../src/log.ts'
import { openPulls } from '../../src/main/pulls.ts'
import type { PullReport } from '../../src/records/pull-report.ts'
import { fakeIntercom } from '../fakes/vendors/intercom.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'

const NEVER = new AbortController().signal

/** A vendor that takes every question and answers once it is told to. */
async function hangingVendor() {
  const waiting: ServerResponse[] = []
  let isAsked: () => void = () => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  const refuse = (response: ServerResponse) =>
    response.writeHead(403).end('{"error":"ring ann@acme.example"}')
  let isOver = false
  const server = createServer((_, response) => {
    if (isOver) return void refuse(response)
    waiting.push(response)
    isAsked()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: () => {
      isOver = true
      for (const response of waiting.splice(0)) refuse(response)
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe.each(onePlace)('sources side by side on $name', (place) => {
  let program: TestProgram
  let slow: Awaited<ReturnType<typeof hangingVendor>>
  let fast: Awaited<ReturnType<typeof fakeIntercom>>
  beforeAll(async () => {
    slow = await hangingVendor()
    fast = await fakeIntercom()
    fast.world.contacts = [{ id: 'c1', updated_at: 1_780_000_000, email: 'wang@acme.example', name: '王芳' }]
    program = await openTestProgram(
      `
company: { name: Acme, timeZone: Asia/Shanghai, currency: CNY }
profile: saas
people: [{ id: ye, name: Ye, role: admin }]
channels: [{ id: alerts, title: Alerts, tiers: [P0, P1, P2], notices: true }]
sources:
  - { name: support, type: zendesk, url: '${slow.url}' }
  - { name: chats, type: intercom, url: '${fast.server.url}' }
  - { name: crm, type: file, path: ./crm.csv, record: customer, fields: { id: id, keys: { crm: id }, name: name } }
`,
      place,
      '2026-06-01T06:00:00+08:00',
      { INTERCOM_TOKEN: 'ic-good', ZENDESK_EMAIL: 'admin@acme.example', ZENDESK_TOKEN: 'zd-good' },
    )
    program.write('crm.csv', 'id,name\nK1,张三\n')
  })
  afterAll(async () => {
    await program.close()
    await slow.close()
    await fast.server.close()
  })

  it('reads the others beside one that hangs, and does not ask that one twice', async () => {
    const { ctx } = program
    const all = pullSources(ctx, NEVER, null)
    await slow.asked
    const read = async () =>
      (await ctx.store.sources.reports()).flatMap(({ source, report }) => (report === null ? [] : [source]))
    await expect.poll(read).toEqual(['chats', 'crm'])
    program.clock.advance(40 * 60_000)
    const card = await program.say('ye', 'sources')
    expect(JSON.stringify(card.en)).toContain('being read for 40 min')
    expect(JSON.stringify(card.zh)).toContain('正在读取，已有 40 分钟')
    // The next hour: what still hangs is left alone, the others are read.
    expect(await program.run('pull')).toMatchObject({ failed: 0, more: { sourcesSlow: 1 } })
    slow.answer()
    expect(await all).toMatchObject([
      { source: 'support', report: { failure: expect.any(String) } },
      { source: 'chats', report: { created: 1, failure: null } },
      { source: 'crm', report: { created: 1, failure: null } },
    ])
    expect(ctx.pulls.since('support')).toBeNull()
  })

  it('says what a vendor answers without the contacts it quotes', async () => {
    const reports = await program.ctx.store.sources.reports()
    const { report } = reports.find(({ source }) => source === 'support')!
    expect((report as PullReport).failure).toContain(': ring ***@***. Give')
    expect((report as PullReport).says?.zh).toContain('：ring ***@***')
  })
})

describe('patience with a source', () => {
  /** Runs work that never ends, whose first pulls bring rows while they are waited for the first so many times. */
  async function waited(isFirst: boolean, bringing: number) {
    const real = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    const start = real.now().getTime()
    let bring: () => void = () => {}
    let times = 0
    const pause = async (milliseconds: number) => {
      real.advance(milliseconds / 2)
      times += 1
      if (times <= bringing) bring()
      real.advance(milliseconds / 2)
    }
    const pulls = openPulls({ clock: real, log: openLog('silent') }, { real, pause })
    const how = { signal: NEVER, patience: 600_000, isFirst }
    const hanging = (stop: AbortSignal, brought: () => void) =>
      new Promise<string>((resolve) => {
        bring = brought
        stop.addEventListener('abort', () => resolve('stopped'))
      })
    const first = await pulls.run('crm', how, hanging)
    const minutes = (real.now().getTime() - start) / 60_000
    const again = await pulls.run('crm', how, async () => 'twice')
    await pulls.close()
    return { first, again, minutes, since: pulls.since('crm') }
  }

  it('ends after its time, whatever the source brings; closing ends the source', async () => {
    expect(await waited(false, 2)).toEqual({ first: null, again: null, minutes: 10, since: null })
  })

  it('lasts while a first pull brings rows, since half a history would alarm for nothing', async () => {
    expect((await waited(true, 2)).minutes).toBe(22.5)
  })
})
