import { describe, expect, it } from 'vitest'
import { inOnePiece, roomFor, sharedMemory, sharedRoomFor } from '../../src/features/memory.ts'

describe('memory that threads share', () => {
  it('is as large as asked for, a large piece in whole pages, and all zero', () => {
    expect(sharedMemory(0).byteLength).toBe(0)
    expect(sharedMemory(24).byteLength).toBe(24)
    const large = sharedMemory(3 * 2 ** 20 + 8)
    expect(large).toBeInstanceOf(SharedArrayBuffer)
    expect(large.byteLength).toBe(3 * 2 ** 20 + 2 ** 16)
    expect(new Float64Array(large).every((value) => value === 0)).toBe(true)
  })

  it('holds copies of columns one after the other', () => {
    const columns = [Float64Array.of(1.5, Number.NaN), Int32Array.of(-1, 2, 3), Uint8Array.of(7)] as const
    const copies = inOnePiece(columns)
    expect(copies).toEqual(columns)
    expect(new Set(copies.map(({ buffer }) => buffer)).size).toBe(1)
    expect(copies[0].buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('room for numbers', () => {
  it.each([0, 3, 300_000])('is for so many, all zero: %d', (size) => {
    for (const [room, Memory] of [
      [roomFor(Float64Array, size), ArrayBuffer],
      [sharedRoomFor(Float64Array, size), SharedArrayBuffer],
    ] as const) {
      expect(room).toHaveLength(size)
      expect(room.buffer).toBeInstanceOf(Memory)
      expect(room.every((value) => value === 0)).toBe(true)
    }
  })

  it('can be copied to another thread however large it is', () => {
    const room = roomFor(Float64Array, 300_000).fill(2)
    expect(structuredClone(room)).toEqual(room)
  })
})
