import { join } from 'node:path'
import type { Config } from '../config.ts'
import { featureList } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import type { Log } from '../log.ts'
import type { Database, Place } from '../store/database.ts'
import { databaseIdentity } from '../store/database-identity.ts'
import type { Store } from '../store/store.ts'
import type { CachePlace } from '../timeline/cache.ts'
import { openTimeline, type Timeline } from '../timeline/timeline.ts'
import type { MoodOf } from '../voice/mood.ts'
import { shippedTone } from './shipped.ts'

/** Everyone's histories, kept in files beside the embedded database, or where it would be; in memory for one in memory. */
export function openHistories(parts: {
  readonly config: Config
  readonly place: Place
  readonly database: Database
  readonly store: Store
  readonly profile: Profile
  readonly mood: MoodOf
  readonly log: Log
}): Timeline {
  const { config, place, database, store, profile, mood, log } = parts
  const list = featureList(profile, config.company.timeZone)
  const folder = place.kind === 'folder' ? place.folder : config.database.folder
  const cache: CachePlace = {
    folder: join(folder, 'timeline'),
    identity: () => databaseIdentity(database.pool),
    // Stored moods were read by these words and weights, amounts in this currency: with others they must be read again.
    shapedBy: `${shippedTone().digest} ${config.company.currency}`,
  }
  return openTimeline(store.timeline, list, mood, {
    log,
    cache: place.kind === 'memory' ? undefined : cache,
  })
}
