import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { onePlace } from '../places.ts'
import { COUNT, type Company, cellsOf, english, openCompany, QUIET_FROM } from './company.ts'

const AT_RISK = QUIET_FROM - 1

describe.each(onePlace)('looking things up on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))
  const rows = async (person: string, line: string) => cellsOf((await company.say(person, line)).en)

  it('before anything was scored, says so instead of promising that all is well', async () => {
    expect(await say('lin', 'top')).toMatch(
      /^Nobody has been scored yet, so there is no ranking\n.*Wait for the first/s,
    )
    expect(await say('lin', 'show K6')).toContain('客户6')
    expect(await say('lin', 'why K6')).toMatch(/scor/i)
    expect((await company.channel('alerts')).filter(({ onlyFor }) => onlyFor === null)).toEqual([])
    await company.run('score')
  })

  describe('top', () => {
    it('ranks by tier and then priority, and stops where asked', async () => {
      const list = await rows('vera', 'top 5')
      expect(list).toHaveLength(5)
      expect(list.map(([rank]) => rank)).toEqual(['1', '2', '3', '4', '5'])
      expect(list.every(([, tier]) => tier === 'P0')).toBe(true)
      // Everyone is as angry: what is at stake decides.
      expect(list[0]![2]).toContain('客户25')
    })
    it('pages what does not fit, and a page too far is the last', async () => {
      const pages = [
        await rows('lin', 'top 200'),
        await rows('lin', 'top 200 page 2'),
        await rows('lin', 'top 200 page 9999'),
      ]
      expect(pages.map((page) => page.length)).toEqual([20, AT_RISK - 20, AT_RISK - 20])
      expect(pages[2]).toEqual(pages[1])
      const first = (await company.say('lin', 'top 200 P1 page 1')).en
      expect(first.buttons.map(({ command, args }) => [command, args])).toEqual([])
      const next = (await company.say('lin', 'top 200')).en.buttons.at(-1)!
      expect(await rows('lin', `${next.command} ${next.args}`)).toEqual(pages[1])
    })
    it.each(['top 0', 'top -1', 'top 201', 'top 99999999999999999999'])(
      '%s is refused with the range',
      async (line) => {
        expect(await say('lin', line)).toMatch(
          /^A list of -?\d+ customers is not possible\n.*Give a number from 1 to 200, such as top 20/s,
        )
      },
    )
    it.each([
      ['top 200 P0', 13],
      ['top p1 200', 12],
      ['top watch', 0],
      ['top 200 虹桥店', 8],
      ['top 200 虹桥', 8],
      ['top 200 华东', 13],
      ['top 200 林晓雯', 13],
      ['top 200 lin xiaowen', 13],
      ['top 200 zhou', 12],
      ['churn top 3 浦东店', 3],
      ['/top 1', 1],
    ])('%s lists %d', async (line, expected) => {
      expect(await rows('lin', line)).toHaveLength(expected)
    })
    it('a store nobody has is a mistake, not good news', async () => {
      expect(await say('lin', 'top 20 虹乔店')).toMatch(
        /Nobody at risk has the store, region, product, segment or owner "虹乔店"[\s\S]*Did you mean 虹桥店\?/,
      )
      expect(await say('lin', 'top P9')).toContain(
        'Filter by tier (P0), store, region, product, segment or owner, also by several at once.',
      )
      expect(await say('lin', "top 20 '; DROP TABLE alert;--")).toContain('Nobody at risk has')
    })
  })

  describe('show and why', () => {
    it.each([
      ['by number', 'C-5', '客户5'],
      ['by bare number of our own', 'c5', '客户5'],
      ['by CRM id', 'K5', '客户5'],
      ['by phone', '13800000005', '客户5'],
      ['by name', '客户5', '客户5'],
      ['by a name that would be SQL', "Robert'); DROP TABLE customer;--", 'Robert'],
      ['by a name of wildcards', '100%_折扣', '100%_折扣'],
    ])('find a customer %s', async (_, words, name) => {
      expect(await say('vera', `show ${words}`)).toContain(name)
      expect(await say('vera', `why ${words}`)).toContain('我要退款')
    })
    it('read numbers that a Chinese keyboard wrote in full width', async () => {
      const { no } = await company.caseOf(5)
      const wide = `Ａ－${[...String(no)].map((digit) => '０１２３４５６７８９'.charAt(Number(digit))).join('')}`
      expect(await say('vera', `show ${wide}`)).toContain('客户5')
      expect(await rows('vera', 'ｔｏｐ　３　Ｐ０')).toHaveLength(3)
      expect(await say('vera', 'show Ｋ５这位')).toContain('No customer fits "Ｋ５这位"')
    })
    it('find a customer by the case', async () => {
      const { no } = await company.caseOf(5)
      expect(await say('vera', `show A-${no}`)).toContain('客户5')
      expect(await say('vera', `why A-${no}`)).toContain(`A-${no}`)
    })
    it.each(['show', 'why'])('%s says what is missing, unknown, too long, or ambiguous', async (command) => {
      expect(await say('vera', command)).toMatch(/^Which customer\?/)
      expect(await say('vera', `${command} 不存在的人`)).toMatch(
        /^No customer fits "不存在的人"\n.*Use C-123/s,
      )
      expect(await say('vera', `${command} C-999999`)).toContain('No customer fits')
      expect(await say('vera', `${command} A-999999`)).toContain('There is no case A-999999')
      expect(await say('vera', `${command} ${'长'.repeat(5_000)}`)).toContain('too long')
      expect(await say('vera', `${command} 王芳`)).toMatch(
        /^Several customers fit "王芳"\n.*Use one of these numbers, or write the whole name: C-\d+ 王芳[^,]*, C-\d+ 王芳/s,
      )
      expect(await say('vera', `${command} 客户`)).toMatch(/fit "客户"\n.*: C-\d+ 客户\d+[^,]*(, [^,]*){4}…/s)
    })
    it.each(['__', '\\', '%%', '\u0000', '\ud800', '‮', '1 OR 1=1'])(
      '%j finds nobody by accident',
      async (words) => {
        expect(await say('vera', `show ${words}`)).toMatch(/^(No customer fits|Which customer)/)
      },
    )
    it.each([
      ['%', '100%_折扣'],
      ['_', '100%_折扣'],
      ["'", 'Robert'],
    ])('%j is a letter like any other', async (words, name) => {
      expect(await say('vera', `show ${words}`)).toContain(name)
    })
    it('of a customer who never said anything tell the quiet truth', async () => {
      for (const command of ['show', 'why']) {
        const said = await say('lin', `${command} K${QUIET_FROM}`)
        expect(said).toContain(`客户${QUIET_FROM}`)
        // They were judged with everybody else, though nights write nothing of whoever is plainly routine.
        expect(said).toMatch(/Nothing unusual\.|Too little history to judge\./)
        expect(said).not.toMatch(/not (been )?scored/i)
      }
    })
  })

  describe('a command nobody knows', () => {
    it.each([
      ['tpo 20', 'top 20'],
      ['Shwo C-5', 'show C-5'],
      ['cliam A-1', 'claim A-1'],
      ['snoze', 'snooze'],
      ['/churn hlep', 'help'],
    ])('%s means %s', async (line, meant) => {
      expect(await say('lin', line)).toMatch(
        new RegExp(`^There is no command "\\w+"\\n.*Did you mean ${meant}\\?`, 's'),
      )
    })
    it('like none of ours points to help', async () => {
      expect(await say('lin', '你好')).toContain('Type help to see every command.')
      expect(await say('lin', '<script>alert(1)</script>')).toContain(
        'There is no command "<script>alert(1)</script>"',
      )
      expect((await say('lin', `${'x'.repeat(1_000_000)} 20`)).length).toBeLessThan(400)
    })
    it('never breaks, whatever is typed', async () => {
      const word = fc.constantFrom(...commands.map(({ name }) => name), 'config set sla.p0.claim', '/churn')
      const lines = fc.sample(fc.tuple(word, fc.string({ unit: 'binary', maxLength: 30 })), {
        numRuns: 60,
        seed: 7,
      })
      for (const [start, rest] of lines) {
        const said = await say('lin', `${start} ${rest}`)
        expect(said, JSON.stringify([start, rest])).not.toContain('the fault is ours')
      }
    })
  })

  it('keeps answers and the lines they answer to the one who asked', async () => {
    await company.say('lin', 'show 客户9')
    await company.say('lin', 'nonsense 客户9')
    const seenBy = async (reader: string) =>
      JSON.stringify(
        await company.ctx.store.console.list({ channel: 'alerts', reader, before: null, limit: 500 }),
      )
    expect(await seenBy('lin')).toContain('nonsense 客户9')
    for (const reader of ['zhou', 'shen', 'vera']) {
      expect(await seenBy(reader)).not.toContain('show 客户9')
      expect(await seenBy(reader)).not.toContain('nonsense')
    }
    // Channel cards are for everyone, so they mask the name.
    const shared = (await company.channel('alerts')).filter(({ onlyFor }) => onlyFor === null)
    expect(shared).toHaveLength(AT_RISK)
    expect(JSON.stringify(shared)).not.toContain('王芳')
  })

  describe('completion', () => {
    const hints = async (person: string, line: string) =>
      (await company.desk.complete(person, line)).map((hint) => hint.line)
    it('offers what this person may type next', async () => {
      expect(await hints('vera', 'c')).toEqual([])
      expect(await hints('lin', 'c')).toEqual(['calendar ', 'confirm ', 'claim ', 'contacted '])
      expect(await hints('lin', '/churn to')).toEqual(['/churn top '])
      expect(await hints('vera', '')).toHaveLength(commands.filter(({ role }) => role === 'viewer').length)
      expect(await hints('lin', 'claim A-100')).toHaveLength(8)
      expect(await hints('lin', 'claim x')).toEqual([])
      expect(await hints('vera', 'show 王')).toHaveLength(2)
      expect(await hints('vera', 'show ')).toEqual([])
      expect(await hints('ye', 'config s')).toEqual(['config set '])
      expect(await hints('ye', 'config set sla.p0')).toHaveLength(4)
      expect(await hints('lin', 'config ')).toEqual([])
      expect(await hints('lin', 'top 2')).toEqual([])
      expect(await hints('lin', 'top 20 by s')).toEqual(['top 20 by segment ', 'top 20 by store '])
    })
  })

  it(`knows all ${COUNT} customers`, async () => {
    expect(await company.ctx.store.customers.count()).toBe(COUNT)
  })
})
