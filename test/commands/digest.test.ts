import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDigest } from '../../commands/digest.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('digest on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    // Monday, 1 June 2026, six in the morning.
    company = await openCompany(place, true, true)
  })
  afterAll(() => company.close())

  const say = async (line: string, person: string) => english(await company.say(person, line))
  const rows = async (line: string, person: string) => cellsOf((await company.say(person, line)).en)

  it('is for those who work cases; the week for managers', async () => {
    expect(await say('digest', 'vera')).toContain('digest is for CSMs')
    expect(await say('digest week', 'lin')).toContain('The week’s report is for managers')
    expect(await say('digest', 'shen')).toContain('The week')
    expect(await say('digest mine', 'shen')).toContain('Nothing presses today.')
  })

  it('lists what today asks: due, late, back from sleep; nothing of others', async () => {
    expect(await say('digest', 'lin')).toMatch(/13 due today/)
    expect(await rows('digest', 'lin')).toHaveLength(6)
    expect(await say('digest', 'zhou')).toMatch(/12 waiting for you/)
    const { no } = await company.caseOf(1)
    await company.pressed('lin', 1, 'claim')
    await company.say('lin', `snooze A-${no} 5h`)
    company.clock.advance(3 * HOUR)
    const said = await say('digest', 'lin')
    expect(said).toContain('12 overdue, 1 back today')
    expect(said).toContain(`A-${no}`)
    expect((await company.say('lin', 'digest')).zh.subtitle).toBe('已超时 12，今天恢复 1')
  })

  it('sums up the last seven days beside the seven before, with what was kept and lost', async () => {
    await company.say('lin', 'resolve A-1002 lost price 嫌贵')
    await company.say('lin', 'resolve A-1003 lost service 没人管')
    await company.say('lin', 'resolve A-1004 lost price 嫌贵')
    await company.say('zhou', 'dismiss A-1014 出国')
    await company.say('zhou', 'retained A-1015 谈好了')
    expect((await rows('digest week', 'shen'))[0]).toEqual([
      'New cases (P0 / P1 / P2)',
      '0 (0 / 0 / 0)',
      '0 (0 / 0 / 0)',
    ])
    company.clock.advance(DAY)
    const now = await rows('digest week', 'shen')
    expect(now.map(([name, count]) => [name, count])).toEqual([
      ['New cases (P0 / P1 / P2)', '25 (13 / 12 / 0)'],
      ['Claimed', '2'],
      ['Customer reached', '0'],
      ['Marked retained', '1'],
      ['Kept, confirmed', '0'],
      ['Slipped again', '0'],
      ['Lost', '3'],
      ['Not a risk', '1'],
    ])
    const said = await say('digest week', 'shen')
    expect(said).toContain('"Why they left","value":"Price 2, Service 1"')
    expect(said).toContain('"Value lost","value":"CN¥63,000"')
    expect(said).toContain('"Churn (30 days)"')
  })

  it('is posted on Mondays, and names no customer', async () => {
    await company.run('digest')
    const { card } = (await company.channel('alerts')).findLast(({ onlyFor }) => onlyFor === null)!
    expect(card!.zh.title).toBe('一周小结')
    expect(JSON.stringify(card)).not.toMatch(/客户\d|王芳|C-\d/)
    expect(JSON.stringify(card!.en)).toContain('25 (13 / 12 / 0)')
  })

  it.each([
    ['', 'usual'],
    [' WEEK ', 'week'],
    ['周报', 'week'],
    ['mine', 'mine'],
  ])('%j is read', (words, wanted) => expect(parseDigest(words)).toBe(wanted))
})
