import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '../../src/chat/card.ts'
import { SETTINGS } from '../../src/settings/settings.ts'
import { CONFIG_PAGE } from '../../templates/config.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('config on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))
  const rows = async (person: string, line: string) => {
    const card = (await company.say(person, line)).en
    return card.blocks.flatMap((block: Block) => (block.kind === 'table' ? block.rows : []))
  }

  it('belongs to admins', async () => {
    for (const person of ['vera', 'lin', 'shen'])
      expect(await say(person, 'config')).toContain('config is for admins')
  })
  it('lists, shows, changes and takes back', async () => {
    for (const line of ['config', 'config list', 'config 1']) expect(await rows('ye', line)).toHaveLength(15)
    const pages = Math.ceil(SETTINGS.length / CONFIG_PAGE)
    const last = await rows('ye', `config list page ${pages}`)
    expect(last).toHaveLength(SETTINGS.length - (pages - 1) * CONFIG_PAGE)
    expect(await rows('ye', 'config 99')).toEqual(last)
    expect(await say('ye', 'config get watch.days')).toContain('30 days')
    expect(await say('ye', 'config set watch.days 45')).toContain('30 days → 45 days')
    expect((await company.ctx.settings()).watchDays).toBe(45)
    expect(await say('ye', 'config set WATCH.DAYS 45')).toContain('already has this value')
    expect(await say('ye', 'config set watch.days 60')).toContain('45 days → 60 days')
    expect(await say('ye', 'config get watch.days')).toContain('Ye Qing')
    expect(await say('ye', 'config undo watch.days')).toContain('60 days → 45 days')
    expect((await company.ctx.settings()).watchDays).toBe(45)
  })
  it.each([
    ['config set sla.p0.claim 0', '"0" cannot be sla.p0.claim', 'from 0.25 to 1440; it is 2 now'],
    ['config set sla.p0.claim 1e9', '"1e9" cannot be sla.p0.claim', 'it is 2 now'],
    ['config set sla.p0.claim -4', '"-4" cannot be sla.p0.claim', 'it is 2 now'],
    ['config set sla.p0.claim 4 5', '"4 5" cannot be sla.p0.claim', 'it is 2 now'],
    ['config set sla.p0.hours never', '"never" cannot be sla.p0.hours', 'it is always now'],
    ['config set hours.to 8', 'Work would begin at 9 and end at 8', 'Change the other'],
    ['config list zzz', 'config does not know', 'config [get NAME'],
    ['config set sla.p0.claim', 'The new value of sla.p0.claim is missing', 'it is 2 now'],
    ['config set value.top-share 1', '"1" cannot be value.top-share', 'from 0.01 to 0.9; it is 0.3 now'],
    ['config set sla.p0.clam 4', 'There is no setting "sla.p0.clam"', 'Did you mean sla.p0.claim?'],
    ['config get hours', 'There is no setting "hours"', 'There are: hours.days, hours.from, hours.to'],
    ['config get sla', 'There is no setting "sla"', 'sla.p0.claim, sla.p0.reach'],
    ['config get zzz', 'There is no setting "zzz"', 'Type config to see every setting.'],
    ['config get', 'Which setting?', 'Type config to see every setting.'],
    ['config undo words.days', 'words.days was never changed', 'There is nothing to take back.'],
    ['config delete watch.days', 'config does not know "delete"', 'config [get NAME'],
  ])('%s is refused: %s', async (line, what, hint) => {
    const said = await say('ye', line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
    expect((await company.ctx.settings()).value('sla.p0.claim')).toBe(2)
  })
  it('undone, a value must still fit beside those set meanwhile', async () => {
    await say('ye', 'config set band.p0 0.9')
    await say('ye', 'config set band.p1 0.85')
    expect(await say('ye', 'config undo band.p0')).toContain('band.p0 must lie above band.p1')
    expect((await company.ctx.settings()).bands).toMatchObject({ critical: 0.9, high: 0.85 })
    await say('ye', 'config undo band.p1')
    await say('ye', 'config undo band.p0')
    expect((await company.ctx.settings()).bands).toMatchObject({ critical: 0.8, high: 0.6 })
  })
  it('back at its default, it says who put it there', async () => {
    expect(await say('ye', 'config get sla.p2.claim')).toContain('Never')
    await say('ye', 'config set sla.p2.claim 100')
    expect(await say('ye', 'config undo sla.p2.claim')).toContain('Ye Qing')
    expect(await say('ye', 'config get sla.p2.claim')).toContain('Ye Qing')
  })
  it('undone once acts once, however often the page asks', async () => {
    await say('ye', 'config set words.days 7')
    await company.say('ye', 'config undo words.days', 'undo-once')
    await company.say('ye', 'config undo words.days', 'undo-once')
    expect((await company.ctx.settings()).wordsDays).toBe(14)
  })
})
