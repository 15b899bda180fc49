import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Mark } from './rows.ts'
import { replaceFile, settleFolder } from './shard-file.ts'

/**
 * What a folder of shard files holds together: with these very contents (by stamp) they are up to `mark`, though most
 * were written at an earlier one, when one of their customers had last been touched.
 */
export interface Manifest {
  readonly count: number
  readonly mark: Mark
  readonly stamps: readonly string[]
}

const NAME = 'manifest.json'
const SHARD = /^shard-(\d+)-of-(\d+)\.columns$/

export function shardPath(folder: string, shard: number, count: number): string {
  return join(folder, `shard-${shard}-of-${count}.columns`)
}

export interface Held {
  readonly manifest: Manifest | null
  /** Shards the files are dealt as, how many of these there are, and their bytes. */
  readonly count: number
  readonly files: number
  readonly bytes: number
}

/** What a folder holds, as far as it can be read: without manifest, shards are dealt as their names say. */
export async function readFolder(folder: string): Promise<Held> {
  const names = await readdir(folder).catch(() => [])
  const counts = names.flatMap((name) => SHARD.exec(name)?.[2] ?? []).map(Number)
  const manifest = await readFile(join(folder, NAME), 'utf8').then(manifestIn, () => null)
  const count = manifest?.count ?? counts.find((each) => isPowerOfTwo(each)) ?? 1
  const own = names.filter((name) => Number(SHARD.exec(name)?.[2]) === count)
  const sizes = await Promise.all(
    own.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return { manifest, count, files: own.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** Writes the manifest and removes what is left of an earlier deal. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const words = JSON.stringify(manifest)
  const path = join(folder, NAME)
  await replaceFile(path, [Buffer.from(`${crc32(words)}\n${words}\n`)])
  await settleFolder(path)
  const names = await readdir(folder)
  const old = names.filter((name) => {
    const match = SHARD.exec(name)
    return match === null ? isForsaken(name) : Number(match[2]) !== manifest.count
  })
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
}

function manifestIn(words: string): Manifest | null {
  const [sum, body] = words.split('\n')
  return body !== undefined && String(crc32(body)) === sum ? (JSON.parse(body) as Manifest) : null
}

function isPowerOfTwo(count: number): boolean {
  return count > 0 && Number.isInteger(Math.log2(count))
}

/** A draft whose writer was killed. */
function isForsaken(name: string): boolean {
  const writer = /\.(\d+)\.tmp$/.exec(name)?.[1]
  if (writer === undefined || Number(writer) === process.pid) return false
  try {
    process.kill(Number(writer), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
