import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { openSegmenter } from '../../src/main/segmenter.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import type { VoiceFilter } from '../../src/voice/found.ts'
import { readVoice } from '../../src/voice/reading.ts'
import { queryOf, soughtIn } from '../../src/voice/sought.ts'
import { termsOf, vectorOf } from '../../src/voice/terms.ts'
import { places } from '../places.ts'
import { READER } from '../voice/shipped.ts'
import { NOON, openTestStore } from './samples.ts'

const segmenter = openSegmenter()

describe.each(places)('the words of voices on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
    await say('退款太慢，等了两个小时', 400, 'chat', '虹桥店')
    await say('退款很快，谢谢', 3, 'chat', '浦东店')
    await say('refunds take ages, cancel my account now', 2, 'ticket', null)
    await say('How do refunds work?', 2, 'ticket', null)
    await say("it's a 'quoted' \\ back\\slash, ' & | ! ( ) :* <->", 1, 'review', null)
    await read()
  })
  afterAll(() => database.close())

  const say = async (text: string, daysAgo: number, channel: string, site: string | null): Promise<void> => {
    await database.pool.query(
      `INSERT INTO feedback (id, source, source_id, at, channel, text, site) VALUES ($1::text::uuid, 's', $1::text, $2, $3, $4, $5)`,
      [randomUUID(), new Date(NOON.getTime() - daysAgo * DAY), channel, text, site],
    )
  }
  const read = async (): Promise<void> => {
    const from = await store.readings.begin(randomUUID())
    const { voices, next } = await store.readings.unread(from, 100, 8_000)
    const done = voices.map((voice) => ({
      voice,
      reading: readVoice(voice.text, READER),
      terms: vectorOf(termsOf(voice.text, segmenter)),
    }))
    await store.readings.keep(done, next!)
  }
  const query = (words: string, phrase = false) =>
    queryOf(soughtIn([{ words, phrase, without: false }], segmenter))
  const find = async (filter: VoiceFilter, page = { skip: 0, take: 10 }) => {
    const { voices, total } = await store.voices.search(filter, NOON, page)
    return { texts: voices.map(({ text }) => text), total }
  }

  it('finds words, ranks the new above the old and the grave above the mild', async () => {
    expect(await find({ query: query('退款') })).toEqual({
      texts: ['退款很快，谢谢', '退款太慢，等了两个小时'],
      total: 2,
    })
    const { texts } = await find({ query: query('refunding') })
    expect(texts).toEqual(['refunds take ages, cancel my account now', 'How do refunds work?'])
  })

  it('finds a phrase only where it is said so', async () => {
    expect((await find({ query: query('款太慢', true) })).total).toBe(1)
    expect((await find({ query: query('慢太款', true) })).total).toBe(0)
  })

  it('narrows, pages and counts, with words and without', async () => {
    expect((await find({ query: query('退款'), sites: ['虹桥店'] })).texts).toEqual([
      '退款太慢，等了两个小时',
    ])
    expect((await find({ channels: ['chat'], label: 'negative' })).texts).toEqual(['退款太慢，等了两个小时'])
    expect((await find({ since: new Date(NOON.getTime() - 3 * DAY) })).total).toBe(4)
    expect((await find({ until: new Date(NOON.getTime() - 30 * DAY), language: 'zh' })).total).toBe(1)
    expect((await find({ customer: randomUUID() })).total).toBe(0)
    expect(await find({}, { skip: 4, take: 2 })).toEqual({ texts: ['退款太慢，等了两个小时'], total: 5 })
  })

  it('takes any signs for words', async () => {
    expect((await find({ query: query(`'quoted' \\ & | back\\slash <->`) })).total).toBe(1)
  })

  it('knows names and words, and gives an example', async () => {
    expect(await store.voices.names()).toEqual({
      sites: ['浦东店', '虹桥店'],
      products: [],
      channels: ['chat', 'ticket', 'review'],
    })
    expect(await store.voices.known(['退款', 'refund', 'nowhere'])).toEqual(new Set(['退款', 'refund']))
    expect((await store.voices.vocabulary()).slice(0, 2)).toEqual(['refund', '退款'])
    expect(await store.voices.example('account')).toBe('refunds take ages, cancel my account now')
    expect(await store.voices.example('nowhere')).toBeNull()
  })

  it('keeps the number of a voice when it is read again', async () => {
    const [before] = (await store.voices.search({ query: query('account') }, NOON, { skip: 0, take: 1 }))
      .voices
    expect(await store.voices.byNo(before!.no)).toEqual(before)
    await read()
    const [after] = (await store.voices.search({ query: query('account') }, NOON, { skip: 0, take: 1 }))
      .voices
    expect(after).toEqual(before)
    await say('and one more', 0, 'chat', null)
    await read()
    const { voices } = await store.voices.search({}, NOON, { skip: 0, take: 10 })
    expect(voices.map(({ no }) => no).sort()).toEqual([1, 2, 3, 4, 5, 6])
    expect(await store.voices.byNo(99)).toBeNull()
  })
})
