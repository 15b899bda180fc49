import fc from 'fast-check'
import { expect, test } from 'vitest'
import { periodOf, takePeriod } from '../../src/reports/period.ts'

const NOW = new Date('2026-06-15T10:00:00+08:00')
const ZONE = 'Asia/Shanghai'

/** In Shanghai's days: from, to (exclusive), and where the stretch before begins. */
function days(words: string): string {
  const { said } = takePeriod(words)
  const period = said === null ? null : periodOf(said, NOW, ZONE)
  if (period === null) return 'none'
  return [period.before, period.from, period.to]
    .map((at) => new Date(+at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T00:00', ''))
    .join(' | ')
}

test.each([
  ['上月', '2026-04-01 | 2026-05-01 | 2026-06-01'],
  ['last month', '2026-04-01 | 2026-05-01 | 2026-06-01'],
  ['this month', '2026-05-01 | 2026-06-01 | 2026-06-15T10:00'],
  ['last quarter', '2025-10-01 | 2026-01-01 | 2026-04-01'],
  ['上个季度', '2025-10-01 | 2026-01-01 | 2026-04-01'],
  ['2026-Q1', '2025-10-01 | 2026-01-01 | 2026-04-01'],
  ['2026年第一季度', '2025-10-01 | 2026-01-01 | 2026-04-01'],
  ['2026-Q2 ', '2026-01-01 | 2026-04-01 | 2026-06-15T10:00'],
  ['2025-H2', '2025-01-01 | 2025-07-01 | 2026-01-01'],
  ['2025年上半年', '2024-07-01 | 2025-01-01 | 2025-07-01'],
  ['2026-05-15', '2026-05-14 | 2026-05-15 | 2026-05-16'],
  ['2026/5', '2026-04-01 | 2026-05-01 | 2026-06-01'],
  ['2026-02', '2026-01-01 | 2026-02-01 | 2026-03-01'],
  ['2026年2月', '2026-01-01 | 2026-02-01 | 2026-03-01'],
  ['2025', '2024-01-01 | 2025-01-01 | 2026-01-01'],
  ['去年', '2024-01-01 | 2025-01-01 | 2026-01-01'],
  ['2026-04-01..2026-04-30', '2026-03-02 | 2026-04-01 | 2026-05-01'],
  ['2026-04-01 至 2026-04-30', '2026-03-02 | 2026-04-01 | 2026-05-01'],
  ['30d', '2026-04-16T10:00 | 2026-05-16T10:00 | 2026-06-15T10:00'],
  ['近30天', '2026-04-16T10:00 | 2026-05-16T10:00 | 2026-06-15T10:00'],
  ['2027-01', 'none'],
])('%s', (words, expected) => {
  expect(days(words)).toBe(expected)
})

test.each([
  ['服务 等待 上月', '服务 等待'],
  ['site 2026-Q2', 'site'],
  ['product', 'product'],
  ['model 2026', 'model'],
  ['churn 2026-Q9', 'churn'],
])('%s: what comes before the time stays', (words, rest) => {
  expect(takePeriod(words).rest).toBe(rest)
})

test.each([
  ...['2026-13', '2026年13月', '2026/0', '0d', '99999d', '2026-Q9', '2026 Q0', '2026年第五季度', '2026-H3'],
  ...['2026-02-30..2026-03-01', '2026-05-02..2026-05-01', '2026-04-31', '2026-13-01', '2026-01..2026-03'],
])('%s is no time, and no name of anything else', (words) => {
  expect(takePeriod(`churn ${words}`)).toEqual({ rest: 'churn', said: null, unreadable: words })
})

test.each(['2026款', '2026年款', 'iPhone 2026 Pro'])('%s is no time at all', (words) => {
  expect(takePeriod(words)).toEqual({ rest: words, said: null, unreadable: null })
})

test('whatever is typed is read quickly, and a stretch begins before it ends', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 3_660 }), (before, count) => {
      const { said } = takePeriod(`${before} ${count}d`)
      const period = said === null ? null : periodOf(said, NOW, ZONE)
      if (period === null) return
      expect(+period.before).toBeLessThan(+period.from)
      expect(+period.from).toBeLessThan(+period.to)
    }),
  )
})
