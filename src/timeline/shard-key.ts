/** What one shard should hold at most, so that it is read, merged and written in one go. */
export interface ShardSize {
  readonly customers: number
  /** Of columns. */
  readonly bytes: number
}

export const SHARD_SIZE: ShardSize = { customers: 4_096, bytes: 8 * 2 ** 20 }

/** The shard a customer is dealt to. `count` is a power of two: with twice as many, each shard falls into two. */
export function shardOf(customer: string, count: number): number {
  return shardBy(hashOf(customer), count)
}

/** The same by the hash of the customer's id. */
export function shardBy(hash: number, count: number): number {
  return hash & (count - 1)
}

/** A number of 32 bits that spreads well. */
export function hashOf(customer: string): number {
  let hash = FIRST
  for (let place = 0; place < customer.length; place += 1) {
    hash = Math.imul(hash ^ customer.charCodeAt(place), STEP)
  }
  return stirred(hash)
}

/** The same of a text that lies in memory as UTF-8; null: it is not ASCII, and only the text itself will do. */
export function hashOfAscii(bytes: Uint8Array, from: number, to: number): number | null {
  let hash = FIRST
  for (let at = from; at < to; at += 1) {
    const code = bytes[at]!
    if (code > 127) return null
    hash = Math.imul(hash ^ code, STEP)
  }
  return stirred(hash)
}

const FIRST = 0x811c9dc5
const STEP = 0x01000193

function stirred(told: number): number {
  let hash = told
  // The low bits of this hash know little of the first letters; stirring brings them down.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** How many shards so many customers with so many bytes of columns are dealt to: a power of two. */
export function shardCount(customers: number, bytes: number, size: ShardSize = SHARD_SIZE): number {
  let count = 1
  while (customers / count > size.customers || bytes / count > size.bytes) count *= 2
  return count
}

/** The count to go on with. Dealing anew rewrites every file, so shards may first grow to twice what they should be. */
export function nextShardCount(now: number, customers: number, bytes: number, size?: ShardSize): number {
  const wanted = shardCount(customers, bytes, size)
  return wanted > now * 2 ? wanted : now
}
