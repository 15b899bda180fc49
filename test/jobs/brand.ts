import type { TestPlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'

/** A brand whose files a test writes itself: customers, visits and voices as short tuples. */

export const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: shen }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: shen }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager, lead: gu }
  - { id: gu, name: { zh: 顾明远, en: Gu Mingyuan }, role: manager }
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: channel, text: text }
`

/** [number, value tier] */
export type CustomerRow = readonly [no: number, tier: 'high' | 'low']
/** [id, customer, local time, amount] */
export type VisitRow = readonly [id: string, customer: number, at: string, paid?: number]
/** [id, customer, local time, words] */
export type VoiceRow = readonly [id: string, customer: number, at: string, text: string]

export const customersFile = (rows: readonly CustomerRow[]): string =>
  `id,name,tier,ltv,owner\n${rows.map(([no, tier]) => `K${no},客户${no},${tier},${no * 10_000},lin\n`).join('')}`
export const visitsFile = (rows: readonly VisitRow[]): string =>
  `no,customer,at,paid\n${rows.map(([id, customer, at, paid = 500]) => `${id},K${customer},${at},${paid}\n`).join('')}`
export const voicesFile = (rows: readonly VoiceRow[]): string =>
  rows
    .map(
      ([id, customer, at, text]) =>
        `${JSON.stringify({ id, customer: `K${customer}`, at, channel: 'chat', text })}\n`,
    )
    .join('')

export interface Brand extends TestProgram {
  files(customers: readonly CustomerRow[], visits: readonly VisitRow[], voices: readonly VoiceRow[]): void
  /** Id of customer K<no>. */
  id(no: number): Promise<string>
  /** The customer's newest case, or null. */
  newest(no: number): ReturnType<TestProgram['ctx']['store']['alerts']['current']>
  /** Titles of the thread of the customer's newest card. */
  told(no: number): Promise<string[]>
  /** Presses a button on the customer's newest card. */
  click(person: string, no: number, verb: string, form?: Record<string, string>): Promise<void>
}

export async function openBrand(place: TestPlace, now: string): Promise<Brand> {
  const program = await openTestProgram(CONFIG, place, now)
  const { ctx } = program
  const id = async (no: number): Promise<string> => (await ctx.store.customers.find(`K${no}`, 1))[0]!.id
  const newest = async (no: number) => (await ctx.store.alerts.ofCustomer(await id(no)))[0] ?? null
  const card = async (no: number) => {
    const [customer] = await ctx.store.customers.find(`K${no}`, 1)
    const cards = (await program.channel('alerts')).filter((message) =>
      message.card?.en.title.endsWith(`· C-${customer!.no}`),
    )
    return cards.at(-1)!
  }
  return {
    ...program,
    id,
    newest,
    files: (customers, visits, voices) => {
      program.write('customers.csv', customersFile(customers))
      program.write('visits.csv', visitsFile(visits))
      program.write('voices.ndjson', voicesFile(voices))
    },
    told: async (no) => (await program.thread(await card(no))).map((message) => message.card!.en.title),
    click: async (person, no, verb, form) => {
      await program.press(person, await card(no), verb, form)
    },
  }
}
