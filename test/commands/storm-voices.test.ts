import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchSheet } from '../../src/main/sheets.ts'
import type { Storm } from '../../src/sentinel/storm.ts'
import { voicesButton } from '../../templates/storm-voices.ts'
import { onePlace } from '../places.ts'
import { type Company, openCompany } from './company.ts'

describe.each(onePlace)('the voices of a storm on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
    await company.run('read')
    // Some voices name a place of their own, in several writings; the others are of their customer's.
    const names = ['徐汇店', 'Hong Qiao', 'hong qiao', 'Hong  Qiao']
    for (const [at, name] of names.entries())
      await company.sql(
        `UPDATE voice_reading SET site = '${name}', product = 'X${at % 2}' WHERE id IN (
          SELECT id FROM voice_reading WHERE site IS NULL ORDER BY id LIMIT ${at + 1})`,
      )
    await company.sql("UPDATE customer SET product = 'X1' WHERE site = '浦东店'")
  })
  afterAll(() => company.close())

  const count = async (words: string) =>
    (await searchSheet(company.ctx, words, { locale: 'en', timeZone: 'Asia/Shanghai' })).rows.length

  it('are those that were counted, whoever’s place it is and however it is written', async () => {
    const { clock, ctx } = company
    const now = clock.now()
    const { series } = await ctx.store.stormVoices.counted(now)
    const placed = series.filter(({ kind }) => ['site', 'product', 'topic-site'].includes(kind))
    expect(placed.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['徐汇店', '浦东店', '虹桥店', 'Hong Qiao', 'hong qiao', 'X0', 'X1']),
    )
    const startedAt = new Date('2026-05-01T00:00:00+08:00')
    for (const { kind, key, site } of placed) {
      const which = { kind, key, site, what: 'volume', from: startedAt, until: now } as const
      const counted = await ctx.store.stormVoices.ids(which)
      const storm = { ...which, startedAt, endedAt: null } as unknown as Storm
      const [button] = voicesButton(storm, { locale: 'en', timeZone: 'Asia/Shanghai', now })
      expect([button!.args, await count(button!.args)]).toEqual([button!.args, counted.length])
    }
  })

  it('people find a place in any case and with any blanks', async () => {
    let each = 0
    for (const site of ['Hong Qiao', 'hong qiao', 'Hong  Qiao']) each += await count(`site:"${site}"`)
    expect(await count('site:"HONG QIAO"')).toBe(each)
    expect(each).toBe(2 + 3 + 4)
  })
})
