/**
 * Lists as PostgreSQL itself writes them down (`array_send`): many values are one parameter, and none of them is turned
 * into words and read again, which takes the server as long as keeping them.
 */

/** Types of their elements, by PostgreSQL's own numbers. */
const OID = { bigint: 20, text: 25, json: 114, float8: 701, timestamptz: 1184, uuid: 2950 } as const

/** Dimensions, whether any is null, the elements' type, how many, and the number of the first. */
const HEAD = 20

type Bytes = Buffer<ArrayBuffer>

function listOf(oid: number, count: number, bytes: number): Bytes {
  const list = Buffer.allocUnsafe(HEAD + 4 * count + bytes)
  list.writeInt32BE(1, 0)
  list.writeInt32BE(0, 4)
  list.writeInt32BE(oid, 8)
  list.writeInt32BE(count, 12)
  list.writeInt32BE(1, 16)
  return list
}

/** Of `uuid[]`. Throws on what is none. */
export function uuids(ids: readonly string[]): Bytes {
  const list = listOf(OID.uuid, ids.length, 16 * ids.length)
  let at = HEAD
  for (const id of ids) at = putUuid(list, at, id)
  return list
}

/** Of `text[]`. */
export function texts(words: readonly string[]): Bytes {
  let units = 0
  for (const each of words) units += each.length
  const list = listOf(OID.text, words.length, 3 * units)
  let at = HEAD
  for (const each of words) {
    const length = list.write(each, at + 4)
    list.writeInt32BE(length, at)
    at += 4 + length
  }
  return list.subarray(0, at)
}

/** Of `float8[]`. */
export function floats(numbers: Float64Array): Bytes {
  const list = listOf(OID.float8, numbers.length, 8 * numbers.length)
  let at = HEAD
  for (const number of numbers) {
    list.writeInt32BE(8, at)
    list.writeDoubleBE(number, at + 4)
    at += 12
  }
  return list
}

/** Of `bigint[]`, from whole numbers that are exact. */
export function bigints(numbers: Float64Array): Bytes {
  return eights(OID.bigint, numbers, putWhole)
}

/** Of `timestamptz[]`, from milliseconds since 1970. */
export function instants(milliseconds: Float64Array): Bytes {
  return eights(OID.timestamptz, milliseconds, putInstant)
}

function eights(oid: number, numbers: Float64Array, put: typeof putWhole): Bytes {
  const list = listOf(oid, numbers.length, 8 * numbers.length)
  let at = HEAD
  for (const number of numbers) at = put(list, at, number)
  return list
}

/** Of `json[]`, from texts in UTF-8 that lie one after the other, and where each ends. */
export function jsons(bodies: Uint8Array, ends: Uint32Array): Bytes {
  const list = listOf(OID.json, ends.length, bodies.length)
  let [from, at] = [0, HEAD]
  for (const end of ends) {
    list.writeInt32BE(end - from, at)
    list.set(bodies.subarray(from, end), at + 4)
    at += 4 + end - from
    from = end
  }
  return list
}

/** Puts a value's length and the value; gives where it ends. Throws on what is no UUID. */
export function putUuid(into: Buffer, at: number, id: string): number {
  into.writeInt32BE(16, at)
  const written = into.write(id.replaceAll('-', ''), at + 4, 16, 'hex')
  if (written !== 16 || id.length !== 36) throw new Error(`${JSON.stringify(id)} is no UUID.`)
  return at + 20
}

/** The same of a bigint. Throws on what is not exact. */
export function putWhole(into: Buffer, at: number, whole: number): number {
  if (!Number.isSafeInteger(whole)) throw new Error(`${whole} is no whole number.`)
  into.writeInt32BE(8, at)
  // Two's complement, as the upper half is rounded down.
  into.writeInt32BE(Math.floor(whole / 0x1_0000_0000), at + 4)
  into.writeUInt32BE(whole >>> 0, at + 8)
  return at + 12
}

/** PostgreSQL counts microseconds from here. */
const FIRST_INSTANT = Date.UTC(2000, 0, 1)

/** The same of a timestamptz, from milliseconds since 1970. */
export function putInstant(into: Buffer, at: number, milliseconds: number): number {
  return putWhole(into, at, (Math.trunc(milliseconds) - FIRST_INSTANT) * 1000)
}
