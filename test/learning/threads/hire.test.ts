import { expect, test } from 'vitest'
import { gbdtWith } from '../../../src/learning/gbdt.ts'
import { hireFor, hireThreads, spareHelpers } from '../../../src/learning/threads/hire.ts'
import {
  newDesk,
  readFound,
  readOrders,
  writeFound,
  writeOrders,
} from '../../../src/learning/threads/sheet.ts'
import { bytesOf } from '../judging.ts'
import { leavers } from '../leavers.ts'

const settings = { rounds: 12, depth: 5 }

test.each([{}, { leaves: 20 }])('one thread, two or three give the same bytes %o', async (more) => {
  const table = leavers(2_000, 29, 1)
  const monotone = table.names.map((_, column) => (column % 3) - 1)
  const models = [1, 2, 3].map((threads) =>
    gbdtWith({ ...settings, ...more }, hireFor(0)).train(table, { seed: 5, threads, monotone }),
  )
  const [one, two, three] = (await Promise.all(models)).map(bytesOf)
  expect([two, three]).toEqual([one, one])
})

test('more threads than there are columns to share are not hired', async () => {
  const table = { ...leavers(300, 26, 2), names: ['only'], values: leavers(300, 26, 2).values.slice(0, 300) }
  const model = await gbdtWith(settings, hireFor(0)).train(table, { seed: 1, threads: 8 })
  expect(bytesOf(model)).toBe(bytesOf(await gbdtWith(settings).train(table, { seed: 1 })))
})

test('a training that is broken off sends its threads home', async () => {
  const off = new AbortController()
  const training = { seed: 1, threads: 2, signal: off.signal, progress: () => off.abort() }
  const broken = gbdtWith(settings, hireThreads).train(leavers(300, 26, 3), training)
  await expect(broken).rejects.toMatchObject({ name: 'AbortError' })
})

test('one processor is left to the chat, and a small table hires nobody', async () => {
  expect([1, 2, 3, 64].map((processors) => spareHelpers(processors).threads)).toEqual([1, 1, 2, 4])
  const table = leavers(2_000, 29, 1)
  const training = { seed: 5, threads: 2 }
  const models = [spareHelpers(3), spareHelpers(3, 0)].map(({ hire }) =>
    gbdtWith(settings, hire).train(table, training),
  )
  const [alone, helped] = (await Promise.all(models)).map(bytesOf)
  expect(helped).toBe(alone)
})

test('orders and finds are read as they were written', () => {
  const { task: sheet, found } = newDesk(4, 2)
  const small = { sum: 5, low: Number.NEGATIVE_INFINITY, high: 2, start: 3, end: 9 }
  const large = { sum: -7, low: -1, high: Number.POSITIVE_INFINITY }
  const units = { gradient: 0.5, hessian: 0.25 }
  const rules = { units, lambda: 1, minWeight: 2, minGain: 1e-6 }
  for (const orders of [
    {
      task: { small, smallSlot: 2, large, largeSlot: 1 },
      columns: [0, 3],
      rules: { ...rules, monotone: [1, 0, 0, -1] },
    },
    { task: { small, smallSlot: 0, large: null, largeSlot: 0 }, columns: [1, 2, 3], rules },
  ]) {
    writeOrders(sheet, orders)
    expect(readOrders(sheet)).toEqual(orders)
  }
  const split = { gain: 3, column: 2, bin: 9, unknownLeft: true, left: -4 }
  writeFound(found[1]!, [null, split])
  expect(readFound(found[1]!)).toEqual([null, split])
})
