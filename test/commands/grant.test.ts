import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, openCompany, wordsOf } from './company.ts'

const OUTCOME = {
  result: 'lost',
  reason: 'service',
  action: '道歉',
  entitlement: 'none',
  cost: '',
  reply: '',
}

describe.each(onePlace)('what is written and given while a case is worked on $name', (place) => {
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

  it('words beside a contact are read in the thread, where the channel reads no name or number', async () => {
    const { no } = await company.caseOf(20)
    const words = '客户20 说周末再来，另一个电话 13900000006'
    expect(wordsOf((await company.say('lin', `contacted A-${no} ${words}`)).en)).toContain('contact noted')
    const lines = (await company.thread(await company.cardOf(20))).map(({ card }) => wordsOf(card!.zh))
    expect(lines.at(-1)).toMatch(/林晓雯已联系上客户。.*客\*\* 说周末再来，另一个电话 139\*\*\*\*/s)
  })
})
