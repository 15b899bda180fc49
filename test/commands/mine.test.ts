import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completions } from '../../src/main/complete.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('what is mine on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))
  const rows = async (person: string, line: string) => cellsOf((await company.say(person, line)).en)

  it('mine lists what is mine and nobody else’s, most pressing first', async () => {
    expect(await say('ye', 'mine')).toMatch(/Nothing on your plate.*Data is \d+ h old\./s)
    const asked = (await rows('lin', 'mine')).map(([no]) => no)
    for (const no of asked) {
      const alert = (await company.ctx.store.alerts.byNo(Number(no!.slice(2))))!
      expect([alert.state, alert.assignee]).toEqual(['open', 'lin'])
    }
    for (const customer of [2, 1, 3]) await company.pressed('lin', customer, 'claim')
    await company.pressed('zhou', 4, 'claim')
    const numbers = await Promise.all(
      [1, 3, 2].map(async (customer) => `A-${(await company.caseOf(customer)).no}`),
    )
    const mine = await rows('lin', 'mine')
    expect(await say('lin', 'mine')).toMatch(/Data is \d+ h old\./)
    const listed = mine.filter(([, , state]) => state!.endsWith('Claimed')).map(([no]) => no)
    expect(new Set(listed)).toEqual(new Set(numbers))
    // A verb of the case is offered the cases it can act on.
    const lin = company.ctx.people.get('lin')!
    const offered = async (verb: string) =>
      (await completions(company.ctx, lin, `${verb} ${numbers[0]}`)).map(({ label }) => label.en)
    expect([await offered('claim'), await offered('resolve')]).toEqual([[], [numbers[0]]])
    // P0 has 24 hours to reach the customer, P1 three days.
    expect(listed.at(-1)).toBe(numbers[2])
    expect(await say('lin', 'mine page 0')).toContain('means nothing here')
    expect((await rows('lin', 'mine page 7')).length).toBeGreaterThanOrEqual(3)
    expect(await say('lin', 'mine yours')).toContain('Write mine or mine page 2')
  })

  it('mine says how many of mine wait for a day with room', async () => {
    const [run] = await company.ctx.store.assessments.runs(1)
    const [found] = await company.ctx.store.customers.find('K28', 1)
    const keeper = found!.owner!
    expect(await say(keeper, 'mine')).not.toContain('put off')
    await company.ctx.store.assessments.addRun({ ...run!, deferred: [found!.no, 999_999] })
    expect(await say(keeper, 'mine')).toContain('1 more put off because today is full')
    expect(await say('ye', 'mine')).not.toContain('put off')
  })
})
