import type { Chart } from '../card.ts'

const HEIGHTS = '▁▂▃▄▅▆▇█'
/** More points than a phone shows on one line say less, not more. */
const MOST_POINTS = 30

/** A chart's points as one line of signs: heights, or beats kept and missed; "" when nothing is known. */
export function sparkline({ draw, points, range }: Chart): string {
  const values = points.slice(-MOST_POINTS).map(({ value }) => (Number.isFinite(value) ? value : null))
  if (values.every((value) => value === null)) return ''
  // A row of heights without names tells nothing of ranks: their words do.
  if (draw === 'ranks') return ''
  if (draw === 'marks') return values.map((value) => (value === null ? '·' : value > 0 ? '●' : '○')).join('')
  const known = values.filter((value) => value !== null)
  const low = draw === 'bars' ? 0 : (range?.low ?? Math.min(...known))
  const high = range?.high ?? Math.max(...known)
  return values.map((value) => (value === null ? '·' : heightOf(value, low, high))).join('')
}

function heightOf(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 0.5
  const step = Math.round(Math.min(1, Math.max(0, share)) * (HEIGHTS.length - 1))
  return HEIGHTS[step]!
}
