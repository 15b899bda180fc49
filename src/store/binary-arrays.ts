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
  for (const id of ids) {
    list.writeInt32BE(16, at)
    const written = list.write(id.replaceAll('-', ''), at + 4, 16, 'hex')
    if (written !== 16 || id.length !== 36) throw new Error(`${JSON.stringify(id)} is no UUID.`)
    at += 20
  }
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
  return wholes(OID.bigint, numbers, (number) => number)
}

/** PostgreSQL counts microseconds from here. */
const FIRST_INSTANT = Date.UTC(2000, 0, 1)

/** Of `timestamptz[]`, from milliseconds since 1970. */
export function instants(milliseconds: Float64Array): Bytes {
  return wholes(OID.timestamptz, milliseconds, (at) => (Math.trunc(at) - FIRST_INSTANT) * 1000)
}

function wholes(oid: number, numbers: Float64Array, of: (number: number) => number): Bytes {
  const list = listOf(oid, numbers.length, 8 * numbers.length)
  let at = HEAD
  for (const number of numbers) {
    const whole = of(number)
    if (!Number.isSafeInteger(whole)) throw new Error(`${number} is no whole number.`)
    list.writeInt32BE(8, at)
    // Two's complement, as the upper half is rounded down.
    list.writeInt32BE(Math.floor(whole / 0x1_0000_0000), at + 4)
    list.writeUInt32BE(whole >>> 0, at + 8)
    at += 12
  }
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
