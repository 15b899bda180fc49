import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { dayOf } from '../../src/records/moment.ts'
import { english, NOW } from '../commands/company.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { CONFIG } from './brand.ts'

const KEEPERS = '  - { id: keepers, title: { zh: 通知, en: Notices }, tiers: [], notices: true }\n'

describe.each(onePlace)('reminders of themes on $name', (place) => {
  let program: TestProgram
  const reminders = async () =>
    (await program.channel('keepers')).filter(({ card }) => card!.en.title.includes('overdue'))

  beforeAll(async () => {
    program = await openTestProgram(CONFIG.replace('sources:\n', `${KEEPERS}sources:\n`), place, NOW)
  })
  afterAll(() => program.close())

  it('reminds once of a theme whose day has passed', async () => {
    const due = dayOf(new Date(+program.clock.now() + DAY), 'Asia/Shanghai')
    expect(english(await program.say('shen', `theme add price 售后部 @林晓雯 ${due}`))).toContain('T-1')
    await program.run('remind')
    expect(await reminders()).toEqual([])
    program.clock.advance(2 * DAY)
    await program.run('remind')
    await program.run('remind')
    const [late, ...more] = await reminders()
    expect(more).toEqual([])
    expect(late!.card!.zh.title).toBe('T-1 已逾期：价格')
    expect(JSON.stringify(late!.card!.en)).toContain(
      `售后部 · Lin Xiaowen, due 2 Jun. Once mended: theme done T-1 WHAT`,
    )
  })
})
