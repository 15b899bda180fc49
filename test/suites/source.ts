import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import type { EventRecord } from '../../src/records/record.ts'
import type { Cursor, Source } from '../../src/sources/source.ts'
import { type Pulled, pull } from '../sources/folder.ts'

/** A visit as it stands where the source finds it. */
export interface Visit {
  readonly id: string
  readonly date: string
  readonly paid: string
}

/** Somewhere a source reads visits from: of customer C1, of kind visit, by the names `id`, `date` and `paid`. */
export interface Stage {
  /** A source named `shop`, made anew each time. */
  source(): Source
  /** So many visits that they come in three batches; default 4,100. */
  readonly many?: number
  /** The same where what it reads cannot be reached. */
  lost(): Source
  /** Adds these, or changes those that are there, as time goes by. */
  put(visits: readonly Visit[]): Promise<void>
  empty(): Promise<void>
  close(): Promise<void>
}

const visits = (count: number, paid = '12.50'): Visit[] =>
  Array.from({ length: count }, (_, at) => ({ id: `V${1000 + at}`, date: '2026-05-01', paid }))

const ids = ({ records }: Pulled): string[] => records.map(({ sourceId }) => sourceId.replace(/^.*\//, ''))

/** Stored, ids come once: what matters is which there are and what they last said. */
const stored = (...pulls: Pulled[]): Map<string, number | undefined> =>
  new Map(
    pulls
      .flatMap(({ records }) => records as EventRecord[])
      .map((record) => [record.sourceId.replace(/^.*\//, ''), record.amount?.minor]),
  )

/** What every pulled source keeps to (DESIGN section 2). */
export function sourceSuite(name: string, open: () => Promise<Stage>): void {
  describe(`${name}, as a source`, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await open()
    })
    afterAll(() => stage.close())
    beforeEach(() => stage.empty())

    it('yields every row as a record, and nothing new the second time', async () => {
      await stage.put(visits(3))
      const first = await pull(stage.source())
      expect(first.records[0]).toMatchObject({
        type: 'event',
        customer: { kind: 'crm', value: 'C1' },
        kind: 'visit',
        at: new Date('2026-04-30T16:00:00Z'),
        amount: { minor: 1250, currency: 'CNY' },
      })
      expect(ids(first).sort()).toEqual(['V1000', 'V1001', 'V1002'])
      const second = await pull(stage.source(), first.cursor)
      expect([...stored(first, second)].sort()).toEqual([...stored(first)].sort())
      expect(await stage.source().check()).toEqual([])
    })

    it('loses nothing when it is cut short behind any batch', async () => {
      const { many = 4100 } = stage
      await stage.put(visits(many))
      const whole = await pull(stage.source())
      expect(stored(whole).size).toBe(many)
      expect(whole.batches.length).toBeGreaterThan(2)
      for (const { cursor } of whole.batches.slice(0, 2)) {
        const at = whole.batches.findIndex((batch) => batch.cursor === cursor)
        const before = { ...whole, records: whole.batches.slice(0, at + 1).flatMap(({ records }) => records) }
        const rest = await pull(stage.source(), JSON.parse(JSON.stringify(cursor)) as Cursor)
        expect(stored(before, rest).size).toBe(many)
      }
    })

    it('brings what was added and what was changed', async () => {
      await stage.put(visits(3))
      const first = await pull(stage.source())
      await stage.put([
        { id: 'V1001', date: '2026-05-01', paid: '99' },
        { id: 'V2000', date: '2026-05-02', paid: '5' },
      ])
      const second = await pull(stage.source(), first.cursor)
      expect(stored(first, second)).toEqual(
        new Map([
          ['V1000', 1250],
          ['V1001', 9900],
          ['V1002', 1250],
          ['V2000', 500],
        ]),
      )
    })

    it('puts a row that cannot be used aside with its place and reason, until it is mended', async () => {
      const broken = { id: 'V1001', date: 'soon', paid: '1' }
      await stage.put([...visits(3), broken])
      const first = await pull(stage.source())
      expect(ids(first).sort()).toEqual(['V1000', 'V1002'])
      expect(first.rejected).toEqual([
        expect.objectContaining({ reason: expect.stringMatching(/^date "soon" is not a date/) }),
      ])
      const { file, raw } = first.rejected[0]!
      expect(file).not.toBe('')
      expect(raw).toContain('soon')
      const notes: string[] = []
      expect(await stage.source().check((says) => notes.push(says))).toEqual([])
      expect(notes.join()).toMatch(/^shop: .*date "soon"/)
      await stage.put(visits(3))
      const second = await pull(stage.source(), first.cursor)
      expect(second.rejected).toEqual([])
      expect(second.batches.flatMap(({ begins }) => begins ?? [])).toContain(file)
      expect(stored(first, second).size).toBe(3)
    })

    it('stops quietly when told to', async () => {
      await stage.put(visits(stage.many ?? 4100))
      const stop = new AbortController()
      let batches = 0
      for await (const _ of stage.source().pull(null, stop.signal)) {
        batches += 1
        stop.abort()
      }
      expect(batches).toBe(1)
    })

    it('fails by its name where nothing can be reached, and the check says so too', async () => {
      const failure = await pull(stage.lost()).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(ForeshockError)
      const { code, said } = failure as ForeshockError
      expect(code).toBe('SOURCE_FAILED')
      for (const words of [said.what.zh, said.what.en]) expect(words).toMatch(/^shop(?:: |：)/)
      for (const words of [said.hint.zh, said.hint.en]) expect(words).not.toBe('')
      expect(await stage.lost().check()).toEqual([expect.stringMatching(/^shop: /)])
    })
  })
}
