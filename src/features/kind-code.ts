import { DAY } from '../clock.ts'
import type { Measure } from './columns.ts'
import { type AggregatePlan, isSummed, type KindPlan, type MeasurePlan } from './kind-plan.ts'

/**
 * Writes the body of one kind's kernel. Only numbers out of the plan and names made here get into it, never a word
 * from a profile: places of edges, slots and limits. `values0` is the column of the plan's first measure, `p2` is the position of edge 2; `s0_1` the sum of the first
 * measure between edges 1 and 2.
 */
export function kindCode(plan: KindPlan, present: ReadonlySet<Measure>): string {
  const measures = plan.measures.filter(({ measure }) => present.has(measure))
  return [
    ...plan.values.map((_, index) => `const values${index} = values[${index}];`),
    ...plan.edges.map((_, edge) => `const own${edge} = own[${edge}];`),
    'for (let customer = 0, base = start, place = 0; customer < customers; customer += 1) {',
    ...plan.edges.map((_, edge) => `const p${edge} = places[place + own${edge}];`),
    ...measures.flatMap((measure, index) => gatherLines(measure, index, plan)),
    ...plan.cells.map((cell) => `cells[base + ${cell.slot}] = ${cellCode(cell, plan, measures, present)};`),
    'base += width; place += count;',
    '}',
  ].join('\n')
}

/** One walk over the customer's values, adding them up segment by segment. */
function gatherLines(plan: MeasurePlan, index: number, { values: carried }: KindPlan): string[] {
  const values = `values${carried.indexOf(plan.measure)}`
  const lines: string[] = []
  for (let segment = plan.open; segment < plan.close; segment += 1) {
    const at = `${index}_${segment}`
    lines.push(
      `let k${at} = 0${plan.sums ? `, s${at} = 0` : ''}${plan.limits.map((_, limit) => `, a${at}_${limit} = 0`).join('')};`,
      `for (let position = p${segment}; position < p${segment + 1}; position += 1) {`,
      `const value = ${values}[position];`,
      'if (value === value) {',
      `k${at} += 1;`,
      plan.sums ? `s${at} += value;` : '',
      ...plan.limits.map((limit, place) => `if (value > ${limit}) a${at}_${place} += 1;`),
      '}}',
    )
  }
  return lines
}

function cellCode(
  cell: AggregatePlan,
  plan: KindPlan,
  measures: readonly MeasurePlan[],
  present: ReadonlySet<Measure>,
): string {
  const { aggregate } = cell
  const [low, high] = [`p${cell.open}`, `p${cell.close}`]
  const events = `${high} - ${low}`
  if (isSummed(aggregate)) return summedCode(cell, measures)
  switch (aggregate.fn) {
    case 'count':
      return events
    case 'days':
      return `distinctDays(at, ${low}, ${high}, asOf)`
    case 'recency':
      return `${high} === ${low} ? NaN : (asOf - at[${high} - 1]) / ${DAY}`
    case 'age':
      return `${high} === ${low} ? NaN : (asOf - at[${low}]) / ${DAY}`
    case 'interval':
      return `${events} < 2 ? NaN : (at[${high} - 1] - at[${low}]) / ${DAY} / (${events} - 1)`
    case 'interval_spread':
      return `intervalSpread(at, ${low}, ${high})`
    default: {
      if (!present.has(aggregate.measure as Measure)) return 'NaN'
      const values = `values${plan.values.indexOf(aggregate.measure as Measure)}`
      if (aggregate.fn === 'spread') return `spreadOf(${values}, ${low}, ${high})`
      const [skip, take] = aggregate.fn === 'last' ? [0, 1] : [aggregate.skip ?? 0, aggregate.take!]
      return `meanOfNewest(${values}, ${low}, ${high}, ${skip}, ${take})`
    }
  }
}

function summedCode(cell: AggregatePlan, measures: readonly MeasurePlan[]): string {
  const { aggregate, open, close } = cell
  const none = `p${close} === p${open} ? 0 : NaN`
  const index = measures.findIndex(({ measure }) => measure === aggregate.measure)
  if (index < 0) return aggregate.fn === 'sum' ? none : 'NaN'
  const total = (letter: string, tail = '') => {
    const parts = Array.from({ length: close - open }, (_, step) => `${letter}${index}_${open + step}${tail}`)
    return parts.length === 0 ? '0' : parts.join(' + ')
  }
  const known = `(${total('k')})`
  switch (aggregate.fn) {
    case 'sum':
      return `${known} === 0 ? (${none}) : ${total('s')}`
    case 'mean':
      return `(${total('s')}) / ${known}`
    default:
      return `(${total('a', `_${measures[index]!.limits.indexOf(aggregate.above!)}`)}) / ${known}`
  }
}
