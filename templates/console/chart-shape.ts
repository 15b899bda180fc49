import type { Chart } from '../../src/chat/card.ts'

/** The drawing surface; the page stretches it, so widths and heights here are only shares. */
export const WIDE = 100
export const HIGH = 40

export interface Spot {
  readonly x: number
  readonly y: number
}

export interface Slot {
  readonly x: number
  readonly width: number
  readonly label: string
}

/** What to draw: pure geometry of a chart's points, whatever their number and values. */
export interface Shape {
  /** Points a line goes through, left to right. */
  readonly line: readonly Spot[]
  /** Spots that are dotted: few enough to be told apart, else the last alone. */
  readonly dots: readonly Spot[]
  readonly bars: readonly { readonly x: number; readonly width: number; readonly height: number }[]
  readonly happened: readonly Spot[]
  readonly missed: readonly Spot[]
  /** Places that carry a sign. */
  readonly noted: readonly number[]
  /** Where the pointer finds each known point's words. */
  readonly slots: readonly Slot[]
}

const MOST_DOTS = 16
const NOTHING: Shape = { line: [], dots: [], bars: [], happened: [], missed: [], noted: [], slots: [] }

/** A bar's length as a share of the longest, beside its words. */
export interface Rank {
  readonly share: number
  readonly label: string
}

export function ranksOf({ points, range }: Chart): Rank[] {
  const values = points.map(({ value }) => Math.max(0, value ?? 0))
  const most = range?.high ?? Math.max(...values, 0)
  return points.map(({ label }, index) => ({
    share: most > 0 ? Math.min(1, values[index]! / most) : 0,
    label,
  }))
}

export function shapeOf(chart: Chart): Shape {
  return chart.draw === 'bars' ? barsOf(chart) : onTimeAxis(chart)
}

function barsOf({ points }: Chart): Shape {
  const largest = Math.max(...points.map(({ value }) => value ?? 0), 0)
  const step = WIDE / Math.max(1, points.length)
  return {
    ...NOTHING,
    bars: points.map(({ value }, index) => ({
      x: (index + 0.14) * step,
      width: 0.72 * step,
      height: largest > 0 ? (Math.max(0, value ?? 0) / largest) * HIGH : 0,
    })),
    noted: points.flatMap(({ note }, index) => (note === undefined ? [] : [(index + 0.5) * step])),
    slots: points.flatMap(({ label }, index) =>
      label === '' ? [] : [{ x: index * step, width: step, label }],
    ),
  }
}

function onTimeAxis(chart: Chart): Shape {
  const { points, draw } = chart
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const xOf = (at: number) => (last > first ? ((at - first) / (last - first)) * WIDE : WIDE / 2)
  const known = points.flatMap(({ at, value, label }) =>
    value === null ? [] : [{ x: xOf(at), value, label }],
  )
  const slots = slotsOf(known)
  if (draw === 'marks') {
    const at = (happened: boolean) =>
      known.flatMap(({ x, value }) => (value > 0 === happened ? [{ x, y: HIGH / 2 }] : []))
    return { ...NOTHING, happened: at(true), missed: at(false), slots }
  }
  const { low, high } = chart.range ?? ownRange(known.map(({ value }) => value))
  const yOf = (value: number) => HIGH * (1 - shareOf(value, low, high))
  const line = known.map(({ x, value }) => ({ x, y: yOf(value) }))
  const noted = points.flatMap(({ at, note }) => (note === undefined ? [] : [xOf(at)]))
  return { ...NOTHING, line, dots: line.length <= MOST_DOTS ? line : line.slice(-1), noted, slots }
}

/** Each known point owns the ground half-way to its neighbours. */
function slotsOf(known: readonly { readonly x: number; readonly label: string }[]): Slot[] {
  return known.map(({ x, label }, index) => {
    const from = index === 0 ? 0 : (known[index - 1]!.x + x) / 2
    const to = index === known.length - 1 ? WIDE : (x + known[index + 1]!.x) / 2
    return { x: from, width: to - from, label }
  })
}

/** How far up a value stands, 0..1; half-way where there is no scale to tell by. */
function shareOf(value: number, low: number, high: number): number {
  const share = (value - low) / (high - low)
  return Number.isNaN(share) ? 0.5 : Math.min(1, Math.max(0, share))
}

const ownRange = (values: readonly number[]) => ({
  low: Math.min(...values, 0),
  high: Math.max(...values, 0),
})
