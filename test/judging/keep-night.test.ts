import { expect, test } from 'vitest'
import { keepNight, type NightStore } from '../../src/judging/keep-night.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { newsOf } from '../../src/risk/news.ts'
import type { NightlyVerdicts } from '../../src/risk/scorer.ts'
import { keptOf } from '../alerts/nights.ts'
import { assessmentOf, NOON } from '../store/samples.ts'
import { factsOf } from '../timeline/random-rows.ts'

const night: NightlyVerdicts = {
  asOf: NOON.getTime(),
  model: 'M-1',
  horizon: Number.NaN,
  facts: [factsOf('ada', 1), factsOf('bo', 7)],
  scores: Float64Array.of(0.9, 0.1),
  priorities: Float64Array.of(5, 1),
  tiers: Uint8Array.of(TIERS.indexOf('P0'), TIERS.indexOf('routine')),
  glances: 1,
  size: 2,
  indexOf: () => undefined,
  gistAt: (index) => gistOf(assessmentOf(`c${index}`)),
  verdictAt: (index) => ({ ...assessmentOf(`c${index}`), stage: null }),
  assessmentAt: (index) => assessmentOf(`c${index}`),
  historyOf: () => null,
  ...newsOf(
    {
      assessmentAt: (index) => assessmentOf(`c${index}`),
      gistOf: (_, assessment) => gistOf(assessment),
    },
    null,
    () => null,
  ),
}

/** A store that notes what each of its transactions did. */
function noting(): NightStore & { readonly done: (readonly unknown[])[] } {
  const done: unknown[][] = []
  return {
    done,
    writeNight: async (work) => {
      const acts: unknown[] = []
      let rows = 0
      await work({
        assessments: {
          addRun: async ({ tiers, horizon, customers, deferred }) =>
            void acts.push({ tiers, horizon, customers, deferred }),
          addWritten: async (lists) => {
            for (const { customers } of lists) rows += customers.length
          },
        },
      })
      done.push([...acts, rows])
    },
  }
}

test('a night is written in one go; of very many assessments most come before its scores', async () => {
  const news = Array.from({ length: 11_000 }, (_, at) => at)
  const last = await keptOf([], [...news.map((at) => `c${at}`)])
  const few = noting()
  await keepNight(few, 'auto', night, { news: news.slice(0, 3), waiting: [1], last }, () => null)
  const run = { tiers: night.tiers, horizon: NOON, customers: Int32Array.of(1, 7), deferred: [7] }
  expect(few.done).toEqual([[run, 3]])
  const many = noting()
  const all = { news, waiting: [], last }
  expect(await keepNight(many, 'auto', night, all, () => null)).toBe(11_000)
  expect(many.done).toEqual([[2_500], [2_500], [2_500], [2_500], [{ ...run, deferred: [] }, 1_000]])
})

test('what turns out to be as it was is not written', async () => {
  const customers = ['c0', 'c1']
  const last = await keptOf([assessmentOf('c0'), assessmentOf('c1', { reason: 'strong-word' })], customers)
  const store = noting()
  expect(await keepNight(store, 'auto', night, { news: [0, 1], waiting: [], last }, () => null)).toBe(1)
  expect(store.done[0]![1]).toBe(1)
})
