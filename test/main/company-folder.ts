import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY } from '../../src/clock.ts'

/** A small company's folder as its people would lay it out: one configuration that is right, two that are not. */
export function writeCompany(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
  write('foreshock.yaml', config(FIELDS))
  write('column.yaml', config(FIELDS.replace('name: name', 'name: nmae')))
  write('fault.yaml', config(FIELDS, 'server: { prot: 80 }\n'))
  write(
    'schedule.yaml',
    config(FIELDS, 'schedule: { score: daily }\n').replace('tiers: [P0, P1, P2]', 'tiers: [P0]'),
  )
  write(
    'customers.csv',
    'id,name,tier,ltv,owner\nK1,王芳,high,186000,lin\nK2,李雷,low,9000,lin\nK3,,low,half,lin\n',
  )
  const at = new Date(Date.now() - DAY).toISOString()
  const voice = { id: 'v1', customer: 'K1', at, channel: 'chat', text: '修了三次都没好，我要退款！' }
  write('voices.ndjson', `${JSON.stringify(voice)}\n`)
}

const FIELDS = '{ id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner }'

function config(fields: string, more = ''): string {
  return `company: { name: 远山汽车, timeZone: Asia/Shanghai, currency: CNY, locale: en }
profile: auto
people:
  - { id: lin, name: 林晓雯, role: csm }
  - { id: ye, name: 叶青, role: admin }
channels:
  - { id: alerts, title: 客户预警, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: ${fields}
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: channel, text: text }
${more}`
}
