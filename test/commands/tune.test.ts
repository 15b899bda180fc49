import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseTune } from '../../commands/tune.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('tuning from chat on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (line: string, who = 'ye') => english(await company.say(who, line))
  const value = async (name: string) => (await company.ctx.settings()).value(name)

  it('shows what a setting would have changed in the last 90 days, and changes nothing', async () => {
    const { en } = await company.say('ye', 'tune words 2')
    expect(en.title).toBe('Preview: words.days 14 days → 2 days')
    expect(JSON.stringify(en.blocks)).toMatch(/"New cases a week","value":"1\.9 → 1\.9/)
    expect(JSON.stringify(en.blocks)).toContain('14 nights of the last 90 days')
    const [apply, another] = en.buttons
    expect(apply).toMatchObject({ command: 'tune', args: 'words 2 confirm', style: 'primary' })
    expect(another).toMatchObject({ command: 'tune', args: '' })
    expect(await value('words.days')).toBe(14)
  })

  it('holds once confirmed, is told of again when pressed twice, and is undone like any setting', async () => {
    expect(await say('tune words 3 confirm')).toContain('words.days changed: 14 days → 3 days')
    expect(await say('tune words 3 confirm')).toContain('3 days already')
    expect(await value('words.days')).toBe(3)
    expect(await say('config history words.days')).toContain('default → 3 days')
    await say('config undo words.days')
    expect(await value('words.days')).toBe(14)
    expect(await say('tune words 14')).toContain('has this value already')
  })

  it('says that probability lines do nothing while no model is in use', async () => {
    expect(await say('tune p0 0.7')).toContain('No model is in use')
  })

  it('asks by a form, whose values are previewed', async () => {
    const typed = { person: 'ye', channel: 'alerts', thread: null, line: 'tune' }
    const asked = await company.desk.say({ ...typed, request: 'ask' })
    expect(asked.form?.form.en.fields.map(({ name }) => name)).toEqual(['name', 'value'])
    expect(JSON.stringify(asked.form?.form.zh)).toContain('P0 从多大概率起（现在 0.8）')
    await company.desk.say({ ...typed, request: 'filled', form: { name: 'words', value: '2' } })
    expect(JSON.stringify(await company.channel('alerts'))).toContain('试算：words.days 14 天 → 2 天')
  })

  it.each([
    ['tune p0 0.5', /band\.p0 must lie above band\.p1/],
    ['tune p0 NaN', /"NaN" cannot be band\.p0/],
    ['tune p0 101', /from 0\.01 to 1; it is 0\.8 now/],
    ['tune p0', /The new value of p0 is missing/],
    ['tune p0 0.7 at once', /One name and its new value/],
    ['tune 0.8', /Which threshold\?[\s\S]*tune p0 0\.8/],
    ['tune colour blue', /"colour" cannot be tuned/],
    ['tune wrods 3', /Did you mean words/],
  ])('refuses %s', async (line, says) => {
    expect(await say(line)).toMatch(says)
  })

  it('is the admins’ alone', async () => {
    expect(await say('tune words 1 confirm', 'lin')).toContain('admin')
    expect(await value('words.days')).toBe(14)
  })

  it('takes the setting’s own name, an equals sign and the Chinese word for yes', () => {
    expect(parseTune('band.p0=0.7')).toMatchObject({ value: '0.7', confirmed: false })
    expect(parseTune('P0 0.7 确认')).toMatchObject({ confirmed: true })
    expect(parseTune('  ')).toBeNull()
  })
})
