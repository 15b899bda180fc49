import type { CustomerFacts } from '../timeline/history.ts'
import { calendarDay, factAt } from './facts.ts'
import type { FeatureList } from './feature-list.ts'

/** One fact of every customer, read once: what asOf does to it is told by its nature (facts.ts). */
export interface FactColumn {
  readonly slot: number
  readonly values: Float64Array
  readonly natures: Uint8Array
}

const known = new WeakMap<readonly CustomerFacts[], WeakMap<FeatureList, readonly FactColumn[]>>()

/** The facts of a list as columns; kept as long as the facts themselves, which never change in place. */
export function factColumns(list: FeatureList, facts: readonly CustomerFacts[]): readonly FactColumn[] {
  let byList = known.get(facts)
  if (byList === undefined) {
    byList = new WeakMap()
    known.set(facts, byList)
  }
  let columns = byList.get(list)
  if (columns === undefined) {
    columns = list.facts.map(({ slot, read }) => ({
      slot,
      values: Float64Array.from(facts, (one) => read.value(one)),
      natures: Uint8Array.from(facts, (one) => read.nature(one)),
    }))
    byList.set(list, columns)
  }
  return columns
}

/** Fills the facts' cells of customers `from..to`. */
export function fillFacts(
  columns: readonly FactColumn[],
  asOf: number,
  today: number,
  cells: Float64Array,
  width: number,
  from: number,
  to: number,
): void {
  for (const { slot, values, natures } of columns) {
    for (let customer = from; customer < to; customer += 1) {
      cells[customer * width + slot] = factAt(values[customer]!, natures[customer]!, asOf, today)
    }
  }
}

/** Fills the facts' cells of one customer, whose row starts at `base`. */
export function fillFactsOf(
  list: FeatureList,
  facts: CustomerFacts,
  asOf: number,
  cells: Float64Array,
  base: number,
): void {
  const today = calendarDay(asOf, list.timeZone)
  for (const { slot, read } of list.facts) {
    cells[base + slot] = factAt(read.value(facts), read.nature(facts), asOf, today)
  }
}
