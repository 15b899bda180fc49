import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expired, retention } from '../../jobs/retention.ts'
import { DAY } from '../../src/clock.ts'
import { type Company, english, openCompany, QUIET_FROM } from '../commands/company.ts'
import { onePlace } from '../places.ts'

const VOICES = QUIET_FROM - 1

describe.each(onePlace)('retention on $name', (place) => {
  let company: Company
  const keeping = (keep: { voices?: number; refused?: number; outbox?: number }) => {
    const { ctx } = company
    return { ...ctx, config: { ...ctx.config, keep } }
  }
  const erase = (keep: Parameters<typeof keeping>[0]) =>
    retention.run(keeping(keep), new AbortController().signal)

  beforeAll(async () => {
    company = await openCompany(place)
    await company.run('read')
  })
  afterAll(() => company.close())

  it('keeps everything unless the configuration says otherwise, and what is young in any case', async () => {
    company.clock.advance(DAY)
    expect(await company.run('retention')).toMatchObject({ seen: 0, changed: 0 })
    expect(await erase({ voices: 200, refused: 2, outbox: 7 })).toMatchObject({ seen: 0, changed: 0 })
  })

  it('erases what is older: words, but not how they were read; messages, but not what waits', async () => {
    company.clock.advance(201 * DAY)
    const keep = { voices: 200, outbox: 7 }
    const [voices, outbox] = await expired(keeping(keep))
    expect(voices).toMatchObject({ kind: 'voices', days: 200, rows: VOICES })
    expect(outbox!.rows).toBeGreaterThan(0)
    const [first] = await company.sql("SELECT string_agg(label, ',' ORDER BY id) AS moods FROM voice_reading")
    expect((await erase(keep)).more).toEqual({ voices: VOICES, outbox: outbox!.rows })
    expect(await erase(keep)).toMatchObject({ seen: 0, changed: 0 })
    // A card redrawn later was not sent only then, and one of later than is asked about is none.
    await company.sql(`INSERT INTO outbox (id, card, kind, dedupe, priority, state, not_before, created_at, sent_at)
      SELECT gen_random_uuid(), id, 'card', 'card:' || id || version, 1, 'sent', t, t, t
      FROM card, (SELECT TIMESTAMPTZ '2027-01-01 00:00Z' AS t) later, (VALUES (':v1'), (':v9')) v (version)`)
    const cases = await company.ctx.store.effect.cases(new Date(0), company.clock.now())
    expect(new Set(cases.map(({ cardAt }) => cardAt))).toEqual(new Set([null]))
    expect(english(await company.say('lin', 'search 退款'))).not.toContain('修了三次')
    // Another version of the reader would read everything again: what has no words stays as it was read.
    const { readings } = company.ctx.store
    expect((await readings.unread(await readings.begin('another'), 100, 500)).voices).toEqual([])
    expect(
      await company.sql("SELECT string_agg(label, ',' ORDER BY id) AS moods FROM voice_reading"),
    ).toEqual([first])
  })
})
