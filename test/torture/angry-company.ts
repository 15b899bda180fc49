import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from './stage.ts'

/** A company in which everybody has just said something angry, so that each customer is a case. */
export interface AngryCompany {
  readonly configFile: string
  readonly people: readonly string[]
}

/** Writes it: so many customers and CSMs, with channels of one chat that take every card. */
export function writeAngryCompany(
  folder: string,
  { chat, user, channel }: Pick<Stage, 'chat' | 'user' | 'channel'>,
  { customers, people, channels }: { customers: number; people: number; channels: number },
): AngryCompany {
  mkdirSync(folder, { recursive: true })
  const hours = (ago: number): string => new Date(Date.now() - ago * 3_600_000).toISOString()
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
  const put = (file: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  const staff = numbers(people).map((no) => `p${no}`)
  put('customers.csv', [
    'id,name,tier,owner',
    ...numbers(customers).map((no) => `K${no},客户${no},high,${staff[no % people]}`),
  ])
  put(
    'voices.ndjson',
    numbers(customers).map((no) =>
      JSON.stringify({ id: `v${no}`, customer: `K${no}`, at: hours(1), text: '修了三次都没好，我要退款！' }),
    ),
  )
  put('foreshock.yaml', [
    'company: { name: Torture, timeZone: Asia/Shanghai, currency: CNY, locale: en }',
    'profile: auto',
    'people:',
    '  - { id: max, name: Max, role: admin }',
    ...staff.map((id) => `  - { id: ${id}, name: ${id}, role: csm, lead: max, ${chat}: ${user(id)} }`),
    'channels:',
    ...numbers(channels).map(
      (no) => `  - { id: c${no}, chat: ${chat}, to: ${channel(no)}, title: C${no}, tiers: [P0, P1, P2] }`,
    ),
    'sources:',
    '  - name: crm',
    '    type: file',
    '    path: ./customers.csv',
    '    record: customer',
    '    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, owner: owner }',
    '  - name: feedback',
    '    type: file',
    '    path: ./voices.ndjson',
    '    record: feedback',
    '    fields: { id: id, customer: { crm: customer }, at: at, text: text, channel: { value: chat } }',
  ])
  return { configFile: join(folder, 'foreshock.yaml'), people: staff }
}
