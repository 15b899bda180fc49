/**
 * Frames of Lark's long connection, written from their field numbers: SeqID 1, LogID 2, service 3, method 4
 * {0 control, 1 data}, headers 5 {key 1, value 2}, payload_encoding 6, payload_type 7, payload 8, LogIDNew 9.
 */
export interface Frame {
  readonly service: number
  readonly method: 0 | 1
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Buffer
}

export function encodeFrame({ service, method, headers, payload }: Frame): Buffer {
  return Buffer.concat([
    number(1, 1),
    number(2, 2),
    number(3, service),
    number(4, method),
    ...Object.entries(headers).map(([key, value]) =>
      bytes(5, Buffer.concat([bytes(1, Buffer.from(key)), bytes(2, Buffer.from(value))])),
    ),
    bytes(8, payload),
  ])
}

export function decodeFrame(from: Buffer): Frame {
  const headers: Record<string, string> = {}
  let service = 0
  let method: 0 | 1 = 0
  let payload = Buffer.alloc(0)
  for (const { field, value, held } of fieldsOf(from)) {
    if (field === 3) service = value
    if (field === 4) method = value === 1 ? 1 : 0
    if (field === 8) payload = Buffer.from(held)
    if (field !== 5) continue
    const [key, word] = fieldsOf(held)
    headers[key?.held.toString() ?? ''] = word?.held.toString() ?? ''
  }
  return { service, method, headers, payload }
}

function* fieldsOf(from: Buffer): Generator<{ field: number; value: number; held: Buffer }> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = from[at++]!
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < from.length) {
    const tag = varint()
    const value = varint()
    if ((tag & 7) === 0) yield { field: tag >> 3, value, held: Buffer.alloc(0) }
    else {
      yield { field: tag >> 3, value, held: from.subarray(at, at + value) }
      at += value
    }
  }
}

function varint(value: number): Buffer {
  const out: number[] = []
  let rest = value
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return Buffer.from([...out, rest])
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)])
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(value.length), value])
}
