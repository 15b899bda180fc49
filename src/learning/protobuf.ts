/** The little of Protocol Buffers that an ONNX file needs: https://protobuf.dev/programming-guides/encoding */

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder()

/** A message being written, field by field; fields may come in any order and more than once. */
export class Message {
  private readonly parts: Uint8Array[] = []
  private size = 0

  /** A whole number, at least 0. */
  int(field: number, value: number): this {
    return this.add(varints([field * 8 + VARINT, value]))
  }

  float(field: number, value: number): this {
    this.add(varints([field * 8 + FIXED32]))
    return this.add(bytesOf(Float32Array.of(value)))
  }

  bytes(field: number, value: Uint8Array): this {
    this.add(varints([field * 8 + BYTES, value.length]))
    return this.add(value)
  }

  string(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value))
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish())
  }

  /** Many whole numbers, at least 0, packed. */
  ints(field: number, values: ArrayLike<number>): this {
    return this.bytes(field, varints(values))
  }

  /** Many float32, packed. */
  floats(field: number, values: Float32Array): this {
    return this.bytes(field, bytesOf(values))
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.size)
    let at = 0
    for (const part of this.parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  private add(part: Uint8Array): this {
    this.parts.push(part)
    this.size += part.length
    return this
  }
}

function varints(values: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(values.length * 10)
  let at = 0
  for (let index = 0; index < values.length; index += 1) {
    let rest = values[index]!
    for (; rest >= 128; rest = Math.floor(rest / 128)) out[at++] = (rest % 128) | 128
    out[at++] = rest
  }
  return out.subarray(0, at)
}

/** The bytes of numbers as they lie in memory: little-endian on every machine Node runs on but a few mainframes. */
export function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** One field as read: a number for varints, bytes for everything else. */
export interface Field {
  readonly number: number
  readonly value: number | Uint8Array
}

/** The fields of a message, in order. Throws a RangeError where the bytes are not a message. */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  const reader = new Reader(bytes)
  while (!reader.ended) {
    const key = reader.varint()
    fields.push({ number: Math.floor(key / 8), value: fieldValue(reader, key % 8) })
  }
  return fields
}

function fieldValue(reader: Reader, kind: number): Field['value'] {
  switch (kind) {
    case VARINT:
      return reader.varint()
    case FIXED64:
      return reader.take(8)
    case BYTES:
      return reader.take(reader.varint())
    case FIXED32:
      return reader.take(4)
    default:
      throw new RangeError(`wire type ${kind} is not known`)
  }
}

class Reader {
  private at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get ended(): boolean {
    return this.at >= this.bytes.length
  }

  /** Exact up to 2^53; a negative number, which takes ten bytes, comes out as one too large for anything. */
  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at]
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('a number is cut off')
      this.at += 1
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('a field is cut off')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}

/** All sub-messages, strings or byte fields of one number. */
export function allBytes(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap((field) =>
    field.number === number && typeof field.value !== 'number' ? [field.value] : [],
  )
}

export function firstString(fields: readonly Field[], number: number): string {
  const found = allBytes(fields, number)[0]
  return found === undefined ? '' : fromUtf8.decode(found)
}

export function firstInt(fields: readonly Field[], number: number): number | undefined {
  const found = fields.find((field) => field.number === number)?.value
  return typeof found === 'number' ? found : undefined
}

/** Whole numbers of one field, packed or one by one. */
export function allInts(fields: readonly Field[], number: number): number[] {
  const out: number[] = []
  for (const field of fields) {
    if (field.number !== number) continue
    if (typeof field.value === 'number') {
      out.push(field.value)
      continue
    }
    const reader = new Reader(field.value)
    while (!reader.ended) out.push(reader.varint())
  }
  return out
}

/** The float32 of one field, packed or one by one. */
export function allFloats(fields: readonly Field[], number: number): Float32Array {
  const parts = allBytes(fields, number)
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0) / 4)
  let at = 0
  for (const part of parts) {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
    for (let offset = 0; offset < part.byteLength; offset += 4) out[at++] = view.getFloat32(offset, true)
  }
  return out
}
