import { DAY } from '../clock.ts'
import { type Columns, type EventBlock, firstFrom, type Measure } from './columns.ts'
import type { Aggregate } from './feature.ts'
import type { AggregatePlan, KindPlan, MeasurePlan } from './kind-plan.ts'

/** Fills one customer's cells of one kind; `cells` starts at `base`. Sees only events before asOf. */
export function fillKind(
  plan: KindPlan,
  columns: Columns,
  index: number,
  asOf: number,
  cells: Float64Array,
  base: number,
): void {
  const block = columns.blocks.get(plan.kind)
  if (block === undefined || block.since >= asOf) {
    for (const { slot } of plan.cells) cells[base + slot] = Number.NaN
    return
  }
  placeEdges(plan, block, index, asOf)
  for (const measure of plan.measures) gather(measure, plan.positions, block)
  for (const cell of plan.cells) {
    const low = plan.positions[cell.open]!
    const high = plan.positions[cell.close]!
    cells[base + cell.slot] =
      cell.summed === null
        ? fromEvents(cell.aggregate, block, low, high, asOf)
        : fromSegments(cell, high - low)
  }
}

function placeEdges(plan: KindPlan, block: EventBlock, index: number, asOf: number): void {
  let low = block.offsets[index]!
  const end = block.offsets[index + 1]!
  for (let edge = 0; edge < plan.edges.length; edge += 1) {
    low = firstFrom(block.at, low, end, asOf - plan.edges[edge]! * DAY)
    plan.positions[edge] = low
  }
}

/** One walk over the customer's values, adding them up segment by segment. */
function gather(plan: MeasurePlan, positions: Int32Array, block: EventBlock): void {
  const values = block.measures.get(plan.measure)
  let first = Number.NaN
  for (let index = 0; index < plan.segments.length; index += 1) {
    const segment = plan.segments[index]!
    segment.known = segment.sum = segment.drift = segment.squares = 0
    segment.above.fill(0)
    if (values === undefined) continue
    for (let position = positions[index]!; position < positions[index + 1]!; position += 1) {
      const value = values[position]!
      if (Number.isNaN(value)) continue
      if (Number.isNaN(first)) first = value
      const difference = value - first
      segment.known += 1
      segment.sum += value
      segment.drift += difference
      segment.squares += difference * difference
      for (let limit = 0; limit < plan.limits.length; limit += 1) {
        if (value > plan.limits[limit]!) segment.above[limit]! += 1
      }
    }
  }
}

function fromSegments(cell: AggregatePlan, events: number): number {
  let known = 0
  let sum = 0
  let drift = 0
  let squares = 0
  let above = 0
  for (let index = cell.open; index < cell.close; index += 1) {
    const segment = cell.summed!.segments[index]!
    known += segment.known
    sum += segment.sum
    drift += segment.drift
    squares += segment.squares
    if (cell.limit >= 0) above += segment.above[cell.limit]!
  }
  if (known === 0) return cell.aggregate.fn === 'sum' && events === 0 ? 0 : Number.NaN
  switch (cell.aggregate.fn) {
    case 'sum':
      return sum
    case 'mean':
      return sum / known
    case 'share':
      return above / known
    default:
      return known < 2
        ? Number.NaN
        : Math.sqrt(Math.max(0, (squares - (drift * drift) / known) / (known - 1)))
  }
}

/** Aggregates that need the events' order or instants rather than sums. */
function fromEvents(
  aggregate: Aggregate,
  block: EventBlock,
  low: number,
  high: number,
  asOf: number,
): number {
  switch (aggregate.fn) {
    case 'count':
      return high - low
    case 'days':
      return distinctDays(block.at, low, high, asOf)
    case 'recency':
      return high === low ? Number.NaN : (asOf - block.at[high - 1]!) / DAY
    case 'age':
      return high === low ? Number.NaN : (asOf - block.at[low]!) / DAY
    default: {
      const values = block.measures.get(aggregate.measure as Measure)
      if (values === undefined) return Number.NaN
      return aggregate.fn === 'last'
        ? meanOfNewest(values, low, high, 0, 1)
        : meanOfNewest(values, low, high, aggregate.skip ?? 0, aggregate.take!)
    }
  }
}

/** Counts rolling days `(asOf - (k + 1) days, asOf - k days]` that hold an event. */
function distinctDays(at: Float64Array, low: number, high: number, asOf: number): number {
  let count = 0
  let previous = Number.NaN
  for (let position = low; position < high; position += 1) {
    const day = Math.ceil((asOf - at[position]!) / DAY)
    if (day !== previous) count += 1
    previous = day
  }
  return count
}

function meanOfNewest(values: Float64Array, low: number, high: number, skip: number, take: number): number {
  let known = 0
  let sum = 0
  for (let position = high - 1; position >= low && known < skip + take; position -= 1) {
    const value = values[position]!
    if (Number.isNaN(value)) continue
    known += 1
    if (known > skip) sum += value
  }
  return known > skip ? sum / (known - skip) : Number.NaN
}
