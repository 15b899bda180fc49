import { DAY } from '../clock.ts'
import { factsAt } from '../features/attributes.ts'
import { type Columns, firstFrom, MEASURES, type Measure } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { type FeatureMatrix, featuresOf } from '../features/kernel.ts'
import type { EventColumn, History, Voice } from './history.ts'

/** How far back a voice is read as words, so that a mood has half a year to be usual in; older ones live on as numbers. */
export const VOICE_DAYS = 180

const NOTHING = new Float64Array(0)
const EMPTY: EventColumn = { at: NOTHING, measure: () => null }

/**
 * One customer as of an instant, over the columns and without copying them. `voices` are the customer's own (any
 * instant, any order; what is outside the window is not seen). Features come from `matrix` when one was computed
 * for this very asOf, otherwise they are computed on first use.
 */
export function historyOf(
  columns: Columns,
  customer: number,
  asOf: number,
  list: FeatureList,
  voices: readonly Voice[] = [],
  matrix: Pick<FeatureMatrix, 'row'> | null = null,
): History {
  let row = matrix?.row(customer)
  return {
    asOf,
    customer: factsAt(columns.facts[customer]!, asOf),
    events: (kind) => eventsOf(columns, kind, customer, asOf),
    voices: voicesBefore(voices, asOf),
    feature(name) {
      const column = list.index.get(name)
      if (column === undefined) throw new Error(`The ${list.profile.name} profile has no feature "${name}".`)
      row ??= featuresOf(list, columns, customer, asOf)
      return row[column]!
    },
  }
}

function eventsOf(columns: Columns, kind: string, customer: number, asOf: number): EventColumn {
  const block = columns.blocks.get(kind)
  if (block === undefined) return EMPTY
  const low = block.offsets[customer]!
  const high = firstFrom(block.at, low, block.offsets[customer + 1]!, asOf)
  return {
    at: block.at.subarray(low, high),
    measure(name) {
      if (!isMeasure(name)) throw new Error(`There is no measure "${name}".`)
      const values = block.measures.get(name)?.subarray(low, high)
      return values?.some((value) => !Number.isNaN(value)) ? values : null
    },
  }
}

function isMeasure(name: string): name is Measure {
  return (MEASURES as readonly string[]).includes(name)
}

function voicesBefore(voices: readonly Voice[], asOf: number): readonly Voice[] {
  const since = asOf - VOICE_DAYS * DAY
  const seen = voices.filter(({ at }) => at >= since && at < asOf)
  return seen.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
