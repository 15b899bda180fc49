import type { JSX } from 'preact'
import type { Chart } from '../../src/chat/card.ts'
import { HIGH, ranksOf, type Shape, type Spot, shapeOf, WIDE } from './chart-shape.ts'

/** A small picture with its words above it. It is stretched to its card; strokes keep their width. */
export function ChartView({ chart }: { chart: Chart }): JSX.Element {
  const { title, says, draw, points, ends } = chart
  if (draw === 'ranks') return <Ranks chart={chart} />
  const shape = shapeOf(chart)
  return (
    <figure class={`block-chart draw-${draw}`} style={{ '--slots': points.length }}>
      <figcaption>
        <strong>{title}</strong>
        <span>{says}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${says}`}
      >
        <Ground shape={shape} draw={draw} />
        {shape.bars.map(({ x, width, height }, index) => (
          <rect key={index} class="bar" x={x} y={HIGH - height} width={width} height={height} />
        ))}
        {shape.line.length > 1 && <path class="line" d={through(shape.line)} />}
        <path class="dots" d={dots(shape.dots)} />
        <path class="noted" d={shape.noted.map((x) => `M${round(x)} 0V${HIGH}`).join('')} />
        <path class="happened" d={ticks(shape.happened)} />
        <path class="missed" d={dots(shape.missed)} />
        <path class="missed-heart" d={dots(shape.missed)} />
        {shape.slots.map(({ x, width, label }, index) => (
          <rect key={index} class="slot" x={x} y={0} width={width} height={HIGH}>
            <title>{label}</title>
          </rect>
        ))}
      </svg>
      <div class="chart-ends" aria-hidden="true">
        <span>{ends.from}</span>
        <span>{ends.to}</span>
      </div>
    </figure>
  )
}

/** Words are words here, so that a narrow page can break them. */
function Ranks({ chart }: { chart: Chart }): JSX.Element {
  return (
    <figure class="block-chart draw-ranks">
      <figcaption>
        <strong>{chart.title}</strong>
        <span>{chart.says}</span>
      </figcaption>
      <ol>
        {ranksOf(chart).map(({ share, label }, index) => (
          <li key={index} style={{ '--share': share }}>
            {label}
          </li>
        ))}
      </ol>
    </figure>
  )
}

/** The ground bars stand on, the axis marks lie on, the area under a line. */
function Ground({ shape, draw }: { shape: Shape; draw: Chart['draw'] }): JSX.Element {
  const [first, last] = [shape.line[0], shape.line.at(-1)]
  const y = draw === 'marks' ? HIGH / 2 : HIGH
  return (
    <>
      <path class="ground" d={`M0 ${y}H${WIDE}`} />
      {first !== undefined && last !== undefined && shape.line.length > 1 && (
        <path class="area" d={`${through(shape.line)}L${round(last.x)} ${HIGH}L${round(first.x)} ${HIGH}Z`} />
      )}
    </>
  )
}

const round = (number: number) => Math.round(number * 100) / 100
const through = (spots: readonly Spot[]) => `M${spots.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L')}`
/** Strokes of no length with round ends: dots that stay round however the picture is stretched. */
const dots = (spots: readonly Spot[]) => spots.map(({ x, y }) => `M${round(x)} ${round(y)}h0`).join('')
const ticks = (spots: readonly Spot[]) => spots.map(({ x, y }) => `M${round(x)} ${round(y - 8)}v16`).join('')
