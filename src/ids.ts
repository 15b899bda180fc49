import { createHash, randomUUID } from 'node:crypto'

/** Where new UUIDs come from; injected so that a seeded run names things the same way twice. */
export type NewId = () => string

export const randomIds: NewId = () => randomUUID()

/** UUIDs derived from a seed and a counter: the same seed gives the same ids in the same order. */
export function seededIds(seed: string): NewId {
  let count = 0
  return () => {
    count += 1
    return uuidOf(seed, String(count))
  }
}

/** A UUID that depends only on its parts: writing the same row twice meets the same primary key. */
export function uuidOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
