import { describe, expect, test } from 'vitest'
import type { DriftReport } from '../../src/learning/drift.ts'
import { MOVED } from '../../src/learning/drift.ts'
import type { Notice } from '../../src/learning/notice.ts'
import type { Advice, Trial } from '../../src/learning/trial.ts'
import type { Missed } from '../../src/reports/unwarned.ts'
import { LOCALES, text } from '../../src/text.ts'
import { adviceWords, type ModelCardData, modelCard, trialWords } from '../../templates/model.ts'
import { noticeCard, trainingNote } from '../../templates/notices.ts'
import { NOW, SHEN, view } from './cases.ts'
import { render } from './render.ts'

const showing = (auc: number, recallAtTenth: number) => ({ auc, prAuc: 0.4, recallAtTenth, brier: 0.04 })
const trial: Trial = {
  from: +new Date('2026-01-01T00:00:00+08:00'),
  to: +new Date('2026-03-01T00:00:00+08:00'),
  rows: 5_400,
  leavers: 210,
  model: showing(0.842, 0.56),
  rules: showing(0.771, 0.41),
  champion: { no: 2, showing: showing(0.83, 0.5) },
  verdict: 'better',
}
const advice: Advice = {
  threshold: 0.1667,
  because: 'cost',
  cases: 5_100,
  flagged: 260,
  precision: 0.48,
  recall: 0.7,
  gain: 48_900,
  economics: { cost: 100, value: 2_000, saved: 0.3, perDay: 60, currency: 'CNY' },
}
const line = { no: 3, algorithm: 'gbdt', madeAt: NOW, trial, inUse: true }
const data: ModelCardData = {
  inUse: line,
  fault: null,
  rows: [line, { ...line, no: 2, inUse: false, trial: { ...trial, verdict: 'not-better-than-rules' } }],
  total: 2,
  page: 1,
  pages: 1,
  training: true,
}
const drift: DriftReport = {
  model: 3,
  asOf: +NOW,
  customers: 1_980,
  score: 0.31,
  features: [{ name: 'visits_90', label: text('近 90 天到店次数', 'visits in the last 90 days'), psi: 0.27 }],
  moved: true,
  limits: MOVED,
  matured: {
    asOf: +NOW - 240 * 86_400_000,
    customers: 1_700,
    leavers: 61,
    auc: 0.81,
    expected: 0.034,
    left: 0.036,
  },
  bias: [{ by: 'region', name: '华东', customers: 420, expected: 0.03, left: 0.08 }],
}

const missed: Missed = {
  ...{ since: +NOW - 240 * 86_400_000, currency: 'CNY' },
  warned: { estimate: { value: 0.7, low: 0.5, high: 0.84, of: 40 }, of: 40, least: 20 },
  patterns: [
    { pattern: 'below', count: 8, worthMinor: 1_200_000 },
    { pattern: 'seldom', count: 4, worthMinor: 90_000 },
  ],
}

const both = (say: (locale: (typeof LOCALES)[number]) => string) => LOCALES.map(say).join('\n\n=====\n\n')

describe('what judges', () => {
  test('with a model in use', () => {
    expect(both((locale) => render(modelCard(data, view(locale))))).toMatchSnapshot()
  })

  test('while rules judge alone and a better model is there, says which, and counts one as one', () => {
    const [better] = data.rows
    const waiting = { ...data, inUse: null, rows: [{ ...better!, no: 4, inUse: false }], total: 1 }
    const said = LOCALES.map((locale) => render(modelCard(waiting, view(locale))))
    expect(said[0]).toContain('M-4 比规则好，管理员输入 promote M-4 就能启用。')
    expect(said[1]).toContain('M-4 is better than the rules: an admin puts it to use with promote M-4.')
    expect(said[1]).toContain('1 model\n')
  })

  test('while rules judge alone, with a fault', () => {
    const fault = text('模型 M-3 的文件打不开。', 'The file of model M-3 cannot be opened.')
    const none = { ...data, inUse: null, rows: [], total: 0, training: false, fault }
    expect(both((locale) => render(modelCard(none, view(locale))))).toMatchSnapshot()
  })
})

test('a trial without leavers or customers says so, and shows no number that is none', () => {
  const unknown = { auc: Number.NaN, prAuc: Number.NaN, recallAtTenth: Number.NaN, brier: null }
  const nobody = { ...trial, leavers: 0, model: unknown, rules: unknown, champion: null }
  const said = LOCALES.flatMap((locale) => [
    trialWords(nobody, view(locale)),
    trialWords({ ...nobody, from: 0, to: 0, rows: 0 }, view(locale)),
  ])
  expect(said.join('\n')).not.toMatch(/NaN|1970/)
  expect(said[0]).toMatch(/5,400 人次，其中 0 个流失）：AUC —，规则 —。$/)
  expect(said[1]).toContain('数据还不够')
  expect(said[3]).toContain('not enough data yet')
})

describe('what the keepers are told', () => {
  test.each<[string, Notice]>([
    [
      'a better model',
      { kind: 'model-trained', data: { no: 3, algorithm: 'gbdt', trial: { ...trial, advice } } },
    ],
    [
      'one that is no better',
      {
        kind: 'model-trained',
        data: {
          no: 4,
          algorithm: 'logistic',
          trial: { ...trial, champion: null, verdict: 'not-better-than-rules' },
        },
      },
    ],
    [
      'too short a history',
      {
        kind: 'model-not-yet',
        data: { says: text('目前只有 40 天的记录。', 'There are 40 days of records.') },
      },
    ],
    ['a failure', { kind: 'model-failed', data: { why: text('内存不够。', 'Out of memory.') } }],
    ['a model put to use', { kind: 'model-in-use', data: { no: 3, before: null, by: SHEN } }],
    ['back to the rules', { kind: 'model-in-use', data: { no: null, before: 3, by: SHEN } }],
    ['a model that was in use', { kind: 'model-in-use', data: { no: 3, before: 3, by: SHEN } }],
    ['drift', { kind: 'drift', data: drift }],
    [
      'drift, unfair by sex, and customers nobody warned of',
      {
        kind: 'drift',
        data: {
          ...{ ...drift, features: [], unwarned: missed },
          bias: [{ by: text('性别', 'sex'), name: 'f', customers: 90, expected: 0.03, left: 0.1 }],
          untold: ['product', text('收入区间', 'income band')],
        },
      },
    ],
    ['customers nobody warned of, while rules judge alone', { kind: 'unwarned', data: missed }],
    [
      'no drift',
      { kind: 'drift', data: { ...drift, score: 0.02, features: [], moved: false, matured: null, bias: [] } },
    ],
  ])('%s', (_, notice) => {
    expect(both((locale) => render(noticeCard(notice, view(locale))))).toMatchSnapshot()
  })

  test.each<[string, Partial<Advice>]>([
    ['hands are few', { because: 'capacity', threshold: 0.352, flagged: 90, precision: 0.71, recall: 0.36 }],
    ['a contact costs more than it brings', { threshold: 5, flagged: 0, precision: null, recall: 0 }],
  ])('from which probability acting pays: %s', (_, more) => {
    const advised = { advice: { ...advice, ...more } }
    expect(both((locale) => adviceWords(advised, view(locale)).join('\n'))).toMatchSnapshot()
  })

  test('where nobody would be contacted, or it was never asked, nothing is advised', () => {
    const nobody = { ...advice, because: 'capacity', flagged: 0, precision: null } as const
    expect([nobody, null, undefined].flatMap((said) => adviceWords({ advice: said! }, view('en')))).toEqual(
      [],
    )
  })

  test('a better model can be promoted there and then, another cannot', () => {
    const promoted = (verdict: Trial['verdict']) =>
      noticeCard(
        { kind: 'model-trained', data: { no: 3, algorithm: 'gbdt', trial: { ...trial, verdict } } },
        view('en'),
      ).buttons
    expect(promoted('better')).toMatchObject([{ command: 'promote', args: 'M-3' }])
    expect(promoted('too-few-leavers')).toEqual([])
  })

  test('a training begins, or is under way', () => {
    expect(trainingNote({ begun: true }, view('zh')).title).toBe('开始训练了')
    expect(trainingNote({ begun: false }, view('en')).title).toBe('A training is under way')
  })
})
