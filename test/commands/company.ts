import { commands } from '../../commands/index.ts'
import type { Alert } from '../../src/alerts/alert.ts'
import type { Card, CardTexts } from '../../src/chat/card.ts'
import type { WireMessage } from '../../src/chat/console/wire.ts'
import { isExpected } from '../../src/errors.ts'
import { openDesk } from '../../src/main/desk.ts'
import type { TestPlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'

/** A small team and a page and a half of customers at risk, for every command as a person types and presses it. */

export const NOW = '2026-06-01T06:00:00+08:00'

const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: shen, email: lin@example.com }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: shen, timeZone: America/New_York }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager }
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin }
  - { id: vera, name: { zh: 韦薇, en: Vera }, role: viewer }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id, phone: phone }, name: name, valueTier: tier, ltv: ltv, owner: owner, site: site, region: region }
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

/** Customers with names that test a search; the others are called 客户 and a number. */
const NAMES: Readonly<Record<number, string>> = {
  1: '王芳',
  2: '王芳',
  3: "Robert'); DROP TABLE customer;--",
  4: '100%_折扣',
}
export const COUNT = 30
/** Customers from this number on have never said anything. */
export const QUIET_FROM = 26

/** Odd numbers are of high value, so that their angry word is P0; even ones P1. Two owners, three stores. */
function customers(): string {
  const rows = Array.from({ length: COUNT }, (_, index) => {
    const no = index + 1
    const name = NAMES[no] ?? `客户${no}`
    const tier = no % 2 === 1 ? 'high' : 'low'
    const site = ['虹桥店', '浦东店', '徐汇店'][no % 3]
    const phone = `1380000${String(no).padStart(4, '0')}`
    return `K${no},"${name}",${tier},${no * 1000},${no % 2 === 1 ? 'lin' : 'zhou'},${site},${no % 2 === 1 ? '华东' : '华北'},${phone}`
  })
  return `id,name,tier,ltv,owner,site,region,phone\n${rows.join('\n')}\n`
}

function visits(): string {
  const rows = Array.from(
    { length: COUNT },
    (_, index) => `${index + 1},K${index + 1},2026-04-${String(1 + (index % 28)).padStart(2, '0')} 10:00,500`,
  )
  return `no,customer,at,paid\n${rows.join('\n')}\n`
}

function voices(): string {
  const rows = Array.from({ length: QUIET_FROM - 1 }, (_, index) =>
    JSON.stringify({
      id: `v${index + 1}`,
      customer: `K${index + 1}`,
      at: '2026-05-31 21:14',
      channel: 'chat',
      text: '修了三次都没好，我要退款！',
    }),
  )
  return `${rows.join('\n')}\n`
}

export interface Company extends TestProgram {
  readonly desk: ReturnType<typeof openDesk>
  /** The case of customer K1..K25, as it is now. */
  caseOf(customer: number): Promise<Alert>
  /** The message that shows the case. */
  cardOf(customer: number): Promise<WireMessage>
  /** What a press is refused with, else its note. */
  pressed(
    person: string,
    customer: number,
    verb: string,
    form?: Record<string, string>,
    request?: string,
  ): Promise<string>
}

/** @param notices whether its channel takes what is about no case */
export async function openCompany(place: TestPlace, scored = true, notices = false): Promise<Company> {
  const config = notices ? CONFIG.replace('[P0, P1, P2]', '$&, notices: true') : CONFIG
  const program = await openTestProgram(config, place, NOW)
  program.write('customers.csv', customers())
  program.write('visits.csv', visits())
  program.write('voices.ndjson', voices())
  await program.run('pull')
  const { ctx } = program
  if (scored) {
    // Room for all of them on one day: sharing out a day is another test's story.
    await ctx.store.settings.set('capacity.daily', 50, 'ye', new Date(NOW))
    await program.run('score')
  }
  const broadcast = { message: () => {}, clock: () => {}, progress: () => {} }
  const caseOf = async (customer: number): Promise<Alert> => {
    const [found] = await ctx.store.customers.find(`K${customer}`, 1)
    return (await ctx.store.alerts.ofCustomer(found!.id))[0]!
  }
  const cardOf = async (customer: number): Promise<WireMessage> => {
    const [found] = await ctx.store.customers.find(`K${customer}`, 1)
    const messages = await program.channel('alerts')
    return messages.find((message) => message.card?.en.title.endsWith(`C-${found!.no}`))!
  }
  return {
    ...program,
    desk: openDesk(ctx, commands, broadcast, null, () => null),
    caseOf,
    cardOf,
    pressed: async (person, customer, verb, form, request) => {
      try {
        const { note } = await program.press(person, await cardOf(customer), verb, form, request)
        return note === null ? 'a form' : wordsOf(note.en)
      } catch (error) {
        if (isExpected(error)) return error.explain('en')
        throw error
      }
    },
  }
}

/** Everything a card says in one language, a line a block. */
export function wordsOf(card: Card): string {
  return [card.title, card.subtitle, ...card.blocks.map((block) => JSON.stringify(block))]
    .filter(Boolean)
    .join('\n')
}

/** What is said in English, after a look that the Chinese says something of its own. */
export function english(card: CardTexts): string {
  if (card.zh.title === card.en.title && /[a-z]{3} [a-z]{3}/.test(card.zh.title))
    throw new Error(`not translated: ${card.zh.title}`)
  return wordsOf(card.en)
}

/** The cells of every table of a card, row by row. */
export function cellsOf({ blocks }: Card): (readonly string[])[] {
  return blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells) : []))
}
