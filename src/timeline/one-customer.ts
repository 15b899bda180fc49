import type { Columns, EventBlock } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { buildTimeline } from './build.ts'
import { eventBlock } from './event-block.ts'
import type { CustomerFacts, History, Voice } from './history.ts'
import type { TimelineRow } from './rows.ts'
import { historyOf } from './view.ts'

/** Since when each kind is measured, for anyone: what one customer's rows alone cannot tell. */
export type MeasuredSince = ReadonlyMap<string, number>

export function measuredSince(columns: Columns): MeasuredSince {
  return new Map([...columns.blocks].map(([kind, { since }]) => [kind, since]))
}

/**
 * The real-time path: one customer's history straight from the rows (any order), equal to the timeline's view of
 * the same rows. `since` is the timeline's, so that "never logged in" and "logins are not measured" stay apart.
 */
export function historyFromRows(
  facts: CustomerFacts,
  rows: Iterable<TimelineRow>,
  voices: readonly Voice[],
  asOf: number,
  list: FeatureList,
  since: MeasuredSince,
): History {
  const own = buildTimeline([facts], rows, parentsOf(list.profile))
  return historyOf(besideOthers(own, since), 0, asOf, list, voices)
}

/** Columns of some customers as they look beside everyone's: what others have and they have not is empty, not unmeasured. */
export function besideOthers(own: Columns, since: MeasuredSince): Columns {
  const blocks = new Map<string, EventBlock>()
  for (const kind of new Set([...own.blocks.keys(), ...since.keys()])) {
    const none = () => eventBlock(new Int32Array(own.size + 1), new Float64Array(0), new Map())
    const block = own.blocks.get(kind) ?? none()
    blocks.set(kind, { ...block, since: Math.min(block.since, since.get(kind) ?? Number.POSITIVE_INFINITY) })
  }
  return { ...own, blocks }
}
