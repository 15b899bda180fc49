import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('plays and the plan for customers in danger on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())
  const say = async (line: string, who = 'lin') => english(await company.say(who, line))
  const no = async () => `A-${(await company.caseOf(1)).no}`

  it('the week’s steps stand in show, the call pack and the morning’s list, and are noted', async () => {
    expect(await say('show C-1')).toContain('week 1 of 8, 0 of ')
    expect(await say(`claim ${await no()}`)).toContain('week 1 of 8')
    expect(await say('digest mine')).toContain('Not a word about leaving or staying')
    await say(`contacted ${await no()}`)
    expect(await say('show C-1')).not.toContain('Not a word about leaving')
    expect(await say(`step ${await no()} 两次返修都没好`)).toContain('2 of 9')
    expect(await say(`step ${await no()}`)).toContain('No step of a plan is due')
    expect(await say('show C-2')).not.toContain('Plan for customers in danger')
  })

  it('talk tracks and common questions are found by words in either language', async () => {
    const dear = await say('play 太贵了')
    expect(dear).toContain('Why is a service dearer')
    expect(dear).toContain('"label":"Price"')
    expect(await say('play price')).toContain('What to say and do')
    expect(await say('play trade-in electric')).toContain('Value the car free')
    expect(await say('play zzzz')).toContain('Nothing found')
    expect(await say('play')).toContain('What are you looking for?')
    expect(await say(`play ${await no()}`)).toContain('What to say and do')
  })

  it('what kept customers before is found once it is confirmed, without their names and numbers', async () => {
    await say(`retained ${await no()} 给王芳（13800000001）换了资深技师，免费复检`)
    expect(await say('play 资深技师 复检')).not.toContain('What kept customers before')
    company.clock.advance(31 * DAY)
    await company.run('follow-up')
    const found = await say('play 资深技师 复检')
    expect(found).toContain('What kept customers before')
    expect(found).toContain('王**')
    expect(found).not.toMatch(/王芳|13800000001/)
  })
})
