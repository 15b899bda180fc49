import { describe, expect, test } from 'vitest'
import { type Trial, verdictOf } from '../../src/learning/trial.ts'

const showing = (auc: number) => ({ auc, prAuc: 0.3, recallAtTenth: 0.4, brier: 0.05 })
const trial: Omit<Trial, 'verdict'> = {
  from: 0,
  to: 0,
  rows: 1_000,
  leavers: 60,
  model: showing(0.82),
  rules: showing(0.75),
  champion: { no: 2, showing: showing(0.8) },
}

describe('who takes over', () => {
  test.each<[string, Partial<Trial>, string]>([
    ['better than both', {}, 'better'],
    ['better than the rules, nobody in use', { champion: null }, 'better'],
    ['too few leavers', { leavers: 19 }, 'too-few-leavers'],
    ['too few who stayed', { leavers: 990 }, 'too-few-leavers'],
    ['worse than the rules', { rules: showing(0.83) }, 'not-better-than-rules'],
    ['level with the rules', { rules: showing(0.82) }, 'not-better-than-rules'],
    [
      'worse than the one in use',
      { champion: { no: 2, showing: showing(0.83) } },
      'not-better-than-champion',
    ],
    ['not measurable', { model: showing(Number.NaN) }, 'not-better-than-rules'],
    [
      'the one in use is not measurable',
      { champion: { no: 2, showing: showing(Number.NaN) } },
      'not-better-than-champion',
    ],
  ])('%s', (_, given, verdict) => {
    expect(verdictOf({ ...trial, ...given })).toBe(verdict)
  })
})
