import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '../../src/chat/card.ts'
import { HOUR } from '../../src/clock.ts'
import { runSlot } from '../../src/job-run.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('stats on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'shen') => english(await company.say(person, line))
  const table = async (line: string, at = 0) => {
    const { blocks } = (await company.say('shen', line)).en
    const tables = blocks.flatMap((block: Block) => (block.kind === 'table' ? [block.rows] : []))
    return (tables[at] ?? []).map(({ cells }) => cells)
  }

  it('is for managers', async () => {
    expect(await say('stats', 'lin')).toContain('stats is for managers')
  })

  it('before there was a case, says so rather than 100%', async () => {
    const said = await say('stats')
    expect(said).toContain('not enough data yet')
    expect(said).not.toMatch(/\d%/)
    expect(said).toContain('No scheduled job has run yet.')
    expect(await say('stats team')).toContain('There have been no cases yet.')
  })

  it('counts what stands where, deadlines kept, retained and false alarms', async () => {
    await company.run('score')
    for (const customer of [1, 3, 5, 7]) await company.pressed('lin', customer, 'claim')
    for (const customer of [2, 4, 6, 8, 10, 12]) await company.pressed('zhou', customer, 'claim')
    await company.pressed('lin', 1, 'retained', { note: '愿意再看看' })
    for (const customer of [14, 16]) await company.pressed('zhou', customer, 'dismiss', { reason: '误会' })
    // Nine P0 nobody took within two hours.
    company.clock.advance(3 * HOUR)
    await company.run('sla')
    expect(await table('stats')).toEqual([
      ['P0', '9', '3', '0', '0', '1'],
      ['P1', '4', '6', '0', '0', '0'],
      ['P2', '0', '0', '0', '0', '0'],
    ])
    const said = await say('stats')
    expect(said).toContain('57.1% (12 of 21)')
    expect(said).toContain('1 marked, 0 confirmed, 0 relapsed')
    expect(said).toContain('not enough data yet (2 so far)')
    expect(said).toContain('22 cases to work, 9 overdue')
    const medians = (await company.say('shen', 'stats')).zh
    expect(JSON.stringify(medians)).toContain('不到 1 分钟')
  })

  it('gives the same by CSM, store and region', async () => {
    expect(await table('stats team')).toEqual([
      ['Lin Xiaowen', '9', '3', '9', '30.8%', 'too few (1)', '0/1', '—'],
      ['Zhou Qihang', '4', '6', '0', 'too few (8)', '—', '0/0', 'too few (2)'],
    ])
    expect((await table('stats store')).map(([name]) => name).sort()).toEqual(
      ['徐汇店', '浦东店', '虹桥店'].sort(),
    )
    expect((await table('stats 区域')).map(([name]) => name).sort()).toEqual(['华东', '华北'].sort())
  })

  it('tells how the scheduled runs went', async () => {
    const slot = company.clock.now()
    const signal = new AbortController().signal
    const work = async () => {
      company.clock.advance(4_200)
      return { seen: 30, changed: 2, failed: 1 }
    }
    await runSlot(company.ctx, { name: 'score', cron: '0 6 * * *', run: work }, slot, signal, 3)
    const broken = { name: 'pull', cron: '5 * * * *', run: () => Promise.reject(new Error('no such host')) }
    await runSlot(company.ctx, broken, slot, signal)
    expect(await table('stats jobs')).toEqual([
      ['Reading data', 'today 09:00', '0 s', 'Failed: Error: no such host'],
      ['Scoring', 'today 09:00', '4.2 s', '30 seen, 2 changed, 1 failed, 3 skipped while the last one ran'],
    ])
    expect(await table('stats', 1)).toHaveLength(2)
    expect(await say('stats jobs')).toContain('Interactions accurate: 100% (target above 90%).')
    expect(await say('stats')).not.toContain('Below target')
  })

  it.each([
    ['stats teem', 'stats does not know "teem"', 'Did you mean stats team?'],
    ['stats 1 OR 1=1', 'stats does not know "1 OR 1=1"', 'stats [team | store'],
  ])('%s is refused', async (line, what, hint) => {
    const said = await say(line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
  })
  it('a page too far is the last', async () => {
    expect(await table('stats team page 99')).toHaveLength(2)
  })
})
