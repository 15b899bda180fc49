import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('help on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))

  it('shows each role what it may use', async () => {
    const names = async (person: string) =>
      (await company.say(person, 'help')).en.fallback.split(': ')[1]!.split(' ')
    const may = (...roles: string[]) =>
      commands.filter(({ role }) => roles.includes(role)).map(({ name }) => name)
    expect(await names('vera')).toEqual(may('viewer'))
    expect(await names('lin')).toEqual(may('viewer', 'csm'))
    expect(await names('ye')).toEqual(commands.map(({ name }) => name))
    expect(await names('vera')).not.toContain('claim')
  })
  it('offers in small letters only what can be typed as it stands', async () => {
    for (const { name, usage } of commands) {
      const choices = /^[a-z]+ (?:\d+ )?\[([^[\]]+)\]$/.exec(usage.replace(/ \[by .*/, ''))?.[1] ?? ''
      for (const choice of choices.split(' | ').filter((each) => /^[a-z]+$/.test(each)))
        expect(await say('ye', `${name} ${choice}`)).not.toMatch(
          /^(There is no|No present|Nobody at|.* does not know)/,
        )
    }
  })
  it('in Chinese says in Chinese what one puts in oneself, and leaves the rest as it is typed', async () => {
    const shown = (await company.say('ye', 'help')).zh.blocks
    const lines = shown.flatMap((block) =>
      block.kind === 'table' ? block.rows.map(({ cells }) => cells[0]!) : [],
    )
    expect(lines).toHaveLength(commands.length)
    for (const line of lines) expect(line).not.toMatch(/(?<![\w-])([A-Z]+|note|reason|what)(?![\w:-])/)
    expect(lines).toContain('top 20 [P0] [门店 | 区域 | 负责人 | 客群] [by store]')
    expect(lines).toContain('retained A-1042 [备注] [reason:service gift:名称 cost:280]')
    expect(lines).toContain('heard C-123 客户的原话')
    const said = await company.say('ye', 'reassign')
    expect([said.zh, said.en].map((card) => JSON.stringify(card.blocks))).toEqual([
      expect.stringContaining('这样写：reassign A-1042 姓名 [备注]'),
      expect.stringContaining('Write it like this: reassign A-1042 PERSON [note]'),
    ])
    const [hint] = await company.desk.complete('ye', 'help')
    expect(hint!.label).toEqual({ zh: 'help [命令]', en: 'help [COMMAND]' })
  })
  it('tells of one command alone, and of no other', async () => {
    expect(await say('lin', 'help Claim')).toMatch(/^(?!.*snooze).*Take a case/s)
    expect(await say('lin', 'help config')).toContain('config is for admins, and Lin')
  })
  it('is the answer to nothing', async () => {
    for (const line of ['', '   ', '/', '/churn'])
      expect(await say('vera', line)).toContain('What you can do here')
  })
})
