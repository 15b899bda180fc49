import type { CustomerFacts } from '../timeline/history.ts'
import { calendarDay, FIXED, factAt } from './facts.ts'
import type { FeatureList } from './feature-list.ts'

/** One fact of every customer, read once: what asOf does to it is told by its nature (facts.ts). */
export interface FactColumn {
  readonly slot: number
  readonly values: Float64Array
  readonly natures: Uint8Array
  /** True when every value is itself, whatever asOf is. */
  readonly isFixed: boolean
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
    columns = list.facts.map(({ slot, read }) => {
      const natures = Uint8Array.from(facts, (one) => read.nature(one))
      const isFixed = natures.every((nature) => nature === FIXED)
      return { slot, values: Float64Array.from(facts, (one) => read.value(one)), natures, isFixed }
    })
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
  for (const { slot, values, natures, isFixed } of columns) {
    let cell = from * width + slot
    if (isFixed) for (let one = from; one < to; one += 1, cell += width) cells[cell] = values[one]!
    else {
      for (let one = from; one < to; one += 1, cell += width) {
        cells[cell] = factAt(values[one]!, natures[one]!, asOf, today)
      }
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
