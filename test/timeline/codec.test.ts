import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildTimeline } from '../../src/timeline/build.ts'
import { type Decoded, decodeShard, encodeShard, type Shard } from '../../src/timeline/codec.ts'
import { pack, unpack } from '../../src/timeline/packed.ts'
import { plain } from './plain.ts'
import { AS_OF, factsOf, randomFacts, randomRows } from './random-rows.ts'

const origin = { identity: 'database 1', flavour: 'auto 7' }
const place = { shard: 3, count: 8 }

function shardOf(...[facts, rows]: Parameters<typeof buildTimeline>) {
  const columns = buildTimeline(facts, rows)
  const shard: Shard = {
    ...place,
    mark: '771',
    ids: columns.facts.map(({ id }) => id),
    numbers: columns.facts.map(({ no }) => no),
    packed: pack(columns.size, columns.blocks),
  }
  return { columns, shard }
}

function fileOf(shard: Shard, from = origin): SharedArrayBuffer {
  const bytes = Buffer.concat(encodeShard(from, shard).bytes)
  const file = new SharedArrayBuffer(bytes.length)
  new Uint8Array(file).set(bytes)
  return file
}

function faultOf(decoded: Decoded): string | null {
  return 'fault' in decoded ? decoded.fault : null
}

const sample = shardOf(
  [factsOf('ada', 1), factsOf('bo', 2)],
  [
    { customer: 'ada', kind: 'order', at: AS_OF - 1, id: 'x', amount: Number.MAX_SAFE_INTEGER },
    { customer: 'bo', kind: 'order', at: AS_OF - 0.5, id: 'y', amount: 12_345 },
    { customer: 'bo', kind: 'visit', at: AS_OF - 86_400_001, id: 'z' },
  ],
)

describe('a shard file', () => {
  test('gives back every column, to the millisecond and the cent', () => {
    fc.assert(
      fc.property(randomFacts, randomRows, (facts, rows) => {
        const { columns, shard } = shardOf(facts, rows)
        const decoded = decodeShard(fileOf(shard), origin, place)
        if ('fault' in decoded) throw new Error(decoded.fault)
        const { packed, ...rest } = decoded.shard
        expect(plain({ ...columns, blocks: unpack(packed) })).toEqual(plain(columns))
        expect(rest).toEqual({ ...place, mark: '771', ids: shard.ids, numbers: shard.numbers })
      }),
    )
  })

  test('written again from what was read is the same bytes', () => {
    const file = fileOf(sample.shard)
    const decoded = decodeShard(file, origin, place)
    if ('fault' in decoded) throw new Error(decoded.fault)
    expect(new Uint8Array(fileOf(decoded.shard))).toEqual(new Uint8Array(file))
    expect(decoded.stamp).toBe(encodeShard(origin, sample.shard).stamp)
  })

  test('cut short anywhere is noticed', () => {
    const file = fileOf(sample.shard)
    for (let length = 0; length < file.byteLength; length += 1) {
      expect(faultOf(decodeShard(file.slice(0, length), origin, place))).not.toBeNull()
    }
  })

  test('with any byte changed is noticed, or changes nothing', () => {
    const file = fileOf(sample.shard)
    for (let byte = 0; byte < file.byteLength; byte += 1) {
      const damaged = file.slice(0)
      new Uint8Array(damaged)[byte]! ^= 0x10
      const decoded = decodeShard(damaged, origin, place)
      if ('fault' in decoded) continue
      const blocks = unpack(decoded.shard.packed)
      expect(plain({ ...sample.columns, blocks })).toEqual(plain(sample.columns))
    }
  })

  test.each([
    ['of another database', fileOf(sample.shard, { ...origin, identity: 'database 2' })],
    ['of another profile', fileOf(sample.shard, { ...origin, flavour: 'auto 8' })],
    ['of another place', fileOf({ ...sample.shard, shard: 4 })],
    ['of another place', fileOf({ ...sample.shard, count: 16 })],
    ['not a timeline file', new SharedArrayBuffer(64)],
  ])('%s is refused', (why, file) => {
    expect(faultOf(decodeShard(file, origin, place))).toBe(why)
  })

  test('of another version is refused before anything else is believed', () => {
    const file = fileOf(sample.shard)
    new Uint8Array(file)[8] = 9
    expect(faultOf(decodeShard(file, origin, place))).toBe('of version 9, not 2')
  })
})
