import { expect, test } from 'vitest'
import { TIERS } from '../../src/risk/assessment.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { giveBack, memoryOf, type Written, writing } from '../../src/risk/written.ts'
import { same } from '../../src/text.ts'
import { writtenOf } from '../alerts/nights.ts'
import { assessmentOf } from '../store/samples.ts'

test('assessments are put down one by one, also more than the memory was made for', () => {
  const long = { name: 'gone', sentence: same('很久没来了👋'.repeat(3_000)) }
  const all = [
    assessmentOf('ada'),
    assessmentOf('bo', { tier: 'watch', stage: long, score: 0.1 }),
    assessmentOf('cy', { stage: null, model: 'M-2' }),
  ]
  const written = writtenOf(all)
  expect(bodiesOf(written)).toEqual(all)
  expect(written.customers).toEqual(['ada', 'bo', 'cy'])
  expect(Array.from(written.tiers, (tier) => TIERS[tier])).toEqual(all.map(({ tier }) => tier))
  expect([...written.scores]).toEqual([0.7, 0.1, 0.7])
  expect([...written.standings]).toEqual(all.map((each) => gistOf(each).standing))
})

test("the memory of a list that was given back is the next one's", () => {
  const [one, two] = [memoryOf(3), memoryOf(3)]
  expect(one.buffer).not.toBe(two.buffer)
  const written = writing(3, one).end()
  giveBack(written)
  expect(memoryOf(3).buffer).toBe(one.buffer)
})

function bodiesOf({ bodies, ends }: Written): unknown[] {
  return Array.from(ends, (end, at) =>
    JSON.parse(Buffer.from(bodies.subarray(ends[at - 1] ?? 0, end)).toString()),
  )
}
