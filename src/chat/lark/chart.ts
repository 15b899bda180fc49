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
    .filter((point): point is typeof point & { value: number } => Number.isFinite(point.value))
    .slice(-MOST_POINTS)
  if (draw === 'marks' || known.length < 2) return null
  const values = known.map(({ value, label }, at) => ({ at, label: shorten(label, 24) || String(at), value }))
  const scale = range === undefined ? {} : { min: range.low, max: range.high }
  return {
    type: draw === 'bars' ? 'bar' : 'line',
    data: [{ id: 'series', values }],
    // The place is the key: two points may share their words.
    xField: 'at',
    yField: 'value',
    ...(draw === 'line' ? { point: { style: { size: 4 } } } : {}),
    axes: [
      {
        orient: 'bottom',
        type: 'band',
        label: { visible: false },
        title: { visible: true, text: `${shorten(ends.from, 24)} – ${shorten(ends.to, 24)}` },
      },
      { orient: 'left', type: 'linear', ...scale },
    ],
    tooltip: { visible: false },
  }
}
