import { describe, expect, test } from 'vitest'
import { type Judge, tryOut } from '../../src/modelling/trial.ts'

const DAYS = [10, 20, 30, 40]
/** Four dates with 40 leavers and 60 who stay on each; the model knows who leaves, better on later dates. */
const tested = {
  horizonDays: 60,
  // Every fourth has not been seen for a hundred days.
  silentDays: DAYS.flatMap(() => Array.from({ length: 100 }, (_, at) => (at % 4 === 0 ? 100 : 3))),
  customers: DAYS.flatMap(() => Array.from({ length: 100 }, (_, at) => `c${at}`)),
  asOf: DAYS.flatMap((day) => Array.from({ length: 100 }, () => day)),
  labels: DAYS.flatMap(() => Array.from({ length: 100 }, (_, at) => (at < 40 ? 1 : 0))),
  probability: DAYS.flatMap((day) =>
    Array.from({ length: 100 }, (_, at) => (at < 40 && day > 10 ? 0.9 : 0.1)),
  ),
}
const economics = { cost: 100, value: 2_000, saved: 0.5 }
const judge = (score: (at: number) => number | undefined, isProbability = false): Judge => ({
  isProbability,
  scoresAt: async () =>
    new Map(
      Array.from({ length: 100 }, (_, at) => [`c${at}`, score(at)] as const).flatMap(([id, value]) =>
        value === undefined ? [] : [[id, value] as const],
      ),
    ),
})

describe('a trial', () => {
  test('is held on the latest dates, against the rules and the model in use', async () => {
    const half = judge((at) => (at < 20 ? 1 : 0))
    const trial = await tryOut(
      tested,
      half,
      { ...judge((at) => (at < 30 ? 0.8 : 0.2), true), no: 2 },
      economics,
    )
    expect(trial).toMatchObject({
      from: 20,
      to: 40,
      rows: 300,
      leavers: 120,
      model: { auc: 1, brier: expect.closeTo(0.01) },
      rules: { auc: 0.75, brier: null },
      champion: { no: 2, showing: { auc: 0.875 } },
      verdict: 'better',
    })
    expect(trial.model.recallAtTenth).toBe(0.25)
  })

  test('counts whom a judge could not score as the safest for it', async () => {
    const blind = judge((at) => (at < 20 ? undefined : at < 40 ? 1 : 0.5))
    expect((await tryOut(tested, blind, null, economics)).rules.auc).toBeCloseTo(0.5)
  })

  test('says from which probability acting pays, of those who are still about', async () => {
    const adviceWith = async (more: object) =>
      (
        await tryOut(
          tested,
          judge(() => 1),
          null,
          { ...economics, ...more },
        )
      ).advice
    expect(await adviceWith({})).toEqual({
      ...{ threshold: 0.1, because: 'cost', cases: 225, flagged: 225, precision: 0.4, recall: 1 },
      gain: 90 * 1_000 - 225 * 100,
      economics,
    })
    // Three dates stand for ninety days; there is time for one contact a day.
    expect(await adviceWith({ perDay: 1 })).toMatchObject({
      because: 'capacity',
      threshold: 0.9,
      flagged: 90,
    })
    expect(await adviceWith({ cost: 5_000 })).toMatchObject({ threshold: 5, flagged: 0, precision: null })
  })

  test('without later months says nothing', async () => {
    const none = { ...tested, customers: [], asOf: [], labels: [], probability: [], silentDays: [] }
    expect(
      await tryOut(
        none,
        judge(() => 1),
        null,
        economics,
      ),
    ).toMatchObject({ rows: 0, verdict: 'too-few-leavers', advice: null })
  })
})
