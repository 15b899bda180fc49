import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pullSource } from '../../jobs/pull/source.ts'
import { pull } from '../../jobs/pull.ts'
import type { PullReport } from '../../src/records/pull-report.ts'
import type { Source } from '../../src/sources/source.ts'
import { onePlace } from '../places.ts'
import { batchOf, changedSince, eventRecord } from '../store/samples.ts'
import { type Brand, openBrand, type VisitRow, type VoiceRow, visitsFile, voicesFile } from './brand.ts'

const VISITS: readonly VisitRow[] = [
  ['1', 1, '2026-03-01 10:00', 680],
  ['2', 1, '2026-04-01 10:00', 720],
  ['3', 2, '2026-04-02 10:00', 300],
]
const VOICE = ['v1', 2, '2026-05-31 21:14', '还行'] as const

describe.each(onePlace)('pulling on $name', (place) => {
  let brand: Brand
  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    brand.files(
      [
        [1, 'high'],
        [2, 'low'],
      ],
      VISITS,
      [VOICE],
    )
  })
  afterAll(() => brand.close())

  /** Customers with rows written while `act` ran. */
  async function touchedBy(act: () => Promise<unknown>): Promise<readonly string[]> {
    let { mark } = await brand.ctx.store.timeline.changed(null)
    // Rows written before count again as long as other tests' transactions on the same server are as old.
    while ((await changedSince(brand.ctx.store, mark)).length > 0) {
      await setTimeout(20)
      ;({ mark } = await brand.ctx.store.timeline.changed(null))
    }
    await act()
    return changedSince(brand.ctx.store, mark)
  }

  it('takes everything in the first time and tells how much', async () => {
    expect(await brand.run('pull')).toEqual({
      seen: 6,
      changed: 6,
      failed: 0,
      more: { quarantined: 0, sourcesFailed: 0, merged: 0, targetsMissed: expect.any(Number) },
      fields: expect.arrayContaining([expect.objectContaining({ filled: 3, of: 3 })]),
    })
    const reports = await brand.ctx.store.sources.reports()
    expect(reports.map(({ source, report }) => [source, report])).toMatchObject([
      ['crm', { rows: 2, created: 2, failure: null }],
      ['feedback', { rows: 1, created: 1 }],
      ['workshop', { rows: 3, created: 3, changed: 0, unchanged: 0, removed: 0, quarantined: 0 }],
    ])
    expect(reports.every(({ pulledAt }) => pulledAt?.getTime() === brand.clock.now().getTime())).toBe(true)
  })

  it('changes no row the second time, also when the files were written anew', async () => {
    expect(await touchedBy(() => brand.run('pull'))).toEqual([])
    brand.files(
      [
        [1, 'high'],
        [2, 'low'],
      ],
      VISITS,
      [VOICE],
    )
    expect(
      await touchedBy(async () => expect(await brand.run('pull')).toMatchObject({ changed: 0, failed: 0 })),
    ).toEqual([])
  })

  it('has who says that they go judged at once: new voices of these days, not in a source’s first pull', async () => {
    const going = '我要退款，换一家！'
    const said: VoiceRow[] = [
      VOICE,
      ['old', 1, '2026-04-01 10:00', going],
      ['calm', 1, '2026-05-31 10:00', '不用退款了，谢谢'],
    ]
    const waiting = async (rows: readonly VoiceRow[]) => {
      brand.write('voices.ndjson', voicesFile(rows))
      await brand.run('pull')
      return brand.ctx.store.ingest.waiting()
    }
    expect(await waiting(said)).toBe(0)
    const news: VoiceRow[] = [...said, ['new', 2, '2026-06-01 05:00', going]]
    expect(await waiting(news)).toBe(1)
    const [taken] = await brand.ctx.store.ingest.take(9, new Date(), new Date())
    expect(taken).toMatchObject({ customer: await brand.id(2), at: new Date('2026-06-01T05:00:00+08:00') })
    await brand.ctx.store.ingest.judged([taken!.id])
    // Written anew it is no news.
    expect(await waiting([...news, ['again', 1, '2026-05-31 12:00', '还行']])).toBe(0)
    await waiting([VOICE])
    await brand.sql("UPDATE source_state SET pulled_at = NULL WHERE source = 'feedback'")
    expect(await waiting([VOICE, ['first', 2, '2026-06-01 05:30', going]])).toBe(0)
    await waiting([VOICE])
  })

  it('changes only the rows that changed in the file that changed', async () => {
    brand.write(
      'visits.csv',
      visitsFile([
        ...VISITS.slice(0, 2),
        ['3', 2, '2026-04-02 10:00', 350],
        ['4', 2, '2026-05-02 10:00', 90],
      ]),
    )
    const touched = await touchedBy(async () =>
      expect(await brand.run('pull')).toMatchObject({ changed: 2, failed: 0 }),
    )
    expect(touched).toEqual([await brand.id(2)])
    const history = await brand.ctx.scorer.history(await brand.id(2), brand.clock.now())
    expect([...history!.events('visit').at]).toHaveLength(2)
  })

  it('goes on with the other sources where one fails, says why, and makes up for it', async () => {
    rmSync(join(brand.folder, 'visits.csv'))
    brand.write('voices.ndjson', voicesFile([VOICE, ['v2', 1, '2026-06-01 05:00', '挺好']]))
    expect(await brand.run('pull')).toMatchObject({ changed: 1, failed: 1, more: { sourcesFailed: 1 } })
    const workshop = async () => {
      const reports = await brand.ctx.store.sources.reports()
      return reports.find(({ source }) => source === 'workshop')!.report as PullReport
    }
    expect((await workshop()).failure).toMatch(/visits\.csv.*\. \S/)
    brand.write('visits.csv', 'no,customer,at,payd\n')
    await brand.run('pull')
    expect((await workshop()).says).toEqual({
      zh: 'workshop：visits.csv 没有“paid”这样的列；有这些：no, customer, at, payd。是不是“payd”？请修改 foreshock.yaml 中这个数据源的映射，或修改数据。',
      en: 'workshop: visits.csv has no column "paid"; it has: no, customer, at, payd. Did you mean "payd"? Correct the mapping in foreshock.yaml, or the data.',
    })
    brand.write('visits.csv', visitsFile(VISITS))
    expect(await brand.run('pull')).toMatchObject({ failed: 0, more: { sourcesFailed: 0 } })
  })

  it('puts bad rows aside with file, line and reason, and takes them once they are mended', async () => {
    const bad = `${visitsFile(VISITS)}5,K1,2031-01-01 10:00,500\n6,K1,2026-05-09 10:00,half\n7,K1,2026-05-10 10:00,80\n`
    brand.write('visits.csv', bad)
    expect(await brand.run('pull')).toMatchObject({ changed: 1, failed: 2, more: { quarantined: 2 } })
    const held = await brand.ctx.store.sources.quarantined('workshop', 9)
    expect(held.map(({ file, line }) => [file, line])).toEqual([
      ['visits.csv', 5],
      ['visits.csv', 6],
    ])
    expect(held[0]!.reason).toContain('future')
    expect(held[1]!.reason).toContain('half')
    expect(held.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/在将来.*请改正/),
      'amount "half" 不是数字',
    ])
    brand.write('visits.csv', bad.replace('2031', '2026').replace('half', '50'))
    expect(await brand.run('pull')).toMatchObject({ changed: 2, failed: 0 })
    expect(await brand.ctx.store.sources.quarantineCount()).toBe(0)
  })

  it('removes rows that are gone from a file without ids also where the answer to storing it was lost', async () => {
    const [scope, { store }] = ['0123456789ab', brand.ctx]
    const holding = (...rows: number[]): Source => ({
      name: 'plain',
      check: async () => [],
      async *pull(cursor) {
        const records = rows.map((row) => eventRecord(`${scope}:${row}`, 'K1', { at: new Date(row) }))
        if (cursor?.rows !== rows.length)
          yield batchOf(records, { cursor: { rows: rows.length }, ended: [scope] })
      },
    })
    const { signal } = new AbortController()
    await pullSource(brand.ctx, holding(1, 2), signal)
    const lost: typeof store.sources.store = async (...batch) => {
      await store.sources.store(...batch)
      throw new Error('connection lost')
    }
    const unlucky = { ...store, sources: { ...store.sources, store: lost } }
    await pullSource({ ...brand.ctx, store: unlucky }, holding(2), signal)
    await pullSource(brand.ctx, holding(2), signal)
    expect(await brand.sql("SELECT source_id FROM event WHERE source = 'plain'")).toEqual([
      { source_id: `${scope}:2` },
    ])
  })

  it('told to stop keeps what it has and says that it did not end', async () => {
    const stop = AbortSignal.abort()
    const before = await brand.ctx.store.sources.reports()
    const report = await pull.run(brand.ctx, stop)
    expect(report.changed).toBe(0)
    expect(await brand.ctx.store.sources.reports()).toEqual(before)
    brand.write('visits.csv', visitsFile([...VISITS, ['9', 1, '2026-05-20 10:00', 60]]))
    const [, workshop] = brand.ctx.sources
    await pullSource(brand.ctx, workshop!, stop)
    const done = await pullSource(brand.ctx, workshop!, new AbortController().signal)
    expect(done).toMatchObject({ created: 1, failure: null })
  })
})
