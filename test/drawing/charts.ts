import type { Chart } from '../../src/chat/card.ts'
import { DAY } from '../../src/clock.ts'

const START = Date.parse('2026-03-01T00:00:00Z')

/** A chart over `values`, one a day. */
export function chartOf(values: readonly (number | null)[], rest: Partial<Chart> = {}): Chart {
  return {
    kind: 'chart',
    title: '风险走势',
    says: '30 天前低，现在很高',
    draw: 'line',
    points: values.map((value, day) => ({ at: START + day * DAY, value, label: `${day}: ${value}` })),
    ends: { from: '3月1日', to: '今天' },
    ...rest,
  }
}
