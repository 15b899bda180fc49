import { expect, test } from 'vitest'
import type { StormView } from '../../src/sentinel/storm.ts'
import { LOCALES, type Locale, text } from '../../src/text.ts'
import { stormCard } from '../../templates/storm.ts'
import {
  closeStormForm,
  type StormLine,
  stormLine,
  stormNote,
  stormRefused,
  stormsCard,
} from '../../templates/storm-notes.ts'
import { ago, LIN, SHEN, view } from './cases.ts'
import { render, renderForm } from './render.ts'

const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')
const HOUR = 3_600_000

const running: StormView = {
  storm: {
    ...{
      id: 's',
      no: 3,
      kind: 'topic-site',
      key: 'service.waiting',
      site: '虹桥店',
      what: 'volume',
      version: 2,
    },
    ...{ startedAt: ago(26 * HOUR), hotAt: ago(0), endedAt: null, closedAt: null, closedBy: null },
    ...{ cause: null, note: '', owner: null, claimedAt: null },
    figures: {
      ...{ count: 37, voices: 37, peak: 37, usual: { low: 4, high: 9 }, usualShare: 0.31 },
      days: [6, 5, 8, 4, 7, 9, 5, 6, 21, 37],
      at: ago(0).toISOString(),
      ...{ customers: 34, valueMinor: 128_000_000 },
      also: [
        { kind: 'topic', key: 'service', site: '' },
        { kind: 'words', key: 'strong-churn', site: '' },
      ],
    },
  },
  about: text('虹桥店·等待', 'Waiting at 虹桥店'),
  also: [
    { series: { kind: 'topic', key: 'service', site: '' }, about: text('服务', 'Service') },
    {
      series: { kind: 'words', key: 'strong-churn', site: '' },
      about: text('strong-churn', 'strong-churn'),
    },
  ],
  ownerName: null,
  askedNames: [SHEN],
  closedByName: null,
  quotes: [{ text: '等了两个小时，打 13812345678 也没人接，张伟很生气', at: ago(2 * HOUR), name: '张伟' }],
  cases: [1042, 1050],
  currency: 'CNY',
}
const closed: StormView = {
  ...running,
  storm: {
    ...running.storm,
    ...{ what: 'negative', owner: 'lin', claimedAt: ago(HOUR), closedAt: ago(0), closedBy: 'lin' },
    ...{ cause: 'real', note: '举升机坏了两台，已加派人手，找 13812345678' },
    figures: { ...running.storm.figures, count: 22 },
  },
  ownerName: LIN,
  closedByName: LIN,
}

test.each(Object.entries({ running, closed }))('the parent card: %s', (_, data) => {
  expect(both((locale) => render(stormCard(data, view(locale))))).toMatchSnapshot()
})

test.each([
  ['tag', 'charging', 'tag:"charging" since:2026-05-31'],
  ['words', 'strong-churn', 'class:strong-churn since:2026-05-31'],
] as const)('the storm of a %s leads to its voices', (kind, key, args) => {
  const storm = { ...running.storm, kind, key, site: '' }
  const { buttons } = stormCard({ ...running, storm, about: text(key, key), also: [] }, view('en'))
  expect(buttons.at(-1)).toMatchObject({ command: 'search', label: 'See voices', args })
})

test('a word is counted by people, and its storm leads to what they said', () => {
  const storm = { ...running.storm, kind: 'word', key: '香薰', site: '' } as const
  const card = stormCard({ ...running, storm, about: text('“香薰”', '“香薰”'), also: [] }, view('zh'))
  expect(render(card)).toContain('近 10 天最多 37 人，最近 24 小时 37 人')
  expect(card.buttons.at(-1)).toMatchObject({ command: 'search', args: '"香薰" since:2026-05-31' })
})

test('the days of a storm are those on which it was counted, however long it goes on unseen', () => {
  const later = new Date(ago(0).getTime() + 6 * 24 * HOUR)
  const card = stormCard(
    { ...closed, storm: { ...closed.storm, hotAt: later } },
    { ...view('en'), now: later },
  )
  const chart = card.blocks.find((block) => block.kind === 'chart')!
  expect(chart.ends.to).toBe('1 Jun')
})

test('what threads are told', () => {
  const lines = (['joined', 'claimed', 'closed', 'ended'] as const).map(
    (told): StormLine => ({ ...closed, told }),
  )
  for (const line of lines) expect(both((locale) => render(stormLine(line, view(locale))))).toMatchSnapshot()
})

test('answers, refusals and the list', () => {
  for (const did of ['claimed', 'closed', 'undone', 'asked'] as const)
    expect(both((locale) => render(stormNote({ no: 3, did, seconds: 60 }, view(locale))))).toMatchSnapshot()
  for (const refusal of ['over', 'theirs', 'not-yours', 'nothing', 'too-late'] as const)
    expect(
      both((locale) => render(stormRefused({ no: 3, refusal, ownerName: LIN }, view(locale)))),
    ).toMatchSnapshot()
  for (const storms of [[], [running, closed]])
    expect(both((locale) => render(stormsCard({ storms }, view(locale))))).toMatchSnapshot()
  expect(both((locale) => renderForm(closeStormForm(locale)))).toMatchSnapshot()
})
