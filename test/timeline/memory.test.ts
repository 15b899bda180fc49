import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { collectAll, collector, MUCH, newCollector } from '../../src/timeline/collect.ts'
import { sharedMemory } from '../../src/timeline/memory.ts'

describe('memory that threads share', () => {
  it('is as large as asked for, a large piece in whole pages, and all zero', () => {
    expect(sharedMemory(0).byteLength).toBe(0)
    expect(sharedMemory(24).byteLength).toBe(24)
    const large = sharedMemory(3 * 2 ** 20 + 8)
    expect(large).toBeInstanceOf(SharedArrayBuffer)
    expect(large.byteLength).toBe(3 * 2 ** 20 + 2 ** 16)
    expect(new Float64Array(large).every((value) => value === 0)).toBe(true)
  })
})

describe('the collector', () => {
  it('finds what is old and held no more when everything is to be looked through', async () => {
    const held = new WeakRef(await aged())
    await turn()
    collectAll()
    expect(held.deref()).toBeUndefined()
  })

  it('begins by itself once it was told of much', async () => {
    let found = 0
    const registry = new FinalizationRegistry(() => {
      found += 1
    })
    registry.register(await aged(), null)
    const letGo = collector()
    // It goes on between two turns; told again before it is through, it goes on with what it has begun.
    for (let told = 0; told < 2_000 && found === 0; told += 1) {
      letGo(MUCH)
      await turn()
    }
    expect(found).toBe(1)
  })
})

/** Something that has outlived looks at what is new. */
async function aged(): Promise<object> {
  const letGo = newCollector()
  const one = { piece: sharedMemory(2 ** 20) }
  for (let look = 0; look < 3; look += 1) {
    letGo(MUCH)
    await turn()
  }
  return one
}
