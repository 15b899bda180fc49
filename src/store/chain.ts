import { createHash } from 'node:crypto'

/** What stands before the first link of a chain. */
export const GENESIS = '0'.repeat(64)

/** One link of a log in which nothing can be changed or taken out unseen: each carries the hash of the one before. */
export interface Link {
  readonly seq: number
  readonly kind: string
  readonly ref: string
  readonly at: Date
  /** Of the row it stands for. */
  readonly digest: string
  readonly prev: string
  readonly hash: string
}

/** SHA-256 of a row, the same however its keys are ordered. Dates count as their ISO text, undefined as absent. */
export function digestOf(row: unknown): string {
  return sha256(canonical(row))
}

/** The next link after `last`, or the first. */
export function linkAfter(
  last: Pick<Link, 'seq' | 'hash'> | null,
  entry: Pick<Link, 'kind' | 'ref' | 'at' | 'digest'>,
): Link {
  const seq = (last?.seq ?? 0) + 1
  const prev = last?.hash ?? GENESIS
  const { kind, ref, at, digest } = entry
  return { seq, kind, ref, at, digest, prev, hash: hashOf({ seq, kind, ref, at, digest, prev }) }
}

/** Why a link does not follow the one before it; null when it does. */
export function faultIn(last: Pick<Link, 'seq' | 'hash'> | null, link: Link): 'missing' | 'altered' | null {
  if (link.seq !== (last?.seq ?? 0) + 1 || link.prev !== (last?.hash ?? GENESIS)) return 'missing'
  return hashOf(link) === link.hash ? null : 'altered'
}

function hashOf({ seq, kind, ref, at, digest, prev }: Omit<Link, 'hash'>): string {
  return sha256(canonical([seq, kind, ref, at, digest, prev]))
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex')
