import type { CustomerFacts, Facts } from '../timeline/history.ts'
import { factsAt, newestChange } from './attributes.ts'
import { CALENDAR_DAY, calendarDay, FIXED, factAt } from './facts.ts'
import type { FeatureList } from './feature-list.ts'

/** One fact of every customer, read once: what asOf does to it is told by its nature (facts.ts). */
export interface FactColumn {
  readonly slot: number
  readonly values: Float64Array
  readonly natures: Uint8Array
  /** True when every value is itself, whatever asOf is. */
  readonly isFixed: boolean
  /** What it was before; null: never anything else, or not asked for. */
  readonly past: FactPast | null
}

/** The values a fact had. Customer i's are `offsets[i] .. offsets[i + 1]`, each from an instant on, oldest first. */
export interface FactPast {
  readonly offsets: Int32Array
  readonly from: Float64Array
  readonly values: Float64Array
  readonly natures: Uint8Array
  /** From here on everyone's present value holds. */
  readonly until: number
}

interface Known {
  readonly newest: number
  readonly present: readonly FactColumn[]
  dated: readonly FactColumn[] | null
}

const known = new WeakMap<readonly CustomerFacts[], WeakMap<FeatureList, Known>>()

/**
 * The facts of a list as columns, good for dates from `asOf` on; kept as long as the facts themselves, which never change
 * in place. What they were is read only where a date lies before the newest change.
 */
export function factColumns(
  list: FeatureList,
  facts: readonly CustomerFacts[],
  asOf: number,
): readonly FactColumn[] {
  let byList = known.get(facts)
  if (byList === undefined) {
    byList = new WeakMap()
    known.set(facts, byList)
  }
  let own = byList.get(list)
  if (own === undefined) {
    const present = list.facts.map(({ slot, read }) => {
      const natures = Uint8Array.from(facts, (one) => read.nature(one))
      const isFixed = natures.every((nature) => nature === FIXED)
      return {
        slot,
        values: Float64Array.from(facts, (one) => read.value(one)),
        natures,
        isFixed,
        past: null,
      }
    })
    own = { newest: newestChange(facts), present, dated: null }
    byList.set(list, own)
  }
  if (asOf >= own.newest) return own.present
  own.dated ??= withPast(list, facts, own.present)
  return own.dated
}

/** The same columns with what they were. */
export function withPast(list: FeatureList, facts: Facts, present: readonly FactColumn[]): FactColumn[] {
  const offsets = new Int32Array(facts.length + 1)
  const instants: number[] = []
  let customer = 0
  for (const { spells } of facts) {
    for (const from of new Set(spells?.map(({ from }) => from) ?? [Number.NEGATIVE_INFINITY]))
      instants.push(from)
    customer += 1
    offsets[customer] = instants.length
  }
  const from = Float64Array.from(instants)
  const until = newestChange(facts)
  const pasts = list.facts.map(({ read }) =>
    read.isDated
      ? { offsets, from, values: new Float64Array(from.length), natures: new Uint8Array(from.length), until }
      : null,
  )
  customer = 0
  for (const one of facts) {
    for (let place = offsets[customer]!; place < offsets[customer + 1]!; place += 1) {
      const then = factsAt(one, from[place]!)
      list.facts.forEach(({ read }, column) => {
        const past = pasts[column]
        if (past === null || past === undefined) return
        past.values[place] = read.value(then)
        past.natures[place] = read.nature(then)
      })
    }
    customer += 1
  }
  return present.map((column, at) => ({ ...column, past: pasts[at]! }))
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
  for (const { slot, values, natures, isFixed, past } of columns) {
    let cell = from * width + slot
    if (past !== null && asOf < past.until) {
      for (let one = from; one < to; one += 1, cell += width) cells[cell] = pastAt(past, one, asOf, today)
    } else if (isFixed) {
      for (let one = from; one < to; one += 1, cell += width) cells[cell] = values[one]!
    } else {
      for (let one = from; one < to; one += 1, cell += width) {
        cells[cell] = factAt(values[one]!, natures[one]!, asOf, today)
      }
    }
  }
}

/** Unknown before the first. */
function pastAt({ offsets, from, values, natures }: FactPast, customer: number, asOf: number, today: number) {
  let place = offsets[customer + 1]! - 1
  while (place >= offsets[customer]! && from[place]! > asOf) place -= 1
  return place < offsets[customer]! ? Number.NaN : factAt(values[place]!, natures[place]!, asOf, today)
}

/** Fills the facts' cells of one customer, whose row starts at `base`. */
export function fillFactsOf(
  list: FeatureList,
  facts: CustomerFacts,
  asOf: number,
  cells: Float64Array,
  base: number,
): void {
  let dated: CustomerFacts | null = null
  let today = Number.NaN
  for (const { slot, read } of list.facts) {
    if (read.isDated) dated ??= factsAt(facts, asOf)
    const then = read.isDated ? dated! : facts
    const nature = read.nature(then)
    // Which day it is takes longer to tell than all else here, and few facts are days.
    if (nature === CALENDAR_DAY && Number.isNaN(today)) today = calendarDay(asOf, list.timeZone)
    cells[base + slot] = factAt(read.value(then), nature, asOf, today)
  }
}
