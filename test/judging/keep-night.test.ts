import { expect, test } from 'vitest'
import { keepNight, type NightStore } from '../../src/judging/keep-night.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import type { NightlyVerdicts } from '../../src/risk/scorer.ts'
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
  assessmentsOf: async () => [],
  historyOf: () => null,
}

/** A store that notes what each of its transactions did. */
function noting(): NightStore & { readonly done: (readonly unknown[])[] } {
  const done: unknown[][] = []
  return {
    done,
    transaction: async (work) => {
      const acts: unknown[] = []
      await work({
        assessments: {
          addRun: async ({ tiers, horizon, customers }) => void acts.push({ tiers, horizon, customers }),
          add: async (rows) => void acts.push(rows.length),
        },
      })
      done.push(acts)
    },
  }
}

test('a night is written in one go; of very many assessments most come before its scores', async () => {
  const rows = Array.from({ length: 11_000 }, (_, at) => assessmentOf(`c${at}`))
  const few = noting()
  await keepNight(few, 'auto', night, { keep: rows.slice(0, 3), waiting: [], before: new Map() })
  const run = { tiers: ['P0', 'routine'], horizon: NOON, customers: [1, 7] }
  expect(few.done).toEqual([[run, 3]])
  const many = noting()
  await keepNight(many, 'auto', night, { keep: rows, waiting: [], before: new Map() })
  expect(many.done).toEqual([[5_000], [5_000], [run, 1_000]])
})
