import { rename, utimes } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventRecord } from '../../src/records/record.ts'
import { type Folder, HEADER, NO_ID, newFolder, pull, visitRows, visits } from './folder.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

describe('a first pull', () => {
  it('yields every row as a record, and says which file it read anew', async () => {
    await folder.write('visits.csv', `${HEADER}\nV1,C7,2026-05-01 08:30,"1,234.50"\n`)
    const pulled = await pull(visits(folder))
    expect(pulled.records).toEqual([
      {
        type: 'event',
        sourceId: 'V1',
        customer: { kind: 'crm', value: 'C7' },
        kind: 'visit',
        at: new Date('2026-05-01T00:30:00Z'),
        amount: { minor: 123450, currency: 'CNY' },
      },
    ])
    expect(pulled.batches).toHaveLength(1)
    expect(pulled.batches[0]).toMatchObject({
      begins: ['visits.csv'],
      progress: { file: 'visits.csv', rows: 1 },
    })
    expect(pulled.ended).toEqual([])
  })

  it('comes in batches of 2,000, and counts the file as read only in the last', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(4100)}\n`)
    const { batches, records } = await pull(visits(folder))
    expect(batches.map((batch) => batch.records.length)).toEqual([2000, 2000, 100])
    expect(new Set(records.map((record) => record.sourceId)).size).toBe(4100)
    const files = batches.map((batch) => Object.keys(batch.cursor['files'] as object))
    expect(files).toEqual([[], [], ['visits.csv']])
    expect(batches.map((batch) => batch.begins)).toEqual([['visits.csv'], undefined, undefined])
    expect(batches.at(-1)!.progress).toMatchObject({ bytes: batches[0]!.progress.totalBytes, rows: 4100 })
  })

  it('starts a file over when it was cut short', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(4100)}\n`)
    const source = visits(folder)
    const first = await source.pull(null, new AbortController().signal)[Symbol.asyncIterator]().next()
    expect((await pull(source, first.value.cursor)).records).toHaveLength(4100)
  })

  it('stops quietly when told to', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(9000)}\n`)
    const stop = new AbortController()
    let batches = 0
    for await (const _ of visits(folder).pull(null, stop.signal)) {
      batches += 1
      stop.abort()
    }
    expect(batches).toBe(1)
    const stopped: unknown[] = []
    for await (const batch of visits(folder).pull(null, AbortSignal.abort())) stopped.push(batch)
    expect(stopped).toEqual([])
  })

  it('takes an empty file and one with only a header as no rows', async () => {
    await folder.write('visits.csv', '')
    expect(await pull(visits(folder))).toMatchObject({ records: [], rejected: [] })
    await folder.write('visits.csv', `${HEADER}\n`)
    expect((await pull(visits(folder))).records).toEqual([])
  })
})

describe('a later pull', () => {
  it('yields nothing when nothing changed, and only a new cursor when the file was merely touched', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(50)}\n`)
    const first = await pull(visits(folder))
    expect((await pull(visits(folder), first.cursor)).batches).toEqual([])

    await utimes(path.join(folder.path, 'visits.csv'), 1_700_000_000, 1_700_000_000)
    const touched = await pull(visits(folder), first.cursor)
    expect(touched.batches).toHaveLength(1)
    expect(touched.records).toEqual([])
    expect(touched.batches[0]!.begins).toBeUndefined()
    expect((await pull(visits(folder), touched.cursor)).batches).toEqual([])
  })

  it('yields an appended and corrected file anew under the same ids', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(3)}\n`)
    const first = await pull(visits(folder))
    await folder.write('visits.csv', `${HEADER}\n${visitRows(3).replace('2.50', '99')}\n${visitRows(1, 4)}\n`)
    const second = await pull(visits(folder), first.cursor)
    expect(second.records.map((record) => record.sourceId)).toEqual(['V1', 'V2', 'V3', 'V4'])
    expect((second.records[1] as EventRecord).amount).toEqual({ minor: 9900, currency: 'CNY' })
  })

  it('reads unchanged files again when the mapping changed', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(3)}\n`)
    const first = await pull(visits(folder))
    const second = await pull(visits(folder, { currency: 'USD' }), first.cursor)
    expect((second.records[0] as EventRecord).amount?.currency).toBe('USD')
  })

  it('starts over with a cursor it does not know', async () => {
    await folder.write('visits.csv', `${HEADER}\n${visitRows(3)}\n`)
    for (const cursor of [
      {},
      { version: 9 },
      { version: 1, files: [1] },
      { version: 1, files: { 'visits.csv': null } },
    ]) {
      expect((await pull(visits(folder), cursor)).records).toHaveLength(3)
    }
  })
})

describe('rows without an id of their own', () => {
  const table = (rows: readonly string[]) => ['customer_id,date,paid', ...rows].join('\n')
  const ids = (pulled: Awaited<ReturnType<typeof pull>>) => pulled.records.map((record) => record.sourceId)

  it('keep their ids when rows move, and lose them when they change', async () => {
    await folder.write('visits.csv', table(['C1,2026-05-01,5', 'C1,2026-05-01,5', 'C2,2026-05-02,6']))
    const first = await pull(visits(folder, { fields: NO_ID }))
    expect(new Set(ids(first)).size).toBe(3)
    expect(first.ended).toHaveLength(1)
    expect(ids(first).every((id) => id.startsWith(`${first.ended[0]}:`))).toBe(true)
    expect(ids(first)[0]).toMatch(/^[0-9a-f]{12}:[0-9a-f]{16}:0$/)
    expect(ids(first)[1]).toMatch(/:1$/)

    await folder.write(
      'visits.csv',
      table(['C2,2026-05-02,7', 'C1,2026-05-01,5', 'C1,2026-05-01,5', 'C3,2026-05-03,1']),
    )
    const second = await pull(visits(folder, { fields: NO_ID }), first.cursor)
    expect(ids(second).filter((id) => ids(first).includes(id))).toEqual(ids(first).slice(0, 2))
    expect(second.ended).toEqual(first.ended)
  })

  it('have distinct ids in any file, and the same ones each time', async () => {
    const row = fc.tuple(
      fc.constantFrom('C1', 'C2'),
      fc.constantFrom('2026-05-01', '2026-05-02'),
      fc.constantFrom('5', '6'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        await folder.write('visits.csv', table(rows.map((cells) => cells.join(','))))
        const [first, again] = [
          await pull(visits(folder, { fields: NO_ID })),
          await pull(visits(folder, { fields: NO_ID })),
        ]
        expect(new Set(ids(first)).size).toBe(rows.length)
        expect(ids(again)).toEqual(ids(first))
      }),
      { numRuns: 30 },
    )
  })

  it('keep their ids in a file that was renamed, or moved and grown, also by a new path in the mapping', async () => {
    const rows = ['C1,2026-05-01,5', 'C1,2026-05-01,5', 'C2,2026-05-02,6']
    await folder.write('in/visits.csv', `${table(rows)}\n`)
    const source = visits(folder, { path: 'in', fields: NO_ID })
    const first = await pull(source)
    await rename(path.join(folder.path, 'in/visits.csv'), path.join(folder.path, 'in/may.csv'))
    const renamed = await pull(source, first.cursor)
    expect(renamed.records).toEqual([])

    await folder.write('in/may.csv', `${table([...rows, 'C3,2026-05-03,1'])}\n`)
    const grown = await pull(source, renamed.cursor)
    expect(ids(grown).slice(0, 3)).toEqual(ids(first))
    expect(grown.ended).toEqual(first.ended)

    await folder.write('out/all.csv', `${table([...rows, 'C3,2026-05-03,1', 'C4,2026-05-04,2'])}\n`)
    const elsewhere = await pull(visits(folder, { path: 'out/all.csv', fields: NO_ID }), grown.cursor)
    expect(ids(elsewhere).slice(0, 4)).toEqual(ids(grown))
    expect(elsewhere.ended).toEqual(first.ended)
  })

  it('of another file under the name of one that moved away are others, and stay', async () => {
    const source = visits(folder, { path: 'in', fields: NO_ID })
    await folder.write('in/visits.csv', table(['C1,2026-05-01,5']))
    const first = await pull(source)
    await rename(path.join(folder.path, 'in/visits.csv'), path.join(folder.path, 'in/may.csv'))
    const moved = await pull(source, first.cursor)
    await folder.write('in/visits.csv', table(['C2,2026-06-01,7']))
    const second = await pull(source, moved.cursor)
    expect(second.records).toHaveLength(1)
    expect(second.ended).not.toEqual(first.ended)
    await folder.write('in/visits.csv', table(['C2,2026-06-01,7', 'C2,2026-06-02,7']))
    const third = await pull(source, second.cursor)
    expect(ids(third)[0]).toBe(ids(second)[0])
    expect(third.ended).toEqual(second.ended)
  })

  it('in a file beside the one it repeats are its own', async () => {
    const source = visits(folder, { path: 'in', fields: NO_ID })
    await folder.write('in/a.csv', table(['C1,2026-05-01,5']))
    const first = await pull(source)
    await folder.write('in/b.csv', table(['C1,2026-05-01,5']))
    const second = await pull(source, first.cursor)
    expect(ids(second)[0]).not.toBe(ids(first)[0])
  })

  it('are not taken as deleted when the file suddenly lost many of them', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `C${index},2026-05-01,5`)
    const source = visits(folder, { fields: NO_ID })
    await folder.write('visits.csv', table(rows))
    const whole = await pull(source)

    await folder.write('visits.csv', table(rows.slice(0, 70)))
    const half = await pull(source, whole.cursor)
    expect(half.records).toHaveLength(70)
    expect(half.ended).toEqual([])
    expect(half.rejected).toEqual([
      expect.objectContaining({
        line: 0,
        reason: expect.stringMatching(/^visits\.csv has 70 rows, 100 at an earlier pull/),
      }),
    ])

    // Shrinking a second time must not slip through: the count that matters is still 100.
    await folder.write('visits.csv', table(rows.slice(0, 65)))
    const less = await pull(source, half.cursor)
    expect(less.ended).toEqual([])

    await folder.write('visits.csv', table(rows.slice(0, 90)))
    expect((await pull(source, less.cursor)).ended).toEqual(whole.ended)

    await folder.write('visits.csv', table(rows.slice(0, 10)))
    const allowed = visits(folder, { fields: NO_ID, mayShrink: true })
    expect((await pull(allowed, less.cursor)).ended).toEqual(whole.ended)
  })
})
