import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fonts } from '@embedpdf/fonts-sc'
import { Resvg } from '@resvg/resvg-js'
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from '../chat/card.ts'
import { heightOf, optionOf, WIDTH } from './option.ts'

/** Draws with a font of our own: a slim server has none that knows 汉字. Slow to load and blocking, so a thread's work. */

use([LineChart, BarChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer])

/** The family's name as its file tells it. */
const FONT = 'Noto Sans Hans'
const FONT_FILE = join(
  dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '../fonts',
  fonts.find(({ weight }) => weight === 400)!.file,
)
/** Sharp on screens with two pixels for one. */
const ZOOM = 2

/** The charts as one PNG. */
export function paint(charts: readonly Chart[]): Uint8Array {
  return pngOf(svgOf(charts))
}

export function svgOf(charts: readonly Chart[]): string {
  const board = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: heightOf(charts) })
  try {
    board.setOption(optionOf(charts, FONT))
    return board.renderToSVGString()
  } finally {
    board.dispose()
  }
}

function pngOf(svg: string): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: [FONT_FILE], defaultFontFamily: FONT }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } }).render().asPng()
}
