import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('sla on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'shen') => english(await company.say(person, line))
  const rows = async (line: string, person = 'shen') => cellsOf((await company.say(person, line)).en)

  it('with nothing running says so', async () => {
    expect(await say('sla')).toMatch(/No deadline is running\..*Nothing is scored yet/s)
    expect(await say('sla', 'vera')).toContain('sla is for CSMs')
  })

  it('lists what runs out first, those late before the others, by what they wait for', async () => {
    await company.run('score')
    await company.pressed('lin', 1, 'claim')
    await company.pressed('lin', 2, 'claim')
    company.clock.advance(3 * HOUR)
    await company.run('sla')
    const list = await rows('sla')
    expect(list).toHaveLength(20)
    expect(list[0]!.slice(3)).toEqual(['Claim', '1 h late', 'today 08:00', 'Unclaimed'])
    expect((await company.say('shen', 'sla')).en.subtitle).toBe('25 in all, page 1 of 2; 12 overdue')
    const claimed = (await rows('sla P0 page 9')).at(-1)!
    expect(claimed.slice(3)).toEqual(['Contact', '21 h', 'tomorrow 06:00', 'Lin Xiaowen'])
    expect(await rows('sla page 2')).toHaveLength(5)
    expect(await say('sla')).toMatch(/Data is \d+ h old\./)
  })

  it('narrows to a tier, and turns its pages with it', async () => {
    expect(await rows('sla P0')).toHaveLength(13)
    expect((await rows('sla p1')).every(([, tier]) => tier === 'P1')).toBe(true)
    expect(await rows('sla Ｐ２')).toEqual([])
    const card = (await company.say('shen', 'sla')).en
    expect(card.buttons.map(({ command, args }) => [command, args])).toEqual([['sla', 'page 2']])
  })

  it('shows a CSM their own and what nobody has claimed, not what a colleague works', async () => {
    const owners = async (person: string) =>
      new Set(
        [...(await rows('sla', person)), ...(await rows('sla page 2', person))].map((cells) => cells[6]),
      )
    expect(await owners('zhou')).toEqual(new Set(['Unclaimed']))
    expect(await owners('lin')).toEqual(new Set(['Unclaimed', 'Lin Xiaowen']))
    expect(await owners('ye')).toEqual(new Set(['Unclaimed', 'Lin Xiaowen']))
  })

  it('leaves out what sleeps or is watched, but not that nobody has claimed it', async () => {
    await company.pressed('lin', 1, 'snooze', { for: '1d' })
    await company.pressed('lin', 2, 'retained', { note: '' })
    const { no } = await company.caseOf(3)
    await company.pressed('lin', 3, 'snooze', { for: '1w' })
    expect((await company.say('shen', 'sla')).en.subtitle).toMatch(/^23 in all/)
    const asleep = (await rows('sla P0')).find(([first]) => first === `A-${no}`)
    expect(asleep!.slice(3)).toEqual(['Claim', '1 h late', 'today 08:00', 'Unclaimed'])
  })

  it.each(['sla P3', 'sla yesterday', 'sla page', `sla ${'x'.repeat(100_000)}`])(
    '%.30s is refused',
    async (line) => {
      const said = await say(line)
      expect(said).toMatch(/means nothing here[\s\S]*Write sla or sla P0/)
      expect(said.length).toBeLessThan(300)
    },
  )
})
