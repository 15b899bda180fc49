import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { same, text } from '../../src/text.ts'
import {
  type MergesCardData,
  mergesCard,
  rejoinedNote,
  splitCard,
  splitNote,
} from '../../templates/merges.ts'
import { noticeCard } from '../../templates/notices.ts'
import { type SourceLine, sourceCard, sourcesCard } from '../../templates/sources.ts'
import { both } from './both.ts'
import { ago, NOW } from './cases.ts'

const says = text('crm：exports/customers.csv 不存在。', 'crm: exports/customers.csv does not exist.')
const report = {
  source: 'crm',
  rows: 2_104,
  created: 12,
  changed: 30,
  unchanged: 2_062,
  removed: 0,
  quarantined: 1,
}
const fine: SourceLine = {
  ...{ name: 'orders', kind: 'file', pulledAt: ago(15 * 60_000), refused: 2 },
  report: { ...report, source: 'orders', failure: null, says: null, failingSince: null },
}
const failing: SourceLine = {
  ...fine,
  name: 'crm',
  report: { ...report, failure: says.en, says, failingSince: ago(3 * 3_600_000).toISOString() },
}
const posted: SourceLine = { name: 'tickets', kind: 'webhook', pulledAt: null, report: null, refused: 40 }
const refused = [
  {
    file: 'orders/2026-05.csv',
    line: 17,
    reason: 'amount "half" is not a number',
    zh: 'amount "half" 不是数字',
  },
  // Kept before there was Chinese; quoting a contact.
  {
    file: 'orders/2026-06.csv',
    line: 0,
    reason: 'ring ann@acme.example: 31 of 90 rows cannot be used',
    zh: null,
  },
]

test('every source, one that fails, one that is sent to', () => {
  const quality = [
    {
      ...{ ok: true, target: 0.95 },
      fields: [{ group: 'transactions' as const, label: text('支付', 'payment'), filled: 97, of: 100 }],
      says: text('交易完整率 97%（目标 95% 以上）。', 'Transactions complete: 97% (target above 95%).'),
    },
    {
      ...{ ok: false, target: 24, fields: [] },
      says: text(
        '最新一条记录在 30 小时前（目标 24 小时以内）。',
        'The newest record is 30 hours old (target under 24).',
      ),
    },
  ]
  expect(
    [
      both(sourcesCard, { lines: [failing, fine, posted, { ...fine, name: 'old', kind: null }], quality }),
      both(sourceCard, { line: failing, refused: [] }),
      both(sourceCard, { line: fine, refused }),
      both(sourceCard, { line: posted, refused }),
      both(sourceCard, {
        line: { ...fine, kind: 'sql' },
        refused: [{ file: 'row 4711', line: 0, reason: 'x', zh: '某因' }],
      }),
    ].join('\n------\n'),
  ).toMatchSnapshot()
})

test('what the keepers are told of sources', () => {
  const held = text('90 行里有 31 行不能用', '31 of 90 rows cannot be used')
  const files = [{ file: 'orders/2026-06.csv', reason: held.en, says: held }]
  expect(
    [
      both(noticeCard, { kind: 'source-failed', data: { source: 'crm', says } }),
      both(noticeCard, {
        kind: 'source-back',
        data: { source: 'crm', since: new Date(+NOW - 7_200_000).toISOString() },
      }),
      both(noticeCard, { kind: 'file-held', data: { source: 'orders', files, more: 0 } }),
      both(noticeCard, { kind: 'file-held', data: { source: 'orders', files, more: 3 } }),
    ].join('\n------\n'),
  ).toMatchSnapshot()
})

type Row = MergesCardData['rows'][number]

test('who was merged, what a split would give back, and that it was done', () => {
  const [from, to] = [
    { no: 31, name: '孙梅' },
    { no: 2, name: null },
  ]
  const merge: Row = {
    ...{ id: 'm', at: ago(DAY), by: 'foreshock', byName: same('foreshock'), source: 'crm', openCases: [] },
    ...{ state: 'merged', absorbed: from, stays: to, key: { kind: 'phone', value: '13800000002' } },
  }
  const byYe = { by: 'ye', byName: text('叶青', 'Ye Qing'), key: { kind: 'email', value: 'mei@example.com' } }
  const rows: readonly Row[] = [
    merge,
    { ...merge, state: 'waiting', openCases: [1042, 1043] },
    { ...merge, state: 'waiting', openCases: [1042] },
    { ...merge, ...byYe, state: 'apart' },
    { ...merge, ...byYe, state: 'merged' },
  ]
  const keys = [{ kind: 'crm', value: 'K40' }, merge.key]
  const split = {
    ...from,
    from: 2,
    key: merge.key,
    keys,
    events: 1_204,
    voices: 3,
    cases: [1001],
    openCaseStays: 1044,
  }
  const cards = [
    both(mergesCard, { about: null, rows, total: 14, page: 1, pages: 2, maySplit: true }),
    both(mergesCard, { about: 2, rows: [], total: 0, page: 1, pages: 1, maySplit: false }),
    both(splitCard, split),
    both(splitNote, split),
    both(rejoinedNote, split),
  ]
  expect(JSON.stringify(cards)).not.toMatch(/13800000002|mei@/)
  expect(cards).toMatchSnapshot()
})
