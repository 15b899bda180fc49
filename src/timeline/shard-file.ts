import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Decoded, decodeShard, encodeShard, type Origin, type Shard } from './codec.ts'

/** Reads one shard. A file that is missing or cannot be read is a fault like a damaged one; never throws. */
export async function readShard(
  path: string,
  origin: Origin,
  place: { readonly shard: number; readonly count: number },
): Promise<Decoded> {
  try {
    return decodeShard(await contentOf(path), origin, place)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { fault: code === 'ENOENT' ? 'missing' : `unreadable (${code})` }
  }
}

/** Writes one shard in one go: whoever opens the path finds the old content or the new. Gives the new one's stamp. */
export async function writeShard(path: string, origin: Origin, shard: Shard): Promise<string> {
  const { bytes, stamp } = encodeShard(origin, shard)
  await replaceFile(path, bytes)
  return stamp
}

/** Puts a file in another's place when all of it is on the disk. */
export async function replaceFile(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`
  try {
    const file = await open(draft, 'w')
    try {
      for (const piece of pieces) await writeAll(file, piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  }
}

/** Makes the names in a file's folder as lasting as the files. */
export async function settleFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}

type File = Awaited<ReturnType<typeof open>>

async function writeAll(file: File, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    done += (await file.write(piece, done, piece.length - done)).bytesWritten
  }
}

/** Straight into memory that threads share. */
async function contentOf(path: string): Promise<SharedArrayBuffer> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const content = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(content)
    for (let done = 0; done < size; ) {
      const { bytesRead } = await file.read(bytes, done, size - done, done)
      if (bytesRead === 0) return content.slice(0, done)
      done += bytesRead
    }
    return content
  } finally {
    await file.close()
  }
}
