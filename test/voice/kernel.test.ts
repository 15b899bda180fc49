import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openClues } from '../../src/voice/clues.ts'
import { Area, age, bytes, keepPairs, loops, numbers, roomFor, units } from '../../src/voice/kernel/memory.ts'
import { openText } from '../../src/voice/open-text.ts'
import { LEXICON } from './shipped.ts'

test('rooms are empty, apart from each other, and on whole words', () => {
  const owner = {}
  const rooms = [1, 1_000, 70_000].map((size) => ({ at: roomFor(size, owner), size }))
  for (const { at, size } of rooms) {
    expect(at % 16).toBe(0)
    expect(bytes.subarray(at, at + size).every((byte) => byte === 0)).toBe(true)
    bytes.fill(1, at, at + size)
  }
  expect(new Set(rooms.map(({ at }) => at)).size).toBe(3)
})

test('what is open is read again when the memory has grown', () => {
  const clues = openClues(LEXICON, null)
  const before = structuredClone(clues.of('车很好，但是服务太差'))
  const part = structuredClone(clues.ofPart(0, 4))
  const grown = age
  roomFor(bytes.length, {})
  expect(age).toBe(grown + 1)
  expect(clues.ofPart(0, 4)).toEqual(part)
  const { at, length } = openText('车很好，但是服务太差')
  expect(String.fromCharCode(...units.subarray(at >> 1, (at >> 1) + length))).toBe('车很好，但是服务太差')
  expect(clues.of('车很好，但是服务太差')).toEqual(before)
})

test('an area has room for what it is asked for', () => {
  const area = new Area(4)
  for (const count of [0, 5, 1_024, 1_025, 100_000]) {
    const at = area.for(count)
    expect(area.room).toBeGreaterThanOrEqual(count)
    numbers[(at >> 2) + count] = 7
  }
})

test('pairs are found by their keys, and nothing else is', () => {
  const owner = {}
  const pairs = fc.array(fc.tuple(fc.nat(0xffff_fffe), fc.integer({ min: 1, max: 0x7fff_ffff })))
  fc.assert(
    fc.property(pairs, fc.nat(0xffff_fffe), (entries, other) => {
      const map = new Map(entries)
      const { at, mask } = keepPairs(map, owner)
      for (const [key, value] of map) expect(loops.lookUp(at, mask, key)).toBe(value)
      expect(loops.lookUp(at, mask, other)).toBe(map.get(other) ?? 0)
    }),
  )
})
