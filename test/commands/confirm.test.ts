import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asksForCall, withChurnAsSet } from '../../src/settings/churn.ts'
import { settingsFrom } from '../../src/settings/settings.ts'
import { shippedProfile } from '../features/shipped.ts'
import { places } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { wordsOf } from './company.ts'

const set = (call: string) => settingsFrom(new Map([['churn.confirm', call]]), 'UTC').value
const AUTO = shippedProfile('auto')

const CUSTOMERS = `id,name,owner,ltv,site
K1,王芳,lin,9000,虹桥店
K2,李强,lin,5000,虹桥店
K3,赵敏,zhou,8000,浦东店
`
const EVENTS = `no,customer,at,kind
1,K1,2025-10-03 10:00,visit
2,K2,2026-05-20 10:00,visit
3,K3,2025-10-05 10:00,visit
4,K3,2025-10-06 10:00,cancelled
`

describe.each(places)('who is called before they count as gone, on $name', (place) => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-confirm-'))
  let program: TestProgram
  const said = async (line: string) => wordsOf((await program.say('lin', line)).en)

  beforeAll(async () => {
    const profile = join(folder, 'own.yaml')
    writeFileSync(profile, JSON.stringify(withChurnAsSet(AUTO, set('call'))))
    const config = `
company: { name: 远山汽车, timeZone: Asia/Shanghai, currency: CNY }
profile: ${profile}
people:
  - { id: lin, name: Lin, role: csm }
  - { id: ye, name: Ye, role: admin }
channels: [{ id: alerts, title: Alerts, tiers: [P0, P1, P2] }]
sources:
  - { name: crm, type: file, path: ./customers.csv, record: customer, fields: { id: id, keys: { crm: id }, name: name, owner: owner, ltv: ltv, site: site } }
  - { name: shop, type: file, path: ./events.csv, record: event, fields: { id: no, customer: { crm: customer }, at: at, kind: kind } }
`
    program = await openTestProgram(config, place, '2026-06-01T06:00:00+08:00')
    program.write('customers.csv', CUSTOMERS)
    program.write('events.csv', EVENTS)
    await program.run('pull')
  })
  afterAll(async () => {
    await program.close()
    rmSync(folder, { recursive: true })
  })

  it('only where it is set', () => {
    expect(withChurnAsSet(AUTO, set('no'))).toBe(AUTO)
    expect([AUTO, withChurnAsSet(AUTO, set('call'))].map(asksForCall)).toEqual([false, true])
  })

  it('lists those who stayed away and never said that they go', async () => {
    const list = await said('confirm')
    expect(list).toContain('1 without activity for more than 180 days')
    expect(list).toContain('C-1 王芳')
    expect(wordsOf((await program.say('lin', 'confirm mine')).zh)).toContain('1 位客户超过 180 天没有往来')
    expect(await said('show C-1')).toContain('A suspected leaver')
    expect(await said('show C-2')).not.toContain('A suspected leaver')
  })

  it('counts whoever has left as gone since they were last active', async () => {
    expect(await said('confirm C-1 left')).toContain('has left')
    expect(await program.sql(`SELECT kind, at FROM event WHERE source = 'call'`)).toEqual([
      { kind: 'cancelled', at: new Date('2025-10-03T10:00:00+08:00') },
    ])
    expect(await said('confirm')).toContain('There is nobody to call.')
    expect(await said('confirm C-1 left')).toContain('is known to have left')
  })

  it('counts whoever is still here as here from then on', async () => {
    expect(await said('confirm C-1 here')).toContain('still a customer')
    program.clock.advance(1_000)
    expect(await said('confirm C-1 here')).toContain('has not been away for so long')
    const noted = await program.ctx.store.settings.changes('called C-1', 9)
    expect(noted.map(({ by, after }) => [by, after])).toEqual([
      ['lin', 'here'],
      ['lin', 'left'],
    ])
  })

  it('says what is wrong with what it is told', async () => {
    expect(await said('confirm C-2 left')).toContain('has not been away for so long')
    expect(await said('confirm C-1 perhaps')).toContain('means nothing here')
  })
})
