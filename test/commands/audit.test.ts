import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAudit } from '../../commands/audit.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('audit on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
    await company.say('lin', 'claim A-1001 电话 13912345678')
    await company.say('zhou', 'snooze A-1002 3d')
    await company.say('lin', 'undo A-1001')
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))
  const rows = async (line: string) => cellsOf((await company.say('ye', line)).en)

  it('belongs to admins', async () => {
    for (const person of ['vera', 'lin', 'shen'])
      expect(await say(person, 'audit')).toContain('audit is for admins')
  })

  it('shows who did what, newest first, without anybody’s telephone number', async () => {
    const [undone, snoozed, claimed] = await rows('audit')
    expect(undone).toMatchObject([
      expect.anything(),
      'Lin Xiaowen',
      'took it back (Claimed → Unclaimed)',
      'A-1001',
      '',
    ])
    expect(snoozed).toMatchObject([
      expect.anything(),
      'Zhou Qihang',
      'snoozed (Unclaimed → Snoozed)',
      'A-1002',
      '',
    ])
    expect(claimed![2]).toBe('claimed (Unclaimed → Claimed)')
    expect(claimed![4]).not.toContain('13912345678')
    // Beyond the end is the last page.
    expect((await rows('audit page 99')).length).toBeGreaterThan(0)
  })

  it('shows changes of settings, roles and the like in the same order, and why the program moved a case', async () => {
    company.clock.advance(1_000)
    await company.say('ye', 'config set sla.p0.claim 4')
    company.clock.advance(1_000)
    await company.say('ye', 'role grant vera csm')
    company.clock.advance(1_000)
    await company.say('ye', 'calendar add holiday 端午 2026-06-19')
    await company.say('ye', 'calendar remove E-1')
    const [removed, added, granted, set, undone] = await rows('audit')
    expect([removed![4], added![4]]).toEqual(['removed', '+Holiday 端午 2026-06-19'])
    expect(granted!.slice(1, 4)).toEqual(['Ye Qing', 'changed roles', '—'])
    expect(set!.slice(1)).toEqual(['Ye Qing', 'changed sla.p0.claim', '—', 'default → 4 hours'])
    expect(undone![3]).toBe('A-1001')
    expect(await rows('audit ye')).toHaveLength(5)
    const opened = (await company.say('ye', 'audit foreshock')).zh
    expect(cellsOf(opened)[0]!.slice(2)).toEqual(['建单', 'A-1025', '新出现的风险'])
  })

  it('of one case, or one person, page by page', async () => {
    expect(await rows('audit A-1001')).toHaveLength(3)
    expect(await rows('audit lin')).toHaveLength(2)
    expect(await rows('audit foreshock')).toHaveLength(15)
    const second = await rows('audit page 2')
    expect(second).toHaveLength(15)
    expect(second).not.toEqual(await rows('audit'))
  })

  it('says that the record is whole, and says where it is not', async () => {
    expect(await say('ye', 'audit')).toMatch(/All \d+ entries are intact; the latest hash is [0-9a-f]{16}\./)
    await company.sql("UPDATE action SET by = 'zhou' WHERE verb = 'claim'")
    expect(await say('ye', 'audit')).toMatch(/tampered with: entry \d+ .*: what was done was altered\./)
    await company.sql("UPDATE action SET by = 'lin' WHERE verb = 'claim'")
  })

  it.each([
    ['audit nobody', 'There is nobody called "nobody"', 'Write a case (A-1042) or one of lin, zhou'],
    ['audit A-9999', 'There is no case A-9999', ''],
    ['audit lin zzz', '"zzz" means nothing here', 'audit lin page 2'],
  ])('%s is refused: %s', async (line, what, hint) => {
    const said = await say('ye', line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
  })
})

it.each([
  ['', { about: null, page: 1 }],
  ['page 3', { about: null, page: 3 }],
  ['a-12 page 2', { about: 12, page: 2 }],
  ['Lin', { about: 'lin', page: 1 }],
])('audit %j is read', (words, args) => expect(parseAudit(words)).toEqual(args))
