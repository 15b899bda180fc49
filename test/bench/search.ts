import { randomUUID } from 'node:crypto'
import { chance, openStream, pick, whole } from '../../src/demo/random.ts'
import { openSegmenter } from '../../src/main/segmenter.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import type { VoiceFilter } from '../../src/voice/found.ts'
import { readVoice } from '../../src/voice/reading.ts'
import { queryOf, soughtIn } from '../../src/voice/sought.ts'
import { termsOf, vectorOf } from '../../src/voice/terms.ts'
import { type Findings, figure, type Options } from '../figures.ts'
import { places } from '../places.ts'
import { NOON, openTestStore } from '../store/samples.ts'
import { READER } from '../voice/shipped.ts'

const ROUNDS = 7
const A_PAGE = 2_000
const segmenter = openSegmenter()

const THINGS =
  '服务态度 退款 充电 门店 电池 续航 预约 客服 师傅 价格 车机 保养 空调 座椅 刹车 导航 提车 贷款 保险 洗车'
const JUDGED =
  '太慢了 很满意 坏了 等了两个小时 没人理 不错 太贵 换了三次 终于好了 非常专业 有异响 希望早点开门'
const ENGLISH = 'refund delivery battery service staff price charging booking app waiting'
const SAID = 'was slow|is great|broke again|took two hours|nobody answered|too expensive|works fine'

/** Searching many voices on the embedded database: the slowest of the searches people make, each by its median. */
export async function search(options: Options): Promise<Findings> {
  const count = options.quick ? 3_000 : 100_000
  const { database, store } = await openTestStore(places[0]!)
  try {
    await tell(database, count, options.seed)
    const began = performance.now()
    await read(store)
    const reading = (performance.now() - began) / 1_000
    await database.pool.query('ANALYZE')
    const times: { name: string; total: number; median: number }[] = []
    for (const [name, filter] of searches()) times.push({ name, ...(await timed(store, filter)) })
    const worst = times.reduce((a, b) => (b.median > a.median ? b : a))
    return {
      figures: [
        figure('search.voices', count, 'voices'),
        figure('search.slowest_median', worst.median, 'ms', '<200'),
        figure('search.read_and_kept', count / reading, 'voices/s'),
      ],
      notes: times.map(({ name, total, median }) => `${name}: ${total} found, ${median.toFixed(1)} ms`),
    }
  } finally {
    await database.close()
  }
}

function searches(): [name: string, filter: VoiceFilter][] {
  const words = (said: string, phrase = false) =>
    queryOf(soughtIn([{ words: said, phrase, without: false }], segmenter))
  return [
    ['a word', { query: words('退款') }],
    ['two words', { query: words('服务 太慢') }],
    ['a name no dictionary has', { query: words('途虎') }],
    ['a phrase', { query: words('等了两个小时', true) }],
    ['a word nearly all say', { query: words('了') }],
    ['an English word', { query: words('refunds') }],
    ['a word, negative', { query: words('退款'), label: 'negative' }],
    ['negative', { label: 'negative' }],
    ['a topic', { topics: ['service'] }],
    ['everything', {}],
  ]
}

async function timed(store: Store, filter: VoiceFilter): Promise<{ total: number; median: number }> {
  const times: number[] = []
  let total = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    total = (await store.voices.search(filter, NOON, { skip: 0, take: 8 })).total
    times.push(performance.now() - began)
  }
  return { total, median: times.sort((a, b) => a - b)[ROUNDS >> 1]! }
}

/** Voices of a sentence or three, of two years. */
async function tell(database: Database, count: number, seed: string): Promise<void> {
  const draw = openStream(seed, 'voices')
  const [things, judged] = [THINGS.split(' '), JUDGED.split(' ')]
  const [english, said] = [ENGLISH.split(' '), SAID.split('|')]
  const clause = () => `${pick(draw, things)}${pick(draw, judged)}`
  for (let told = 0; told < count; told += A_PAGE) {
    const rows = Array.from({ length: Math.min(A_PAGE, count - told) }, () => ({
      id: randomUUID(),
      text: chance(draw, 0.25)
        ? `The ${pick(draw, english)} ${pick(draw, said)}, and the ${pick(draw, english)} ${pick(draw, said)}.`
        : `${clause()}，${clause()}，${clause()}。`,
      at: new Date(NOON.getTime() - whole(draw, 0, 700) * 86_400_000).toISOString(),
    }))
    await database.pool.query(
      `INSERT INTO feedback (id, source, source_id, at, channel, text)
      SELECT id::uuid, 's', id, at::timestamptz, 'chat', text FROM unnest($1::text[], $2::text[], $3::text[]) u (id, text, at)`,
      [rows.map(({ id }) => id), rows.map(({ text }) => text), rows.map(({ at }) => at)],
    )
  }
}

async function read(store: Store): Promise<void> {
  let at = await store.readings.begin('bench')
  for (;;) {
    const { voices, next } = await store.readings.unread(at, 400, 8_000)
    if (next === null) return
    const done = voices.map((voice) => ({
      voice,
      reading: readVoice(voice.text, READER),
      terms: vectorOf(termsOf(voice.text, segmenter)),
    }))
    await store.readings.keep(done, next)
    at = next
  }
}
