import { crc32 } from 'node:zlib'
import { aligned, moved, type Packed, type PackedBlock, spansOf } from './packed.ts'
import type { Mark } from './rows.ts'

/** Whose columns a file may hold: the database they were read from, and everything that shaped them on the way. */
export interface Origin {
  readonly identity: string
  readonly flavour: string
}

/** One shard as a file holds it: its customers in ascending `no`, their columns, and the mark these are up to. */
export interface Shard {
  readonly shard: number
  readonly count: number
  readonly mark: Mark
  readonly ids: readonly string[]
  readonly numbers: readonly number[]
  readonly packed: Packed
}

/** A shard out of a file; `stamp` tells this content from any other of the same shard. */
export type Decoded = { readonly shard: Shard; readonly stamp: string } | { readonly fault: string }

interface Header extends Origin, Omit<Shard, 'packed'> {
  readonly blocks: readonly PackedBlock[]
  readonly bytes: number
  /** CRC-32 of every column, in the order of `spansOf`. */
  readonly sums: readonly number[]
}

/** Raised with every change of what the bytes mean. */
const FORMAT = 2
const MAGIC = Buffer.from('FSHOCKTL')
/** Magic, format, bytes of the header, CRC-32 of the header, nothing. */
const PREFIX = 24

/** The bytes of a file in two pieces, of which the second is the columns as they lie in memory. */
export function encodeShard(
  origin: Origin,
  { packed, ...rest }: Shard,
): { bytes: Uint8Array[]; stamp: string } {
  const spans = spansOf(packed)
  const base = Math.min(packed.buffer.byteLength, ...spans.map(({ from }) => from))
  const end = Math.max(base, ...spans.map(({ from, bytes }) => from + aligned(bytes)))
  const header: Header = {
    ...origin,
    ...rest,
    blocks: moved(packed.blocks, -base),
    bytes: end - base,
    sums: spans.map(({ from, bytes }) => crc32(new Uint8Array(packed.buffer, from, bytes))),
  }
  const words = Buffer.from(JSON.stringify(header))
  const head = Buffer.alloc(PREFIX + aligned(words.length), ' ')
  MAGIC.copy(head)
  words.copy(head, PREFIX)
  const sum = crc32(head.subarray(PREFIX))
  ;[FORMAT, head.length - PREFIX, sum, 0].forEach((value, place) => {
    head.writeUInt32LE(value, MAGIC.length + 4 * place)
  })
  const body = new Uint8Array(packed.buffer, base, end - base)
  return { bytes: [head, body], stamp: stampOf(rest.mark, sum) }
}

/**
 * Reads what `encodeShard` wrote, without copying the columns: they stay in `file`. Whatever is not exactly that
 * (cut short, damaged, of another version, database, profile or place) is a fault, in words for the log.
 */
export function decodeShard(
  file: SharedArrayBuffer,
  origin: Origin,
  place: { readonly shard: number; readonly count: number },
): Decoded {
  const prefix = Buffer.from(new Uint8Array(file).slice(0, PREFIX))
  if (prefix.length < PREFIX || !prefix.subarray(0, MAGIC.length).equals(MAGIC))
    return fault('not a timeline file')
  const [format, length, sum] = [0, 1, 2].map((nth) => prefix.readUInt32LE(MAGIC.length + 4 * nth))
  if (format !== FORMAT) return fault(`of version ${format}, not ${FORMAT}`)
  const words = Buffer.from(new Uint8Array(file).slice(PREFIX, PREFIX + length!))
  if (words.length < length! || crc32(words) !== sum) return fault('damaged in its header')
  const header = JSON.parse(words.toString()) as Header
  if (header.identity !== origin.identity) return fault('of another database')
  if (header.flavour !== origin.flavour) return fault('of another profile')
  if (header.shard !== place.shard || header.count !== place.count) return fault('of another place')
  const base = PREFIX + length!
  if (file.byteLength !== base + header.bytes) return fault('cut short')
  const { shard, count, mark, ids, numbers } = header
  const packed = { size: ids.length, buffer: file, blocks: moved(header.blocks, base) }
  const broken = spansOf(packed).findIndex(
    ({ from, bytes }, column) => crc32(new Uint8Array(file, from, bytes)) !== header.sums[column],
  )
  if (broken >= 0) return fault('damaged in a column')
  return { shard: { shard, count, mark, ids, numbers, packed }, stamp: stampOf(mark, sum!) }
}

function stampOf(mark: Mark, sum: number): string {
  return `${mark}.${sum.toString(16)}`
}

function fault(words: string): Decoded {
  return { fault: words }
}
