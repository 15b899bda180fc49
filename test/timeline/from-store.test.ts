import { expect, it } from 'vitest'
import { places } from '../places.ts'
import { openTestProgram } from '../program.ts'

const CONFIG = `
company: { name: Yuanshan, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people: [{ id: lin, name: Lin, role: admin }]
channels: [{ id: alerts, title: Alerts, tiers: [P0, P1, P2] }]
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, attributes: { registered_on: { column: plate, type: day }, mileage: { column: km, type: number } } }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: what, amount: paid }
    kinds: { 保养: maintenance, 洗车: visit, 竞品询价: competitor_quote }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: channel, text: text }
`

const VISITS = `no,customer,what,at,paid
1,K1,保养,2026-03-01,600
2,K1,洗车,2026-04-01,60
3,K1,竞品询价,2026-05-20,
`

const VOICES = [
  '{"id":"v1","customer":"K1","at":"2026-05-30 21:14","channel":"chat","text":"太失望了，我要退款！"}',
  '{"id":"v2","customer":"K1","at":"2026-05-20 20:05","channel":"review","text":"服务很好，非常满意。"}',
]

it.each(places)('special kinds, attributes and moods arrive from the database on $name', async (place) => {
  const program = await openTestProgram(CONFIG, place, '2026-06-01T06:00:00+08:00')
  try {
    program.write('customers.csv', 'id,plate,km\nK1,2025-06-01,10950\n')
    program.write('visits.csv', VISITS)
    program.write('voices.ndjson', `${VOICES.join('\n')}\n`)
    expect(await program.run('pull')).toMatchObject({ seen: 6, failed: 0 })
    const [customer] = await program.ctx.store.customers.find('K1', 1)
    const history = await program.ctx.scorer.history(customer!.id, program.ctx.clock.now())
    const read = (name: string) => history?.feature(name) ?? Number.NaN
    expect([read('visits_365'), read('maintenance_365'), read('competitor_30')]).toEqual([2, 1, 1])
    expect(read('mileage_daily')).toBe(30)
    expect(read('chat_mood')).toBeLessThan(0)
    expect(read('review_mood')).toBeGreaterThan(0)
    expect(read('voices_90')).toBe(2)
    expect(read('ticket_mood')).toBeNaN()
  } finally {
    await program.close()
  }
})
