import { expect, it } from 'vitest'
import { onePlace, type TestPlace } from '../places.ts'
import { openTestProgram } from '../program.ts'

const NOW = '2026-06-01T06:00:00+08:00'
const CONFIG = `
company: { name: Acme, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: Lin, role: csm }
  - { id: ye, name: Ye, role: admin }
channels:
  - { id: alerts, title: Alerts, tiers: [P0, P1, P2] }
sources:
  - { name: crm, type: file, path: ./customers.csv, record: customer, fields: { id: id, keys: { crm: id } } }
`

it.each(onePlace)(
  'a role granted from chat holds from the first moment of the next start, on $name',
  async (where) => {
    const { place, drop } = await where.place()
    const kept: TestPlace = { name: where.name, place: async () => ({ place, drop: async () => {} }) }
    const before = await openTestProgram(CONFIG, kept, NOW)
    await before.say('ye', 'role grant lin manager')
    await before.close()
    const after = await openTestProgram(CONFIG, kept, NOW)
    expect(after.ctx.people.get('lin')?.role).toBe('manager')
    await after.close()
    await drop()
  },
)
