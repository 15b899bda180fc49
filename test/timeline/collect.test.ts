import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sharedMemory } from '../../src/features/memory.ts'
import { collectAll, collector, MUCH, newCollector } from '../../src/timeline/collect.ts'

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
