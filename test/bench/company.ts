import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Enough people to press at once, and one who may read everything. */
export const PRESSERS = ['ana', 'ben', 'cho', 'dan', 'eva', 'fox'] as const

/** Customers, and when they were in the workshop. */
export const SOURCES = `
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }`

const configOf = (chat: 'console' | 'slack'): string => `
company: { name: Bench, timeZone: Asia/Shanghai, currency: CNY, locale: zh }
profile: auto
database: { folder: ./database }
people:
  - { id: max, name: Max, role: admin }
${PRESSERS.map((id) => `  - { id: ${id}, name: ${id}, role: csm, lead: max${chat === 'slack' ? `, slack: U-${id}` : ''} }`).join('\n')}
channels:
  - { id: alerts${chat === 'slack' ? ', chat: slack, to: C1' : ''}, title: Alerts, tiers: [P0, P1, P2] }
sources:${SOURCES}
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: channel, text: text }
`

const HOUR = 3_600_000

/** Writes a company in which everybody has just said something angry: a case each. Gives its configuration's path. */
export function writeCompany(
  folder: string,
  customers: number,
  chat: 'console' | 'slack' = 'console',
): string {
  const now = Date.now()
  const at = (hoursAgo: number): string => new Date(now - hoursAgo * HOUR).toISOString()
  const all = Array.from({ length: customers }, (_, index) => index + 1)
  const owner = (no: number): string => PRESSERS[no % PRESSERS.length]!
  const put = (file: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  put('customers.csv', [
    'id,name,tier,ltv,owner',
    ...all.map((no) => `K${no},客户${no},high,${no * 100},${owner(no)}`),
  ])
  put('visits.csv', [
    'no,customer,at,paid',
    ...all.map((no) => `${no},K${no},${at(24 * (10 + (no % 60)))},500`),
  ])
  put(
    'voices.ndjson',
    all.map((no) =>
      JSON.stringify({
        id: `v${no}`,
        customer: `K${no}`,
        at: at(1),
        channel: 'chat',
        text: '修了三次都没好，我要退款！',
      }),
    ),
  )
  const file = join(folder, 'foreshock.yaml')
  writeFileSync(file, configOf(chat))
  return file
}
