import type { Chart } from '../card.ts'
import { type Element, GREY, line } from './elements.ts'
import { shorten } from './words.ts'

const MOST_POINTS = 40

/** A chart with its words under it; marks on a time axis have no VChart of their own and stay words. */
export function chartElements(chart: Chart, drawn: boolean, limit: number): readonly Element[] {
  const title = line(chart.title, 60, { text_size: 'heading' })
  const says = line(chart.says, limit, GREY)
  const spec = drawn ? specOf(chart) : null
  if (spec === null) return [title, says]
  return [title, { tag: 'chart', height: '140px', preview: false, chart_spec: spec }, says]
}

function specOf({ draw, points, range, ends }: Chart): object | null {
  const known = points
    .filter((point): point is typeof point & { value: number } => isPlace(point.value) && isPlace(point.at))
    .slice(-MOST_POINTS)
  if (draw === 'marks' || known.length < 2) return null
  if (draw === 'ranks') return ranksOf(known)
  const places = points.map(({ at }) => at).filter(isPlace)
  const bars = draw === 'bars'
  const values = known.map(({ at, value, label }, index) => ({
    // Bars stand side by side; a line's points stand where they belong in time.
    x: bars ? index : at,
    y: value,
    label: shorten(label, 24),
  }))
  const across = bars
    ? { type: 'band' }
    : { type: 'linear', min: Math.min(...places), max: Math.max(...places) }
  // VChart has no sign to set over a point that all clients draw: they are told under the axis.
  const noted = known.filter(({ note }) => note !== undefined).map(({ label }) => shorten(label, 24))
  const up = range === undefined ? {} : { min: range.low, max: range.high }
  return {
    type: bars ? 'bar' : 'line',
    data: [{ id: 'series', values }],
    xField: 'x',
    yField: 'y',
    ...(bars ? {} : { point: { style: { size: 4 } } }),
    axes: [
      {
        orient: 'bottom',
        ...across,
        label: { visible: false },
        title: {
          visible: true,
          text: [`${shorten(ends.from, 24)} – ${shorten(ends.to, 24)}`, ...noted].join(' · '),
        },
      },
      { orient: 'left', type: 'linear', ...up },
    ],
    tooltip: { visible: false },
  }
}

/** Bars from the left, each beside its words. */
function ranksOf(known: readonly { readonly value: number; readonly label: string }[]): object {
  const values = known.map(({ value, label }) => ({ x: Math.max(0, value), y: shorten(label, 24) }))
  return {
    type: 'bar',
    direction: 'horizontal',
    data: [{ id: 'series', values }],
    xField: 'x',
    yField: 'y',
    axes: [
      { orient: 'left', type: 'band', label: { visible: true } },
      { orient: 'bottom', type: 'linear', min: 0, label: { visible: false } },
    ],
    tooltip: { visible: false },
  }
}

function isPlace(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}
