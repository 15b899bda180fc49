import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VirtualClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../../src/ingest/proof.ts'
import { openLog } from '../../src/log.ts'
import { start } from '../../src/main.ts'
import type { TestPlace } from '../places.ts'

/** A small company that helpdesk, app and shop send to, running as `foreshock start` runs it. */

export const NOW = '2026-06-01T06:00:00+08:00'
export const TOKEN = 'a-token-of-the-helpdesk'
export const OLD_TOKEN = 'the-token-it-had-before'
export const SECRET = 'a-secret-of-the-app-only'

const CONFIG = `
company: { name: Yuanshan, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: Lin, role: csm, lead: ye }
  - { id: ye, name: Ye, role: admin }
channels:
  - { id: alerts, title: Alerts, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id, phone: phone }, name: name, valueTier: tier, owner: owner }
  - name: tickets
    type: webhook
    list: data.tickets
    record: feedback
    fields: { id: no, customer: { crm: user.id }, at: created, channel: via, text: body.plain }
    channels: { 工单: ticket }
`

export const ANGRY = '修了三次都没好，我要退款！'
export const AT = '2026-06-01T05:59:00+08:00'

/** A voice of nobody in particular. */
export const voice = (id: string, more: object = {}) => ({
  ...{ id, customer: { crm: 'K2' }, at: AT, channel: 'chat', text: `说的话 ${id}` },
  ...more,
})

export interface Sending {
  readonly url: string
  readonly ctx: Context
  readonly lines: readonly string[]
  /** Sends with the helpdesk's token unless other headers are given; gives status, headers and the JSON. */
  post(door: string, body: unknown, headers?: Record<string, string>): Promise<Posted>
  /** What was said, newest last. */
  voices(): Promise<readonly string[]>
  /** The P0 cases, by the customer's identity key. */
  urgent(): Promise<string[]>
  /** Resolves when nobody waits to be judged. */
  judged(): Promise<void>
  close(): Promise<void>
}

export interface Posted {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like
  readonly body: any
}

export const JSON_TYPE = { 'content-type': 'application/json' }
export const BEARER = { authorization: `Bearer ${TOKEN}`, ...JSON_TYPE }

export const NDJSON = { ...BEARER, 'content-type': 'application/x-ndjson' }

export function signed(body: string | Buffer, secret = SECRET, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const hex = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
  return { ...JSON_TYPE, [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `sha256=${hex}` }
}

export async function openSending(
  where: TestPlace,
  { env = {}, more = '' }: { env?: Record<string, string>; more?: string } = {},
): Promise<Sending> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-ingest-'))
  const file = join(folder, 'foreshock.yaml')
  writeFileSync(file, CONFIG + more)
  const rows = Array.from(
    { length: 12 },
    (_, n) => `K${n},客户${n},${n % 2 ? 'high' : 'low'},lin,138000000${n + 10}`,
  )
  writeFileSync(join(folder, 'customers.csv'), `id,name,tier,owner,phone\n${rows.join('\n')}\n`)
  const { place, drop } = await where.place()
  const lines: string[] = []
  const log = openLog('debug', { write: (line: string) => void lines.push(line) })
  const access = {
    FORESHOCK_INGEST_TOKEN: `helpdesk:${TOKEN}, helpdesk:${OLD_TOKEN}`,
    FORESHOCK_INGEST_SECRET: `app:${SECRET}`,
  }
  const config = readConfig(file, { ...access, FORESHOCK_PORT: '0', ...env })
  const { ctx, server, ready, close } = await start({
    config,
    log,
    place,
    clock: new VirtualClock(new Date(NOW)),
  })
  await ready
  const waiting = () => ctx.store.ingest.waiting()
  return {
    url: server.url,
    ctx,
    lines,
    post: async (door, body, headers = BEARER) => {
      const words = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
      const answer = await fetch(`${server.url}/ingest/${door}`, { method: 'POST', body: words, headers })
      const said = await answer.text()
      return { status: answer.status, headers: answer.headers, body: said === '' ? null : JSON.parse(said) }
    },
    voices: async () => {
      const said = await ctx.store.timeline.voices(new Date(0), new Date('2027-01-01'))
      return said.map(({ text }) => text)
    },
    urgent: async () => {
      const cases = await ctx.store.alerts.list({ states: ['open'] })
      const ids = cases.filter(({ tier }) => tier === 'P0').map(({ customer }) => customer)
      const customers = await ctx.store.customers.many(ids)
      return ids.map((id) => customers.get(id)?.name ?? 'unknown').toSorted()
    },
    judged: async () => {
      for (let round = 0; (await waiting()) > 0; round += 1) {
        if (round > 400) throw new Error('somebody still waits to be judged')
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    close: async () => {
      await close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
