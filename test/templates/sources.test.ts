import { expect, test } from 'vitest'
import { text } from '../../src/text.ts'
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
      ok: true,
      says: text('交易完整率 97%（目标 95% 以上）。', 'Transactions complete: 97% (target above 95%).'),
    },
    {
      ok: false,
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
