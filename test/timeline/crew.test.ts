import { afterEach, describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { type Crew, crewOfOne, crewOfThreads } from '../../src/timeline/crew.ts'
import { pack, unpack } from '../../src/timeline/packed.ts'
import { pageOf } from '../../src/timeline/page.ts'
import { inRowOrder } from '../../src/timeline/row-order.ts'
import { smallProfile } from '../features/small-profile.ts'
import { plain } from './plain.ts'
import { AS_OF, factsOf } from './random-rows.ts'

const list = featureList(smallProfile({ aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }] }))
const columns = buildTimeline(
  [factsOf('ada', 1), factsOf('bo', 2)],
  [
    { customer: 'ada', kind: 'visit', at: AS_OF - 2, id: 'a' },
    { customer: 'bo', kind: 'visit', at: AS_OF - 1, id: 'b' },
  ],
)
const packed = pack(columns.size, columns.blocks)
const since = new Map([['visit', AS_OF - 2]])

let crew: Crew
afterEach(() => crew.close())

describe.each([
  ['one', () => crewOfOne(list)],
  ['threads', () => crewOfThreads(list, 2)],
])('a crew of %s', (_name, open) => {
  test('does what it is asked, many things at once', async () => {
    crew = open()
    const facts = list.facts.map(({ slot }) => ({
      slot,
      values: new Float64Array(2),
      natures: new Uint8Array(2),
      isFixed: true,
      past: null,
    }))
    const width = list.names.length
    const places = Int32Array.of(1, 0)
    const filled = Array.from({ length: 20 }, async (_, before) => {
      const values = new Float64Array(new SharedArrayBuffer(8 * 2 * width))
      await crew.run('fill', { packed, since, facts, asOf: AS_OF - before, places, values })
      const slot = list.index.get('visits')!
      return [values[width + slot], values[slot]]
    })
    const visits = await Promise.all(filled)
    expect(visits.slice(0, 3)).toEqual([
      [1, 1],
      [1, 0],
      [Number.NaN, Number.NaN],
    ])
    const runs = [{ fresh: true, from: 1, to: 0, count: 1 }]
    const none = { added: pack(0, new Map()), places: new Int32Array(0) }
    const merged = await crew.run('merge', { kept: null, fresh: packed, runs, size: 1, ...none })
    expect([...unpack(merged).get('visit')!.at]).toEqual([AS_OF - 1])
    const order = { shardAt: Int32Array.of(0, 0), placeAt: Int32Array.of(1, 0) }
    const turned = unpack(await crew.run('gather', [packed], order))
    expect([...turned.get('visit')!.at]).toEqual([AS_OF - 1, AS_OF - 2])
    expect(plain({ ...columns, blocks: unpack(packed) })).toEqual(plain(columns))
    // Who rests lets go of what it holds, and is there when more is to be done.
    crew.prepare()
    await crew.run('letGo')
    expect([...unpack(await crew.run('gather', [packed], order)).get('visit')!.at]).toHaveLength(2)
  })

  test('makes columns of rows that it is handed for good', async () => {
    crew = open()
    const rows = ['ada', 'bo'].map((customer, nth) => ({
      ...{ customer, kind: 'visit', at: AS_OF - 2 + nth, id: customer },
      amount: nth,
    }))
    const ordered = inRowOrder(
      new Map([
        ['ada', 0],
        ['bo', 1],
      ]),
    )
    const pages = rows.map((row) => ordered(pageOf([row])))
    const moved = pages.map(({ at }) => at.buffer as ArrayBuffer)
    const made = unpack(await crew.hand(moved, 'build', 2, pages)).get('visit')!
    expect([...made.offsets]).toEqual([0, 1, 2])
    expect([...made.at]).toEqual([AS_OF - 2, AS_OF - 1])
    expect([...made.measures.get('amount')!]).toEqual([0, 1])
  })

  test('says what went wrong, and goes on', async () => {
    crew = open()
    const wrong = crew.run(
      'write',
      '/dev/null/nowhere',
      { identity: '', flavour: '' },
      {
        shard: 0,
        count: 1,
        mark: '1',
        ids: [],
        numbers: [],
        packed,
      },
    )
    await expect(wrong).rejects.toThrow('ENOTDIR')
    const numbers = Float64Array.of(1, 2, 3, 4, 5)
    const shares = await crew.run('peers', Int32Array.of(0, 0, 0, 0, 0), numbers)
    expect(shares[4]).toBeCloseTo(5 / 3)
  })
})

test('whoever waits when the threads are let go is told', async () => {
  crew = crewOfThreads(list, 1)
  const waiting = Array.from({ length: 5 }, () =>
    crew.run('peers', Int32Array.of(0), Float64Array.of(1)).catch((error: Error) => error.message),
  )
  await crew.close()
  for (const words of await Promise.all(waiting)) expect(words).toMatch(/closed|ended/)
})
