import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../commands/index.ts'
import { VirtualClock } from '../src/clock.ts'
import { readConfig } from '../src/config.ts'
import { openLog } from '../src/log.ts'
import { openersFor } from '../src/main/connect.ts'
import { openDesk } from '../src/main/desk.ts'
import { start } from '../src/main.ts'
import type { TestPlace } from './places.ts'
import type { Town } from './suites/town.ts'

/** The whole program, started as an operator does, on a chat platform of which only the tokens are set. */

const configFor = ({ name, locale, account }: Town): string => `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY, locale: ${locale} }
profile: auto
server: { port: 0 }
schedule: { pull: '*/30 * * * *', score: '*/30 * * * *' }
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: ye, email: lin@example.com }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: ye }
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin, ${name}: ${account('ye')} }
  - { id: vera, name: { zh: 韦薇, en: Vera }, role: viewer }
channels:
  - { id: desk, title: { zh: 控制台, en: Desk } }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner, phone: phone, timeZone: zone, firstPurchase: bought }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: chat }, text: text }
`
const CUSTOMERS = `id,name,tier,ltv,owner,phone,zone,bought
K1,王芳,high,186000,zhou,13800000001,America/New_York,2023-04-02
K2,李雷,high,92000,lin,13800000002,,2023-05-11
`
const VISITS = `no,customer,at,paid
1,K1,2026-01-12 10:00,720
2,K1,2026-04-15 10:00,980
3,K2,2026-05-03 10:00,320
`
const voice = (no: number, customer: string, at: string, text: string): string =>
  `${JSON.stringify({ id: `v${no}`, customer, at, text })}\n`
export const ANGRY = voice(1, 'K1', '2026-05-31 21:14', '刹车异响修了三次都没好，太失望了，我要退款！')
export const AGAIN = voice(2, 'K1', '2026-06-06 20:05', '说好的回访没人打，算了，直接走退订流程吧。')
export const OTHER = voice(3, 'K2', '2026-06-06 21:30', '服务太差，我要退款！')

export type TownProgram = Awaited<ReturnType<typeof openTownProgram>>

export async function openTownProgram(town: Town, place: TestPlace) {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-journey-'))
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('foreshock.yaml', configFor(town))
  write('customers.csv', CUSTOMERS)
  write('visits.csv', VISITS)
  write('voices.ndjson', ANGRY)
  const clock = new VirtualClock(new Date('2026-06-01T06:30:00+08:00'))
  const { place: where, drop } = await place.place()
  const config = readConfig(join(folder, 'foreshock.yaml'), town.env)
  const platforms = await openersFor(config)
  // What stands in a picture is tried in test/drawing; here it is enough that there is one.
  const draw = async () => Buffer.from('a picture')
  const program = await start({ config, log: openLog('silent'), clock, place: where, platforms, draw })
  town.listensAt(program.server.url)
  const silent = { message: () => {}, clock: () => {}, progress: () => {} }
  const desk = openDesk(program.ctx, commands, silent, null, () => null)
  await program.ready
  return {
    /** Moved on, the program does by itself what is due by then. */
    clock,
    write,
    /** Types a line in the console. */
    console: async (person: string, line: string) => {
      await desk.say({ person, channel: 'desk', thread: null, line, request: `console ${line}` })
    },
    close: async () => {
      await program.close()
      await town.close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until it is there: the program works by itself. */
export async function come<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const found = look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it did not come: ${what}`)
}
