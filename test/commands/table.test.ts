import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { table } from '../../commands/table.ts'
import { seenBy } from '../../src/dispatch.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('tables as files on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const asked = (line: string, person: string, chat: string) => {
    const by = company.ctx.people.get(person)!
    const request = { args: table.parse(line), by, via: { chat, channel: 'C1' }, id: 'r1', form: null }
    return table.run(seenBy(company.ctx, by), request)
  }

  it('on the console it is a link; elsewhere a file, which stands in the sealed record', async () => {
    const linked = await asked('top', 'shen', 'console')
    expect(linked.card.en).toMatchObject({ title: 'The table is ready', table: 'top' })
    expect(linked.file).toBeUndefined()
    const { file, private: isPrivate } = await asked('survey', 'shen', 'slack')
    expect(isPrivate).toBe(true)
    expect(file!.name).toMatch(/^survey-2026-06-01\.csv$/)
    expect(file!.words).toMatch(/^\ufeffCustomer,Name|^\ufeff客户,姓名/)
    expect(JSON.stringify(file!.given.en)).toMatch(/survey-2026-06-01\.csv, \d+ rows?\./)
    expect(JSON.stringify(file!.withheld.zh)).toContain('可以在控制台输入同一行来下载：survey。')
    const [change] = await company.ctx.store.settings.changes('table', 1)
    expect(change).toMatchObject({ by: 'shen', after: { line: 'survey' } })
  })

  it('says what has no table, and to whom', async () => {
    expect(english(await company.say('shen', 'table'))).toContain('A table of what?')
    // On the console, too, before anything is promised.
    await expect(asked('stats', 'shen', 'console')).rejects.toThrow('There is no table of "stats" for you')
    await expect(asked('top by store', 'shen', 'console')).rejects.toThrow('no table of "top by')
    await expect(asked('stats', 'shen', 'slack')).rejects.toThrow('There is no table of "stats" for you')
  })
})
