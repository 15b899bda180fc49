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
      entitlement: 'warranty',
      costMinor: 299_900,
    })
    // Written down by its name: each reads it in their own language, on the card and in its thread.
    const card = await company.cardOf(21)
    for (const told of [card, (await company.thread(card)).at(-1)!]) {
      expect(wordsOf(told.card!.en)).toContain('Six more months of warranty')
      expect(wordsOf(told.card!.zh)).toContain('延保半年')
    }
  })

  it('whoever is marked retained has an outcome where one is said, within the same limits, and it is counted', async () => {
    const { no } = await company.caseOf(23)
    const keep = (more: object) =>
      company.pressed('lin', 23, 'retained', { note: '重做了一遍', reason: 'not-said', cost: '0', ...more })
    expect(await keep({ cost: '500.01' })).toContain('The real reason is missing')
    expect(await keep({ reason: 'service', cost: '500.01' })).toContain('That is above your limit')
    expect(wordsOf((await company.say('lin', `retained A-${no} gift:warranty reason:service`)).en)).toContain(
      'Only a manager may grant',
    )
    expect((await company.caseOf(23)).state).toBe('open')
    await company.say('lin', `retained A-${no} 重做了一遍 reason:service cost:280 gift:free-wash`)
    const kept = await company.caseOf(23)
    expect(kept).toMatchObject({ state: 'watch', owner: 'lin' })
    expect(kept.outcome).toEqual({
      ...{ result: 'stays', reason: 'service', action: '重做了一遍', entitlement: 'free-wash' },
      ...{ costMinor: 28_000, reply: '' },
    })
    const from = new Date(kept.openedAt.getTime() - 1)
    const counted = await company.ctx.store.effect.cases(from, new Date(+from + 1e9))
    expect(counted.find(({ customer }) => customer === kept.customer)).toMatchObject({ costMinor: 28_000 })
    expect(wordsOf((await company.thread(await company.cardOf(23))).at(-1)!.card!.en)).toContain('CN¥280')
    // As before, nothing need be said.
    await company.pressed('lin', 25, 'retained', {
      note: '',
      reason: 'not-said',
      entitlement: 'none',
      cost: '0',
    })
    expect(await company.caseOf(25)).toMatchObject({ state: 'watch', outcome: null })
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
