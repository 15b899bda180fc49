import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, openCompany } from './company.ts'

const OUTCOME = {
  result: 'lost',
  reason: 'service',
  action: '道歉',
  entitlement: 'none',
  cost: '',
  reply: '',
}

describe.each(onePlace)('giving something to keep a customer on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  it('nobody gives more than they may: not above their limit, not what only managers give', async () => {
    const give = (person: string, more: object) =>
      company.pressed(person, 21, 'resolve', { ...OUTCOME, ...more })
    expect(await give('lin', { cost: '500.01' })).toContain(
      'That is above your limit: CN¥500 for a P0 case. Ask Shen Liqun to close the case, or grant less.',
    )
    expect(await give('lin', { entitlement: 'warranty', cost: '0' })).toContain(
      'Only a manager may grant "Six more months of warranty".',
    )
    expect(
      await company.pressed('zhou', 22, 'resolve', { ...OUTCOME, entitlement: '一次免费保养' }),
    ).toContain('"One free service" is not for P1 cases. It is for P0; choose another.')
    expect(await company.caseOf(21)).toMatchObject({ state: 'open', version: 1 })
    expect(await give('shen', { entitlement: 'warranty', cost: '2999' })).toContain('is closed')
    expect((await company.caseOf(21)).outcome).toMatchObject({
      entitlement: '延保半年',
      costMinor: 299_900,
    })
  })

  it('the outcome form offers what may be given on such a case', async () => {
    const form = (await company.cardOf(22)).card!.zh.buttons.find(({ command }) => command === 'resolve')!
      .form!
    const field = form.fields.find(({ name }) => name === 'entitlement')!
    expect(field.kind === 'select' && field.options.map(({ label }) => label)).toEqual([
      ...['没有给', '免费检测', '免费洗车', '代步车', '工时代金券', '延保半年（主管才能给）'],
      '其他（写在“做了什么”里）',
    ])
  })
})
