import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { MEASURES } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { parentsOf } from '../features/kind-tree.ts'
import type { Log } from '../log.ts'
import { breathe } from './breathe.ts'
import type { Origin, Shard } from './codec.ts'
import type { Crew } from './crew.ts'
import type { Deal } from './deal.ts'
import { readFolder, shardPath, writeManifest } from './manifest.ts'
import type { Packed } from './packed.ts'
import type { PackedFacts } from './packed-facts.ts'
import type { Mark } from './rows.ts'
import type { Places } from './texts.ts'

/** Where shard files lie. They can be deleted at any time: what is missing is read from the database again. */
export interface CachePlace {
  readonly folder: string
  /** Tells this database from every other, and from a copy of it that went its own way. */
  identity(): Promise<string>
  /** What shaped the columns besides the profile's kinds, such as the words moods are read by. */
  readonly shapedBy: string
}

/** A shard as it was: who is where in its columns, and the mark these are up to. */
export interface KeptShard {
  readonly index: Pick<Places, 'get' | 'size'>
  readonly packed: Packed
  readonly mark: Mark
}

export interface Cache {
  /** What the files hold, by shard; null where there is nothing to trust. Never rejects for what a file holds. */
  open(): Promise<readonly (KeptShard | null)[]>
  /** Writes, behind the scenes, the shards that are not on the disk yet. A later call overtakes an earlier one. */
  save(mark: Mark, deal: Deal, packed: readonly Packed[]): void
  /** Resolves when everything is written, or has failed to be. */
  settled(): Promise<void>
}

export const NO_CACHE: Cache = { open: async () => [null], save: () => {}, settled: async () => {} }

export function openCache(
  place: CachePlace,
  list: FeatureList,
  crew: (bytes: number) => Crew,
  log: Pick<Log, 'warn'>,
): Cache {
  const { folder } = place
  /** Stamps of what was written or read, by the file: several empty shards may have the same columns. */
  const stamps = new WeakMap<Packed, Map<string, string>>()
  let origin: Promise<Origin> | null = null
  let latest: { readonly mark: Mark; readonly deal: Deal; readonly packed: readonly Packed[] } | null = null
  let writing: Promise<void> | null = null
  let listed: string | null = null

  function ownOrigin(): Promise<Origin> {
    origin ??= place.identity().then((identity) => ({ identity, flavour: flavourOf(list, place.shapedBy) }))
    origin.catch(() => {
      origin = null
    })
    return origin
  }

  function remember(path: string, columns: Packed, stamp: string): void {
    const own = stamps.get(columns) ?? new Map<string, string>()
    stamps.set(columns, own.set(path, stamp))
  }

  async function writeOne(path: string, shard: Shard): Promise<string> {
    const stamp = await crew(shard.packed.buffer.byteLength * shard.count).run(
      'write',
      path,
      await ownOrigin(),
      shard,
    )
    remember(path, shard.packed, stamp)
    return stamp
  }

  async function write({ mark, deal, packed }: NonNullable<typeof latest>): Promise<void> {
    const { count } = deal
    await mkdir(folder, { recursive: true })
    const now: string[] = []
    for (const [shard, columns] of packed.entries()) {
      const path = shardPath(folder, shard, count)
      const known = stamps.get(columns)?.get(path)
      if (known === undefined) await breathe()
      const written = () =>
        writeOne(path, { shard, count, mark, ...peopleOf(deal.shards[shard]!), packed: columns })
      now.push(known ?? (await written()))
    }
    // Nothing new is in the files: an older mark only means to look further back.
    if (now.join() === listed) return
    await writeManifest(folder, { count, mark, stamps: now })
    listed = now.join()
  }

  async function writeAll(): Promise<void> {
    while (latest !== null) {
      const next = latest
      latest = null
      await write(next).catch((error: unknown) =>
        log.warn({ error, folder }, 'timeline files were not written'),
      )
    }
    writing = null
  }

  return {
    open: async () => {
      const { count, manifest, files, bytes } = await readFolder(folder)
      if (files === 0) return [null]
      listed = manifest === null ? null : manifest.stamps.join()
      const own = await ownOrigin()
      const hands = crew(bytes)
      const kept = new Array<KeptShard | null>(count).fill(null)
      const faults: string[] = []
      const opening = kept.map(async (_, place) => {
        const path = shardPath(folder, place, count)
        const read = await hands.run('read', path, own, { shard: place, count })
        if ('fault' in read) {
          faults.push(`${place}: ${read.fault}`)
          return
        }
        const { shard, stamp } = read
        remember(path, shard.packed, stamp)
        const index = new Map(shard.ids.map((id, position) => [id, position]))
        const isListed = manifest !== null && manifest.stamps[place] === stamp
        kept[place] = { index, packed: shard.packed, mark: isListed ? manifest.mark : shard.mark }
      })
      await Promise.all(opening)
      if (faults.length > 0) {
        const shown = faults.slice(0, 8)
        log.warn({ folder, of: count, shards: faults.length, shown }, 'timeline files are made anew')
      }
      return kept
    },
    save: (mark, deal, packed) => {
      latest = { mark, deal, packed }
      writing ??= writeAll()
    },
    settled: async () => {
      while (writing !== null) await writing
    },
  }
}

function peopleOf({ ids, numbers: { no } }: PackedFacts): Pick<Shard, 'ids' | 'numbers'> {
  return { ids: Array.from(no, (_, place) => ids.at(place)), numbers: [...no] }
}

/** Everything of a profile that shapes columns, and what else does. */
function flavourOf(list: FeatureList, shapedBy: string): string {
  const kinds = Object.keys(list.profile.kinds)
  return createHash('sha256')
    .update(JSON.stringify([MEASURES, kinds, [...parentsOf(list.profile)], shapedBy]))
    .digest('hex')
}
