import { DAY } from '../clock.ts'
import type { Columns, EventBlock, Measure } from '../features/columns.ts'
import type { KindKernel } from '../features/compile.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { featuresOf } from '../features/kernel.ts'
import type { History } from '../timeline/history.ts'

/** Reads a feature by name, at whatever instant is being asked about. */
export type Get = (feature: string) => number

const FURTHEST = 512 * DAY

/**
 * The instant, to the millisecond, since when a condition that holds at `asOf` has held; at most 512 days back. A silence
 * has no event to date it by: it began when the last visit fell out of the window, and that is what "newer than a
 * retained mark" must compare with: dated too late, what was marked within the hour would be newer than its mark. Looks
 * back in doubling steps, then halves; both by the same kernel that scores.
 */
export function sinceWhen(history: History, list: FeatureList, holds: (get: Get) => boolean): number {
  const columns = columnsOf(history, list)
  const row = rowOf(list)
  const get: Get = (name) => row[list.index.get(name) ?? -1] ?? Number.NaN
  const holdsAt = (instant: number) => {
    featuresOf(list, columns, 0, instant, row)
    return holds(get)
  }
  let held = history.asOf
  let step = DAY
  while (holdsAt(history.asOf - step)) {
    held = history.asOf - step
    if (step >= FURTHEST) return held
    step *= 2
  }
  let before = history.asOf - step
  while (held - before > 1) {
    const middle = before + Math.floor((held - before) / 2)
    if (holdsAt(middle)) held = middle
    else before = middle
  }
  return held
}

const rows = new WeakMap<FeatureList, Float64Array>()

/** Memory outside the heap is dear, and every date asks for a row: each list has one. */
function rowOf(list: FeatureList): Float64Array {
  let row = rows.get(list)
  if (row === undefined) {
    row = new Float64Array(list.names.length)
    rows.set(list, row)
  }
  return row
}

/** One customer's history as columns of a timeline with nobody else in it. */
function columnsOf(history: History, list: FeatureList): Columns {
  const blocks = new Map<string, EventBlock>()
  for (const kernel of list.kinds) {
    if (isMeasured(history, kernel)) blocks.set(kernel.kind, blockOf(history, kernel))
  }
  return { size: 1, facts: [history.customer], blocks }
}

/** A kind nobody has ever shown is unknown, not zero; the history's own features say which it is. */
function isMeasured(history: History, { kind, names }: KindKernel): boolean {
  return history.count(kind) > 0 || names.some((name) => !Number.isNaN(history.feature(name)))
}

function blockOf(history: History, { kind, measures: read }: KindKernel): EventBlock {
  const column = history.events(kind)
  const measures = new Map<Measure, Float64Array>()
  for (const measure of read) {
    const values = column.measure(measure)
    if (values !== null) measures.set(measure, values)
  }
  return {
    offsets: Int32Array.of(0, column.at.length),
    at: column.at,
    measures,
    since: Number.NEGATIVE_INFINITY,
  }
}
