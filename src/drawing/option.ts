import type { Chart } from '../chat/card.ts'

/** A picture's width and the height of one chart in it; phones show it at about this size. Pixels before scaling. */
export const WIDTH = 420
const PANEL = 96
const EDGE = 12
/** Words are measured a little narrower than this font draws them. */
const WORDS = WIDTH - 5 * EDGE
/** Where a chart's own lines stand, from its top. */
const [TITLE, SAYS, PLOT, ENDS] = [8, 25, 44, 78]
const PLOT_HEIGHT = PANEL - PLOT - 20

const INK = '#1f2329'
const GREY = '#646a73'
const PAPER = '#ffffff'
/** Told apart in grey and by the colour-blind: blue lines, teal bars. */
const COLOUR = { line: '#2f6fdb', bars: '#1a8f86', marks: '#2f6fdb', ranks: '#1a8f86' } as const
/** A rank's line, and how many times the longest bar is as wide as the room for bar and label. */
const [ROW, ROOM] = [17, 2.4]

export function heightOf(charts: readonly Chart[]): number {
  return charts.reduce((sum, chart) => sum + panelOf(chart), 0)
}

function panelOf({ draw, points }: Chart): number {
  return draw === 'ranks' ? PLOT + plotOf(points.length) + EDGE : PANEL
}

const plotOf = (rows: number): number => Math.max(1, rows) * ROW

/** Charts below one another, each with its title, its words and the two ends of its axis; what echarts draws. */
export function optionOf(charts: readonly Chart[], font: string) {
  const each = <T>(make: (chart: Chart, at: number) => T): T[] => charts.map(make)
  const topOf = (at: number): number => heightOf(charts.slice(0, at))
  return {
    animation: false,
    backgroundColor: PAPER,
    textStyle: { fontFamily: font },
    title: charts.flatMap((chart, at) => titlesOf(chart, topOf(at))),
    grid: each(({ draw, points }, at) => ({
      left: EDGE,
      right: EDGE,
      top: topOf(at) + PLOT,
      height: draw === 'ranks' ? plotOf(points.length) : PLOT_HEIGHT,
    })),
    xAxis: each((chart, gridIndex) => ({ gridIndex, show: false, ...across(chart) })),
    yAxis: each((chart, gridIndex) => ({ gridIndex, show: false, ...upwards(chart) })),
    series: charts.flatMap((chart, at) =>
      [seriesOf(chart), ...notesOf(chart)].map((series) => ({
        ...{ xAxisIndex: at, yAxisIndex: at, silent: true },
        ...series,
      })),
    ),
  }
}

function titlesOf({ title, says, ends, draw }: Chart, top: number) {
  const words = (text: string, y: number, rest: object = {}, bold = false) => ({
    ...{ text, top: top + y, padding: 0, left: EDGE, ...rest },
    textStyle: {
      ...{ fontSize: bold ? 13 : 11, fontWeight: 'normal' as const, color: bold ? INK : GREY },
      ...{ width: WORDS, overflow: 'truncate' as const },
    },
  })
  return [
    words(title, TITLE, {}, true),
    words(says, SAYS),
    ...(draw === 'ranks'
      ? []
      : [
          words(ends.from, ENDS),
          words(ends.to, ENDS, { left: 'auto', right: EDGE, textAlign: 'auto' as const }),
        ]),
  ]
}

function upwards({ draw, range }: Chart) {
  if (draw === 'ranks') return { type: 'category' as const, inverse: true }
  return {
    type: 'value' as const,
    ...(draw === 'marks' ? { min: 0, max: 2 } : draw === 'bars' ? { min: 0 } : { scale: true }),
    ...(range === undefined ? {} : { min: range.low, max: range.high }),
  }
}

/** Bars stand side by side; everything else where it belongs in time. */
function across({ draw, points, range }: Chart) {
  if (draw === 'bars') return { type: 'category' as const }
  if (draw === 'ranks') {
    const most = range?.high ?? Math.max(0, ...points.map(({ value }) => finite(value) ?? 0))
    return { type: 'value' as const, min: 0, max: ROOM * (most > 0 ? most : 1) }
  }
  const places = points.map(({ at }) => at).filter(Number.isFinite)
  return { type: 'value' as const, min: Math.min(...places), max: Math.max(...places) }
}

function seriesOf({ draw, points }: Chart) {
  const known = points.filter(({ at }) => Number.isFinite(at))
  const color = COLOUR[draw]
  if (draw === 'bars')
    return {
      ...{ type: 'bar' as const, itemStyle: { color }, barCategoryGap: '25%' },
      data: known.map(({ value }) => finite(value) ?? 0),
    }
  if (draw === 'ranks')
    return {
      ...{ type: 'bar' as const, itemStyle: { color }, barWidth: ROW * 0.6 },
      data: known.map(({ value, label }) => ({
        value: Math.max(0, finite(value) ?? 0),
        label: { show: true, position: 'right' as const, formatter: () => label, fontSize: 11, color: INK },
      })),
    }
  if (draw === 'marks')
    return {
      ...{ type: 'scatter' as const, symbol: 'circle', symbolSize: 8 },
      data: known.map(({ at, value }) => ({
        value: [at, 1],
        // Kept is full, missed is a ring.
        itemStyle: { color: (finite(value) ?? 0) > 0 ? color : PAPER, borderColor: color, borderWidth: 1.5 },
      })),
    }
  return {
    ...{ type: 'line' as const, connectNulls: true, symbol: 'circle', symbolSize: 4 },
    ...{ lineStyle: { color, width: 2 }, itemStyle: { color }, areaStyle: { color, opacity: 0.08 } },
    // What is not known draws nothing: the line goes on to the next that is.
    data: known.map(({ at, value }) => [at, finite(value)]).filter(([, value]) => value !== null),
  }
}

/** Signs over points, with a little arrow down to their place. */
function notesOf({ draw, points, range }: Chart) {
  if (draw === 'ranks') return []
  const known = points.filter(({ at }) => Number.isFinite(at))
  const top = range?.high ?? Math.max(0, ...known.map(({ value }) => finite(value) ?? 0))
  const data = known.flatMap(({ at, note }, index) => {
    if (note === undefined) return []
    // Near the right edge there is room on the left only.
    const position = index > known.length * 0.8 ? 'left' : 'right'
    const label = { show: true, formatter: () => note, position, fontSize: 9, color: GREY }
    return [{ value: [draw === 'bars' ? index : at, top], label }]
  })
  if (data.length === 0) return []
  return [
    { type: 'scatter' as const, symbol: 'triangle', symbolSize: 5, symbolRotate: 180, color: GREY, data },
  ]
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}
