import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { COUNT, type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('rules on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'shen') => english(await company.say(person, line))
  const typed = { person: 'ye', channel: 'alerts', thread: null }
  const rows = async (line: string) => cellsOf((await company.say('shen', line)).en)

  it('are for managers', async () => {
    expect(await say('rules', 'lin')).toContain('rules is for managers')
  })

  it('are listed with their words, whom they fit now and how often they were wrong', async () => {
    // K1 came every quarter for years and then no more; someone judged it to be nothing.
    const visits = ['2025-04-10', '2025-06-10', '2025-08-10', '2025-10-10', '2025-12-10']
    company.write(
      'visits.csv',
      `no,customer,at,paid\n${visits.map((day, at) => `a${at},K30,${day} 10:00,900`).join('\n')}\n30,K30,2026-01-02 10:00,500\n`,
    )
    await company.run('pull')
    await company.run('score')
    await company.pressed('zhou', 30, 'dismiss', { reason: '出国了' })
    const list = await rows('rules')
    expect(list.map(([name]) => name)).toEqual(company.ctx.profile.rules.map(({ name }) => name))
    const stopped = list.find(([name]) => name === 'visits-stopped')!
    expect(stopped[1]).toBe('Came N times in the year before, and not once in the last 90 days.')
    expect(stopped[2]).toBe('visits_year_before_90 >= 4 and visits_90 = 0')
    expect(stopped.slice(3)).toEqual(['1', '1', '1'])
    const others = list.filter(([name]) => name !== 'visits-stopped')
    expect(others.every(([, , , fires]) => fires === '0')).toBe(true)
    expect(JSON.stringify((await company.say('shen', 'rules')).zh)).toContain('此前一年到店 N 次')
  })

  it('are added, changed, switched off and removed by admins, once they have seen what it would do', async () => {
    const line = 'rules add came-once visits_90 >= 1 and visits_90 <= 1 as 只来过一次/Came {visits_90} time'
    const seen = await company.say('ye', line)
    expect(english(seen)).toContain('Nothing has changed yet')
    expect(english(seen)).toContain(`Fitted ${COUNT}, of whom 0 left`)
    expect(english(seen)).toMatch(/New cases a week.*→/)
    expect(await rows('rules')).toHaveLength(company.ctx.profile.rules.length)

    // Whoever confirms it sees it judge at once, without waiting for the night.
    await company.desk.say({ ...typed, line: `rules ${seen.en.buttons[0]!.args}`, request: 'apply' })
    const [own] = (await rows('rules')).slice(-1)
    expect(own!.slice(0, 4)).toEqual([
      'came-once (own)',
      'Came N time',
      'visits_90 >= 1 and visits_90 <= 1',
      `${COUNT - 1}`,
    ])
    await company.say('lin', 'heard C-5 还行')
    expect(await say('why C-5')).toContain('Came 1 time')

    await say('rules change came-once visits_90 >= 2 confirm', 'ye')
    expect((await rows('rules')).at(-1)!.slice(2, 4)).toEqual(['visits_90 >= 2', '0'])
    await say('rules off visits-stopped confirm', 'ye')
    expect((await rows('rules'))[0]![0]).toBe('visits-stopped (off)')
    expect(await say('rules off visits-stopped', 'ye')).toContain('off already')
    // The last change alone is taken back, and all of it is in the record.
    await say('rules undo', 'ye')
    expect((await rows('rules'))[0]![0]).toBe('visits-stopped')
    await say('rules remove came-once confirm', 'ye')
    expect(await rows('rules')).toHaveLength(company.ctx.profile.rules.length)
    expect(await say('config history rules', 'ye')).toContain('+visits-stopped: off')
    for (const [refused, why] of [
      ['rules remove visits-stopped', 'comes with the profile'],
      ['rules add visits-stopped visits_90 = 0', 'a rule "visits-stopped" already'],
      ['rules off visit-stopped', 'Did you mean'],
      ['rules add x visits_90', 'gives numbers, not yes or no'],
      ['rules add x visits_90 = 0 as {visit_9}', 'reads a feature there is not'],
      ['rules add UP! visits_90 = 0', "cannot be a rule's name"],
      ['rules off visits-stopped please', 'is too much'],
      ['rules add x visits_90 = 0 as /', 'no title behind'],
    ])
      expect(await say(refused!, 'ye')).toContain(why)
  })

  it('with half a title say it in both languages; one that does not read costs no other', async () => {
    await say('rules add fans visits_90 = 0 as /Fan confirm', 'ye')
    const { settings } = company.ctx.store
    const stored = (await settings.all()).get('rules') as object[]
    expect(stored).toMatchObject([{ name: 'fans', says: { zh: 'Fan', en: 'Fan' } }])
    const broken = { ...stored[0], name: 'older', says: { zh: '', en: 'x' } }
    await settings.set('rules', [broken, ...stored], 'ye', company.clock.now())
    await say('rules off fans confirm', 'ye')
    expect((await rows('rules')).at(-1)![0]).toBe('fans (own, off)')
    await say('rules remove fans confirm', 'ye')
  })

  it('an expression is tried on everyone, with examples and their numbers', async () => {
    expect(await say('rules test visits_90 >= 1')).toContain(`Fits ${COUNT - 1} of ${COUNT} customers`)
    const [first, ...others] = await rows('rules test visits_90 >= 1 and ltv > 0')
    expect(others).toHaveLength(4)
    // The most valuable first.
    expect(first![0]).toContain('客户29')
    expect(first![1]).toMatch(/^visits_90 = 1, ltv = /)
    expect(await say('rules test visits_90 > 99')).toContain(`Fits 0 of ${COUNT} customers`)
    expect(await say('rules test attr_warranty_end < 30')).toContain(
      `For ${COUNT} more the data it needs is missing.`,
    )
    expect(await say('rules test （visits_90 ＞= 1）')).toContain(`Fits ${COUNT - 1} of ${COUNT}`)
  })

  it.each([
    ['rules test visits_90', 'gives numbers, not yes or no', 'visits_90 >= 1'],
    ['rules test', 'Which expression?', 'rules test visits_90 = 0'],
    ['rules add quiet visits_90 = 0', 'changing them takes an admin', 'Ask an admin'],
    ['rules test visit_90 = 0', 'Unknown name "visit_90" at column 1', 'Did you mean'],
    ['rules test visits_90 = = 0', 'at column 13', ''],
    ['rules test visits_90 > 1 and (ltv', 'column 23', ''],
    ['rules test 1 < visits_90 < 3', 'Comparisons cannot be chained (column 15)', 'a < b and b < c'],
    ['rules test process.exit(1)', 'column 8', 'feature names'],
    ['rules test constructor = 1', 'Unknown name "constructor" at column 1', ''],
    ["rules test '; DROP TABLE alert;--", 'Cannot read "\'" at column 1', ''],
    [`rules test ${'('.repeat(400)}`, 'column', 'Split'],
    [`rules test ${'1+'.repeat(400_000)}1`, 'at most 500', 'Split'],
    ['rules tset x', 'rules does not know "tset"', 'Did you mean rules test?'],
  ])('%s is refused', async (line, what, hint) => {
    const said = JSON.stringify((await company.say('shen', line)).en.blocks) + (await say(line))
    expect(said).toContain(what)
    expect(said).toContain(hint)
    expect(said).not.toContain('the fault is ours')
  })
})
