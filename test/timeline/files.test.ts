import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shardOf } from '../../src/timeline/shard-key.ts'
import { applyChange, randomChange } from './changes.ts'
import { factsOf, randomFacts, randomRows } from './random-rows.ts'
import { rowsInMemory } from './rows-in-memory.ts'
import { company, expectSame, openShelf, order, type Shelf } from './shelf.ts'

let shelf: Shelf
beforeEach(() => {
  shelf = openShelf()
})
afterEach(() => shelf.clear())

describe('opened again', () => {
  test('reads nothing when nothing happened, and what was touched when something did', async () => {
    const store = company()
    await shelf.save(store)
    expect(shelf.shards().length).toBe(4)
    const again = shelf.open(store)
    expect(await again.refresh()).toMatchObject({ customers: 0, whole: false })
    expect(store.asked).toEqual([])
    await expectSame(again, store)
    await again.close()

    store.all.push(order('bo', 3), order('bo', 200))
    store.touch(['bo'])
    const later = shelf.open(store)
    expect(await later.refresh()).toMatchObject({ customers: 1, whole: false })
    expect(store.asked).toEqual([['bo']])
    await expectSame(later, store)
    await later.close()
    expect(shelf.told).toEqual([])
  })

  test('only shards with touched customers are written', async () => {
    const store = company()
    await shelf.save(store)
    const before = shelf.shards().map((name) => readFileSync(shelf.path(name)))
    store.all.push(order('bo', 3))
    store.touch(['bo'])
    await shelf.save(store)
    const changed = shelf
      .shards()
      .filter((name, index) => !readFileSync(shelf.path(name)).equals(before[index]!))
    expect(changed.length).toBe(1)
    store.touch([])
    await shelf.save(store)
    expect(await shelf.open(store).refresh()).toMatchObject({ customers: 0, whole: false })
  })

  test('every shard has a file, those without customers too', async () => {
    const ids = Array.from({ length: 100 }, (_, no) => `c${no}`).filter((id) => shardOf(id, 4) === 0)
    const some = ids.slice(0, 8)
    const facts = some.map((id, place) => factsOf(id, place + 1, {}))
    const store = rowsInMemory(
      facts,
      some.map((id) => order(id, 1)),
    )
    await shelf.save(store, { shardSize: { customers: 100, bytes: 2 ** 20 } })
    // Dealt anew with nothing to read.
    store.touch([])
    await shelf.save(store)
    expect(shelf.shards()).toEqual([0, 1, 2, 3].map((shard) => `shard-${shard}-of-4.columns`))
    await shelf.open(store).refresh()
    expect(shelf.told).toEqual([])
  })

  test('equals a full rebuild, whatever changed before or between', async () => {
    const step = fc.record({ change: randomChange, reopen: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(
        randomFacts,
        randomRows,
        fc.array(step, { minLength: 1, maxLength: 4 }),
        async (facts, rows, steps) => {
          rmSync(join(shelf.folder, 'timeline'), { recursive: true, force: true })
          const store = rowsInMemory(facts, rows)
          let timeline = shelf.open(store)
          await timeline.refresh()
          for (const [index, { change, reopen }] of steps.entries()) {
            if (reopen) {
              await timeline.close()
              timeline = shelf.open(store)
            }
            applyChange(store, change, `step${index}`)
            await timeline.refresh()
            await expectSame(timeline, store)
          }
          await timeline.close()
        },
      ),
      { numRuns: 40 },
    )
    expect(shelf.told).toEqual([])
  })

  test('with more customers, shards are dealt anew and old files go', async () => {
    const store = company()
    await shelf.save(store, { shardSize: { customers: 100, bytes: 2 ** 20 } })
    expect(shelf.shards()).toEqual(['shard-0-of-1.columns'])
    store.touch(['bo'])
    const timeline = shelf.open(store)
    expect(await timeline.refresh()).toMatchObject({ customers: 1, whole: false })
    await expectSame(timeline, store)
    await timeline.close()
    expect(shelf.shards().length).toBe(4)
    expect(shelf.shards().every((name) => name.endsWith('-of-4.columns'))).toBe(true)
  })
})

describe('a file that cannot be trusted', () => {
  const harms: [string, (path: string) => void, string][] = [
    ['cut short', (path) => truncateSync(path, 300), 'damaged in its header'],
    ['damaged', (path) => writeFileSync(path, flipped(readFileSync(path))), 'damaged in a column'],
    ['emptied', (path) => writeFileSync(path, ''), 'not a timeline file'],
    ['deleted', (path) => rmSync(path), 'missing'],
  ]
  test.each(harms)('%s is made anew, alone, with one line in the log', async (_name, harm, why) => {
    const store = company()
    await shelf.save(store)
    const name = shelf.shards().find((each) => readFileSync(shelf.path(each)).includes('"ada"'))!
    harm(shelf.path(name))
    const timeline = shelf.open(store)
    const { customers, whole } = await timeline.refresh()
    expect(whole).toBe(false)
    expect(customers).toBeLessThan(6)
    expect(store.asked.flat()).toContain('ada')
    await expectSame(timeline, store)
    await timeline.close()
    expect(shelf.told).toEqual([
      expect.objectContaining({ shards: 1, shown: [expect.stringContaining(why)] }),
    ])
    expect(await shelf.open(store).refresh()).toMatchObject({ customers: 0, whole: false })
  })

  test.each([
    ['another database', { identity: 'database 2' }],
    ['another profile', { shapedBy: 'new words' }],
  ])('of %s is made anew', async (_name, other) => {
    const store = company()
    await shelf.save(store, other)
    const timeline = shelf.open(store)
    expect(await timeline.refresh()).toMatchObject({ customers: 6, whole: true })
    expect(shelf.told.length).toBe(1)
    await expectSame(timeline, store)
    await timeline.close()
  })

  test('a manifest that is damaged or gone costs nothing but some reading', async () => {
    for (const harm of [
      () => rmSync(shelf.path('manifest.json')),
      () => writeFileSync(shelf.path('manifest.json'), '{'),
    ]) {
      const store = company()
      await shelf.save(store)
      harm()
      const timeline = shelf.open(store)
      expect((await timeline.refresh()).whole).toBe(false)
      await expectSame(timeline, store)
      await timeline.close()
    }
  })

  test('files of two moments, as a crash leaves them, are brought up to one', async () => {
    const store = company()
    await shelf.save(store)
    const before = join(shelf.folder, 'before')
    cpSync(join(shelf.folder, 'timeline'), before, { recursive: true })
    for (const customer of ['ada', 'bo', 'cy', 'di']) {
      store.all.push(order(customer, 2))
      store.touch([customer])
      await shelf.save(store)
    }
    const after = join(shelf.folder, 'after')
    cpSync(join(shelf.folder, 'timeline'), after, { recursive: true })
    const names = shelf.files()
    for (let mix = 0; mix < 2 ** names.length; mix += 1) {
      rmSync(join(shelf.folder, 'timeline'), { recursive: true })
      names.forEach((name, place) => {
        cpSync(join((mix >> place) & 1 ? after : before, name), shelf.path(name))
      })
      const timeline = shelf.open(store)
      await timeline.refresh()
      await expectSame(timeline, store)
      await timeline.close()
    }
    expect(shelf.told).toEqual([])
  })
})

test('a folder that cannot be written is told of, and everything goes on in memory', async () => {
  const store = company()
  writeFileSync(join(shelf.folder, 'timeline'), 'in the way')
  const timeline = shelf.open(store)
  await timeline.refresh()
  await timeline.saved()
  expect(shelf.told.length).toBe(1)
  await expectSame(timeline, store)
  await timeline.close()
})

test('threads give the same, and end', async () => {
  const store = company()
  await shelf.save(store)
  store.all.push(order('ada', 1), order('fay', 300))
  store.touch(['ada', 'fay'])
  const timeline = shelf.open(store, { threads: { from: 0, count: 2 } })
  expect(await timeline.refresh()).toMatchObject({ customers: 2, whole: false })
  await expectSame(timeline, store)
  await timeline.close()
  expect(await shelf.open(store).refresh()).toMatchObject({ customers: 0, whole: false })
  expect(shelf.told).toEqual([])
})

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 3]! ^= 1
  return bytes
}
