import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FileProblem } from './problem.ts'

/** Small enough that mapping the rows of one chunk does not hold up the chat. */
const CHUNK = 64 * 1024

/** How to read a file, and when to stop. */
export interface Reading {
  readonly path: string
  /** Most bytes a .gz may unpack to. */
  readonly unpackedLimit: number
  readonly signal: AbortSignal
}

/** Counts and hashes the bytes of the file as it lies on disk while it is being read. */
export interface Meter {
  bytes: number
  readonly hash: Hash
}

export function newMeter(): Meter {
  return { bytes: 0, hash: createHash('sha256') }
}

/** The file's content, unpacked where its name ends in .gz. Throws FileProblem for a damaged or huge .gz. */
export async function* bytesOf(reading: Reading, meter: Meter): AsyncGenerator<Buffer> {
  const packed = metered(reading, meter)
  if (!/\.gz$/i.test(reading.path)) {
    yield* packed
    return
  }
  const gunzip = createGunzip({ chunkSize: CHUNK })
  // Errors of either side surface in the loop below; pipeline only ties their ends together.
  pipeline(packed, gunzip, () => {})
  let unpacked = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      if (unpacked > reading.unpackedLimit) throw tooBig(reading.unpackedLimit)
      yield chunk
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(unpacked, error) : error
  }
}

async function* metered(reading: Reading, meter: Meter): AsyncGenerator<Buffer> {
  const stream = createReadStream(reading.path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>
  for await (const chunk of stream) {
    reading.signal.throwIfAborted()
    meter.bytes += chunk.length
    meter.hash.update(chunk)
    yield chunk
  }
}

/** The first bytes of the content, enough to tell encodings apart. */
export async function headOf(reading: Reading, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let have = 0
  for await (const chunk of bytesOf(reading, newMeter())) {
    chunks.push(chunk)
    have += chunk.length
    if (have >= length) break
  }
  return Buffer.concat(chunks).subarray(0, length)
}

/** SHA-256 of the file as it lies on disk, in hex. */
export async function sha256Of(reading: Reading): Promise<string> {
  const meter = newMeter()
  for await (const _ of metered(reading, meter));
  return meter.hash.digest('hex')
}

/** The same of its first bytes, so many as each of the sizes says; of sizes that it does not have none. */
export async function sha256At(reading: Reading, sizes: readonly number[]): Promise<Map<number, string>> {
  const left = [...new Set(sizes)].sort((a, b) => a - b)
  const found = new Map<number, string>()
  const hash = createHash('sha256')
  let at = 0
  for await (const chunk of metered(reading, newMeter())) {
    let from = 0
    for (; left.length > 0 && left[0]! <= at + chunk.length; left.shift()) {
      const size = left[0]!
      hash.update(chunk.subarray(from, size - at))
      from = size - at
      found.set(size, hash.copy().digest('hex'))
    }
    if (left.length === 0) break
    hash.update(chunk.subarray(from))
    at += chunk.length
  }
  return found
}

function tooBig(limit: number): FileProblem {
  return new FileProblem(
    `解压后超过 ${limit.toLocaleString('en')} 字节；请拆成几个小文件`,
    `unpacks to more than ${limit.toLocaleString('en')} bytes; split it into smaller files`,
  )
}

function damaged(unpacked: number, error: Error): FileProblem {
  const bytes = unpacked.toLocaleString('en')
  const [zh, en] =
    unpacked === 0 ? ['从头就', 'from its start'] : [`解压 ${bytes} 字节后`, `after ${bytes} unpacked bytes`]
  return new FileProblem(
    `是损坏的 .gz（${zh}读不下去：${error.message}）；请从来源重新复制`,
    `is a damaged .gz ${en} (${error.message}); copy it again from where it came`,
  )
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_')
}
