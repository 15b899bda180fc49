import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, VirtualClock } from '../../src/clock.ts'
import { seededIds } from '../../src/ids.ts'
import { type Intake, openIntake, TooMuch } from '../../src/ingest/intake.ts'
import type { Post } from '../../src/ingest/ports.ts'
import { postOf } from '../../src/ingest/post.ts'
import { openLog } from '../../src/log.ts'
import type { FeedbackRecord, SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { openTestDatabase, places } from '../places.ts'

const NOON = new Date('2026-06-01T12:00:00Z')
const FAR = new Date('2030-01-01T00:00:00Z')

function voice(sourceId: string, more: Partial<FeedbackRecord> = {}): FeedbackRecord {
  const customer = { kind: 'crm', value: 'K1' }
  return { type: 'feedback', sourceId, customer, at: NOON, channel: 'chat', text: sourceId, ...more }
}

function post(records: readonly FeedbackRecord[], key: string | null = null, digest = 'd'): Post {
  const named = key === null ? null : { sender: 'desk', key, digest }
  return postOf(
    records.map((value) => ({ value, suspect: false })),
    records.map((value) => ({ value })),
    { path: '/ingest/feedback', source: 'ingest:desk', key: named },
  )
}

describe.each(places)('what comes in, on $name', (where) => {
  let database: Database
  let store: Store
  let intake: Intake
  let kept: number
  const lines: string[] = []
  beforeEach(async () => {
    database = await openTestDatabase(where)
    store = openStore(database, seededIds('intake'), 'CNY')
    kept = 0
    const log = openLog('info', { write: (line: string) => void lines.push(line) })
    const data = new VirtualClock(NOON)
    const count = (): void => {
      kept += 1
    }
    const pressing = async () => (record: SourceRecord) => 'text' in record && record.text === 'ends it'
    intake = openIntake({ rows: store.ingest, data, real: systemClock, log, pressing, kept: count })
  })
  afterEach(async () => {
    await intake.stop()
    await database.close()
  })
  const whose = async (id: string) => {
    const { rows } = await database.pool.query('SELECT value FROM customer_key WHERE customer = $1', [id])
    return (rows[0] as { value: string }).value
  }
  const texts = async () => (await store.timeline.voices(new Date(0), FAR)).map(({ text }) => text)

  it('many at once share a commit, each with its own answer; who is to be judged is kept with them', async () => {
    const all = await Promise.all([
      intake.take(post([voice('a')])),
      intake.take(
        post([voice('b'), voice('c', { customer: { kind: 'crm', value: 'K2' }, text: 'ends it' })]),
      ),
      intake.take(post([voice('a', { text: 'mended' })])),
      intake.take(post([voice('k')], 'key')),
      intake.take(post([voice('k')], 'key')),
    ])
    const results = all.map((each) => ('answer' in each ? JSON.parse(each.answer.json).records : null))
    expect(results.map((records) => records.map(({ result }: { result: string }) => result))).toEqual([
      ['accepted'],
      ['accepted', 'accepted'],
      ['duplicate'],
      ['accepted'],
      ['accepted'],
    ])
    expect(all.map((each) => 'isReplay' in each && each.isReplay)).toEqual([false, false, false, false, true])
    expect(kept).toBeLessThan(all.length)
    expect((await texts()).toSorted()).toEqual(['b', 'ends it', 'k', 'mended'])
    const [first, until] = [FAR, new Date(FAR.getTime() + 20_000)]
    // Who ends it comes first, however late.
    const pressed = await store.ingest.take(1, first, until)
    expect(await whose(pressed[0]!.customer)).toBe('K2')
    const taken = [...pressed, ...(await store.ingest.take(100, first, until))]
    expect(new Set(taken.map(({ customer }) => customer)).size).toBe(2)
    expect(taken[0]).toMatchObject({ at: NOON, attempts: 1 })
    // Held, until the hold ends or they are judged.
    expect(await store.ingest.take(100, first, until)).toEqual([])
    await store.ingest.putOff([taken[0]!.id], first)
    expect((await store.ingest.take(100, first, until)).map(({ id }) => id)).toEqual([taken[0]!.id])
    // Not for as long as the clock was set back.
    expect(await store.ingest.take(100, NOON, new Date(NOON.getTime() + 20_000))).toHaveLength(taken.length)
    await store.ingest.judged(taken.map(({ id }) => id))
    expect(await store.ingest.waiting()).toBe(0)
  })

  it('a key stands for one request as long as it is remembered', async () => {
    await intake.take(post([voice('a')], 'key', 'one'))
    expect(await intake.take(post([voice('b')], 'key', 'two'))).toEqual({ misused: true })
    expect(await texts()).toEqual(['a'])
    expect(await store.ingest.forgetKeys(FAR)).toBe(1)
    expect(await intake.take(post([voice('b')], 'key', 'two'))).toMatchObject({ isReplay: false })
  })

  it('a request the database refuses takes no other down with it, and its words stay out of the log', async () => {
    const [first, poisoned, last] = await Promise.allSettled([
      intake.take(post([voice('first')])),
      intake.take(post([voice('poisoned', { text: 'secret \u0000 words' })], 'poisoned')),
      intake.take(post([voice('last')])),
    ])
    expect([first, poisoned, last].map((each) => each?.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect((await texts()).toSorted()).toEqual(['first', 'last'])
    expect(lines.join('')).not.toContain('secret')
    // Nothing is left of it: its key may be used again.
    expect(await intake.take(post([voice('mended')], 'poisoned'))).toMatchObject({ isReplay: false })
  })

  it('more than can wait is not taken in', async () => {
    const many = (from: number) =>
      intake.take(post(Array.from({ length: 900 }, (_, n) => voice(`${from + n}`)))).catch((error) => error)
    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => many(n * 900)))
    expect(all.filter((each) => each instanceof TooMuch)).toHaveLength(1)
    expect(await intake.take(post([voice('after')]))).toMatchObject({ isReplay: false })
  })
})
