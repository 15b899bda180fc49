import type { Clock } from '../clock.ts'
import { HOUR } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Columns } from '../features/columns.ts'
import { completeness, type QualityFinding } from '../features/completeness.ts'
import { fieldCounts } from '../features/field-counts.ts'
import { parentsOf } from '../features/kind-tree.ts'
import type { Profile } from '../features/profile.ts'
import { ingestSources } from '../ingest/access.ts'
import { rowMappings } from '../sources/mapping.ts'
import type { Store } from '../store/store.ts'
import type { Timeline } from '../timeline/timeline.ts'

/** How whole the data is now, against the targets: judged on the timeline, and on what was refused at the door. */
export function openQuality(parts: {
  timeline: Timeline
  profile: Profile
  store: Store
  config: Config
  clock: Clock
}): () => Promise<QualityFinding[]> {
  const { timeline, profile, store, config, clock } = parts
  // Customers' fields are judged field by field; this is about what they did and said.
  const sources = [
    ...config.sources
      .filter((mapping) => rowMappings(mapping).some(({ record }) => record !== 'customer'))
      .map(({ name }) => name),
    ...ingestSources(config.access.ingest),
  ]
  return async () => {
    await timeline.refresh()
    const asOf = clock.now().getTime()
    const refused = await store.sources.quarantineCount(sources)
    const columns = await timeline.gather()
    const rows = { accepted: eventsIn(columns, profile), refused }
    const { horizon } = timeline
    return completeness({
      fields: fieldCounts(columns, profile, asOf, rows),
      hoursOld: Number.isNaN(horizon) ? null : Math.max(0, asOf - horizon) / HOUR,
    })
  }
}

/** Every event once: one of a special kind lies in that kind's block and in the one it counts as. */
function eventsIn({ blocks }: Columns, profile: Profile): number {
  const special = parentsOf(profile)
  return [...blocks].reduce((sum, [kind, { at }]) => sum + (special.has(kind) ? 0 : at.length), 0)
}
