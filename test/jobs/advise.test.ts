import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { type Company, english, openCompany } from '../commands/company.ts'
import { onePlace } from '../places.ts'

describe.each(onePlace)('advice on what is dismissed too often, on $name', (place) => {
  let company: Company
  const say = async (line: string) => english(await company.say('ye', line))
  const notices = async (title: string) =>
    (await company.channel('alerts')).flatMap(({ card }) => (card?.en.title.includes(title) ? [card] : []))

  beforeAll(async () => {
    company = await openCompany(place, false, true)
    // All five threaten to go; K1 to K3 came five times in the year before and then no more, K4 and K5 nine times.
    const came = (customer: number, times: number) =>
      Array.from({ length: times }, (_, at) => {
        const day = new Date(Date.UTC(2025, 11, 20) - at * (240 / times) * DAY).toISOString().slice(0, 10)
        return `${at === 0 ? customer : `${customer}-${at}`},K${customer},${day} 10:00,900`
      })
    const rows = [...[1, 2, 3].flatMap((no) => came(no, 5)), ...[4, 5].flatMap((no) => came(no, 9))]
    company.write('visits.csv', `no,customer,at,paid\n${rows.join('\n')}\n`)
    await company.run('pull')
    await say('config set capacity.daily 50')
    await company.run('score')
    for (const no of [1, 2, 3]) await company.pressed('shen', no, 'dismiss', { reason: '出国了' })
    for (const no of [4, 5]) await company.pressed('shen', no, 'retained', {})
  })
  afterAll(() => company.close())

  it('says nothing until it happened often enough', async () => {
    await company.run('advise')
    expect(await notices('may come too often')).toEqual([])
    await say('config set advise.least 3')
  })

  it('proposes the smallest step that loses nobody, and changes nothing', async () => {
    await company.run('advise')
    // As after a crash in the middle.
    await company.run('advise')
    const [card, ...more] = await notices('may come too often')
    expect(more).toEqual([])
    const words = JSON.stringify(card!.en)
    expect(words).toContain('The rule visits-stopped was judged to be no risk in 3 of 5 cases.')
    expect(words).toContain('Try visits_year_before_90 >= 6 and visits_90 = 0?')
    expect(words).toContain('dropped 3 of them and none of the others')
    expect(JSON.stringify(card!.zh)).toContain('试试 visits_year_before_90 >= 6 and visits_90 = 0？')
    expect(await say('rules')).toContain('Try visits_year_before_90 >= 6')
    expect(await say('rules')).toContain('"visits_year_before_90 >= 4 and visits_90 = 0"')
  })

  it('posts the week’s report once a week, however often it is run', async () => {
    const reports = async () => (await notices('The week')).length
    await company.run('digest')
    await company.run('digest')
    expect(await reports()).toBe(1)
    company.clock.advance(7 * DAY)
    await company.run('digest')
    expect(await reports()).toBe(2)
  })

  it('tries it silently, and tells what would have been different', async () => {
    await say('config set try.days 3')
    expect(await say('rules try visits-stopped')).toContain('is tried silently')
    expect(await say('rules')).toContain('visits-stopped is tried silently until')
    await company.run('tries')
    expect(await notices('was tried')).toEqual([])
    company.clock.advance(4 * DAY)
    await company.run('tries')
    await company.run('tries')
    const [card, ...more] = await notices('was tried')
    expect(more).toEqual([])
    const words = JSON.stringify(card!.en)
    expect(words).toContain('5 as it is, 2 changed')
    expect(words).toContain('3 (C-1, C-2, C-3)')
    expect(await say('rules try visits-stopped stop')).toContain('is not being tried')
    expect(await say('rules')).not.toContain('is tried silently until')
    expect(await say('config history rule-tries')).toContain('"+visits-stopped: visits_year_before_90 >= 6')
  })

  it('says so where a condition no longer reads when its time is over', async () => {
    await say('rules try visits-stopped visits_90 <= 1')
    // The profile has another name for it since.
    const { settings } = company.ctx.store
    const [trial] = (await settings.all()).get('rule-tries') as [object]
    await settings.set('rule-tries', [{ ...trial, when: 'calls_90 <= 1' }], 'ye', company.clock.now())
    company.clock.advance(4 * DAY)
    await company.run('tries')
    await company.run('tries')
    const [card, ...more] = await notices('has no result')
    expect(more).toEqual([])
    expect(JSON.stringify(card!.en)).toContain('the condition calls_90 <= 1 no longer reads. Unknown name')
  })
})
