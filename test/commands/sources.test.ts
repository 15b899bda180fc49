import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('sources on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false, true)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'ye') => english(await company.say(person, line))
  const rows = async () => cellsOf((await company.say('ye', 'sources')).en)

  it('belong to admins', async () => {
    expect(await say('sources', 'shen')).toContain('sources is for admins')
  })

  it('say when each was read and what came', async () => {
    const found = await rows()
    expect(found.slice(0, 3)).toEqual([
      ['crm', 'files', 'today 06:00', '30', '0', 'fine'],
      ['workshop', 'files', 'today 06:00', '30', '0', 'fine'],
      ['feedback', 'files', 'today 06:00', '25', '0', 'fine'],
    ])
    // Which field is filled how often, and from where on that will do.
    expect(found).toContainEqual(['Name', '100%', '30', 'above 80%'])
  })

  it('say which rows of one could not be used, where they stand and why', async () => {
    company.write(
      'visits.csv',
      `no,customer,at,paid\n${Array.from({ length: 30 }, (_, at) => `${at + 1},K${at + 1},2026-04-0${1 + (at % 9)} 10:00,500\n`).join('')}31,K1,2031-01-01 10:00,500\n`,
    )
    await company.run('pull')
    expect((await rows())[1]).toEqual(['workshop', 'files', 'today 06:00', expect.any(String), '1', 'fine'])
    const one = await say('sources WORKSHOP')
    expect(one).toMatch(/visits\.csv:32.*future/)
    expect(one).toContain('the next pull tries again')
  })

  it('tell the keepers once of one that cannot be read, and once that it can again', async () => {
    const notices = async () => {
      const cards = (await company.channel('alerts')).flatMap(({ card, onlyFor }) =>
        onlyFor === null && card !== null ? [card.en.title] : [],
      )
      return cards.filter((title) => title.includes('source'))
    }
    rmSync(join(company.folder, 'visits.csv'))
    await company.run('pull')
    company.clock.advance(2 * HOUR)
    await company.run('pull')
    expect(await notices()).toEqual(['The source workshop can no longer be read'])
    expect((await rows())[1]!.at(-1)).toBe('cannot be read for 2 h')
    expect((await company.say('ye', 'sources')).zh.title).toBe('1 个数据源读不到')
    expect(await say('sources workshop')).toContain('visits.csv does not exist')
    expect((await company.say('ye', 'sources workshop')).zh.blocks[0]).toMatchObject({
      text: expect.stringContaining('不存在'),
    })
    company.write('visits.csv', 'no,customer,at,paid\n1,K1,2026-04-01 10:00,500\n')
    await company.run('pull')
    expect((await notices()).at(-1)).toBe('The source workshop can be read again')
  })

  it('tell them of a file that is held back', async () => {
    company.write('voices.ndjson', '{"id": "a"\n{"id": "b"\n{"id": "c"}\nnothing\n{\n')
    await company.run('pull')
    const { card } = (await company.channel('alerts')).findLast(({ onlyFor }) => onlyFor === null)!
    expect(card!.en.title).toBe('1 file of the source feedback was held back')
    expect(JSON.stringify(card!.zh)).toMatch(/没有采用.*voices\.ndjson/)
  })

  it('of another name are refused with the likely one', async () => {
    expect(await say('sources workshp')).toContain('Did you mean workshop?')
    expect(await say('sources zzz')).toContain('There are: crm, workshop, feedback.')
  })

  it('name one customer twice: merged by the key they share, listed, split and merged again', async () => {
    const tail = (name: string) => {
      const file = readFileSync(join(company.folder, 'customers.csv'), 'utf8')
      company.write('customers.csv', `${file}K40,${name},low,5000,zhou,浦东店,华北,13800000002\n`)
    }
    tail('孙梅')
    await company.run('pull')
    const listed = async () => cellsOf((await company.say('lin', 'merges C-2')).en)
    expect(await listed()).toEqual([
      [expect.any(String), 'C-31 孙梅', 'C-2 王芳', 'phone 138****', 'crm', 'merged'],
    ])
    expect(await say('split C-31', 'shen')).toContain('split is for admins')
    const preview = (await company.say('ye', 'split C-31')).zh
    expect(preview.title).toBe('拆开 C-31 孙梅和 C-2？')
    expect(preview.buttons).toMatchObject([{ command: 'split', args: 'C-31 confirm' }])
    expect(await say('split C-2 confirm')).toContain('C-31 and C-2 are two customers again')
    tail('孙梅梅')
    await company.run('pull')
    expect(await listed()).toMatchObject([[{}, 'C-31 孙梅梅', 'C-2 王芳', {}, {}, 'split by Ye Qing']])
    expect(await say('split C-31')).toContain('C-31 is not merged with anybody')
    expect(await say('split undo C-31')).toContain('C-31 is merged again')
    expect(await say('audit ye')).toMatch(/merged C-31.*into C-2 \(phone, crm\).*split C-31.*from C-2/s)
  })
})
