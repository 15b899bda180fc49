import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { places } from '../places.ts'
import { batchOf } from '../store/samples.ts'
import { type Brand, openBrand, type VoiceRow, voicesFile } from './brand.ts'

describe.each(places)('reading voices on $name', (place) => {
  let brand: Brand
  const voices: VoiceRow[] = [
    ['v1', 1, '2026-05-30 21:14', '车很好但是服务太差，等了两个小时没人理，马上退款！'],
    ['v2', 2, '2026-05-31 09:00', '要是能在线预约就好了'],
  ]
  const tell = async (...more: VoiceRow[]): Promise<void> => {
    for (const row of more) {
      const at = voices.findIndex(([id]) => id === row[0])
      if (at === -1) voices.push(row)
      else voices[at] = row
    }
    brand.write('voices.ndjson', voicesFile(voices))
    await brand.run('pull')
  }
  const readings = () =>
    brand.sql(
      `SELECT f.source_id AS voice, r.* FROM voice_reading r JOIN feedback f USING (id) ORDER BY f.at`,
    )
  const idOf = async (text: string): Promise<string> =>
    (await brand.sql(`SELECT id FROM feedback WHERE text = '${text}'`))[0]!['id'] as string

  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    brand.files(
      [
        [1, 'high'],
        [2, 'low'],
      ],
      [],
      voices,
    )
    await brand.run('pull')
  })
  afterAll(() => brand.close())

  it('keeps all that is read out of each new voice', async () => {
    expect(await brand.run('read')).toEqual({ seen: 2, changed: 2, failed: 0 })
    const [angry, wishing] = await readings()
    expect(angry).toMatchObject({
      customer: await brand.id(1),
      language: 'zh',
      label: 'negative',
      urgency: 'now',
      urgent_why: 'deadline',
      severity: 3,
      words: ['strong-churn'],
      corrected: false,
      wish: null,
    })
    const topics = angry!['topics'] as string[]
    expect(topics).toEqual(expect.arrayContaining(['product', 'service', 'service.waiting', 'price.billing']))
    const strengths = angry!['topic_strengths'] as number[]
    expect(strengths[topics.indexOf('product')]).toBeGreaterThan(0)
    expect(strengths[topics.indexOf('service.waiting')]).toBeLessThan(0)
    expect(wishing).toMatchObject({ wish: '要是能在线预约就好了', topics: ['service.booking'], length: 10 })
  })

  it('reads nothing twice, and again what is new or was corrected', async () => {
    expect(await brand.run('read')).toMatchObject({ seen: 0 })
    await tell(
      ['v2', 2, '2026-05-31 09:00', '希望可以早点开门'],
      ['v3', 1, '2026-05-31 10:00', 'Parking is hopeless.'],
    )
    expect(await brand.run('read')).toMatchObject({ seen: 2 })
    expect((await readings()).map(({ wish, language }) => [wish, language])).toEqual([
      [null, 'zh'],
      ['希望可以早点开门', 'zh'],
      [null, 'en'],
    ])
  })

  it('lets a person’s label win, at once and when it is read again', async () => {
    const id = await idOf('Parking is hopeless.')
    const now = brand.clock.now()
    const { readings: table } = brand.ctx.store
    expect(await table.label(id, { label: 'negative' }, 'lin', now)).toBe(true)
    expect(await table.label(id, { topics: ['experience.location', 'service'] }, 'ye', now)).toBe(true)
    expect(await table.label('00000000-0000-4000-8000-000000000000', { label: 'positive' }, 'ye', now)).toBe(
      false,
    )
    const said = {
      label: 'negative',
      confidence: 1,
      corrected: true,
      topics: ['experience.location', 'service'],
    }
    expect((await readings())[2]).toMatchObject(said)
    await tell(['v3', 1, '2026-05-31 10:00', 'Parking is great, honestly.'])
    await brand.run('read')
    const [, , again] = await readings()
    expect(again).toMatchObject(said)
    expect(again!['strength']).toBeLessThanOrEqual(-0.5)
    expect(await table.labelled()).toEqual([
      { text: 'Parking is great, honestly.', label: 'negative', topics: ['experience.location', 'service'] },
    ])
  })

  it('reads everything again with new words', async () => {
    await brand.say('ye', 'lexicon add strong-negative hopeless')
    expect(await brand.run('read')).toMatchObject({ seen: 3 })
    expect(await brand.run('read')).toMatchObject({ seen: 0 })
    const versions = new Set((await readings()).map(({ version }) => version))
    expect(versions).toEqual(new Set([(await brand.ctx.voice.reader()).version]))
  })

  it('goes on where it was stopped', async () => {
    const { readings: table } = brand.ctx.store
    const many = Array.from(
      { length: 900 },
      (_, index): VoiceRow => [`m${index}`, 1, '2026-05-29 10:00', `第${index}条：太贵`],
    )
    await tell(...many)
    const stop = new AbortController()
    const stopping = {
      ...brand.ctx,
      store: {
        ...brand.ctx.store,
        readings: {
          ...table,
          keep: async (...page: Parameters<typeof table.keep>) => {
            await table.keep(...page)
            stop.abort()
          },
        },
      },
    }
    const { readVoices } = await import('../../jobs/read.ts')
    expect(await readVoices(stopping, stop.signal)).toMatchObject({ seen: 400 })
    expect(await brand.run('read')).toMatchObject({ seen: 500 })
    expect(await brand.sql('SELECT count(*)::int AS n FROM voice_reading')).toEqual([{ n: 903 }])
  })

  it('forgets what it read out of a voice that is gone', async () => {
    const id = await idOf('希望可以早点开门')
    await brand.sql(`UPDATE feedback SET source_id = 'voices.ndjson:7' WHERE id = '${id}'`)
    const { sources } = brand.ctx.store
    const before = (await sources.cursor('feedback'))!
    const gone = new Map([['voices.ndjson', new Set<string>()]])
    await sources.store('feedback', batchOf([], { cursor: before }), brand.clock.now(), { whole: gone })
    expect(await brand.sql(`SELECT 1 FROM voice_reading WHERE id = '${id}'`)).toEqual([])
  })

  it('reads topics as the company words them', async () => {
    writeFileSync(join(brand.folder, 'topics.yaml'), 'topics: []\n')
    expect((await brand.ctx.voice.reader()).cues.topics.map(({ id }) => id)).toContain('price.cost')
  })
})
