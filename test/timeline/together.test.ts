import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Crew } from '../../src/timeline/crew.ts'
import { together } from '../../src/timeline/together.ts'

const crewOf = (lanes: number) => ({ lanes }) as Crew

/** Who did which piece. */
async function done(count: number, hands: { crew: Crew; own: Crew }): Promise<Crew[]> {
  const who = new Array<Crew>(count)
  await together(count, hands, async (nth, crew) => {
    expect(who[nth]).toBeUndefined()
    who[nth] = crew
    await setImmediate()
  })
  return who
}

test('each piece is done once, by threads and by this one beside them', async () => {
  const [threads, own] = [crewOf(2), crewOf(1)]
  const who = await done(30, { crew: threads, own })
  expect(who).toHaveLength(30)
  expect(new Set(who)).toEqual(new Set([threads, own]))
})

test('where there are no threads, one after the other', async () => {
  const own = crewOf(1)
  let atOnce = 0
  await together(5, { crew: own, own }, async () => {
    atOnce += 1
    expect(atOnce).toBe(1)
    await setImmediate()
    atOnce -= 1
  })
  expect(await done(0, { crew: own, own })).toEqual([])
})

test('when one piece fails, whoever waits is told, and no more are begun', async () => {
  let begun = 0
  const work = together(100, { crew: crewOf(2), own: crewOf(1) }, async () => {
    begun += 1
    await setImmediate()
    throw new Error('damaged')
  })
  await expect(work).rejects.toThrow('damaged')
  expect(begun).toBe(3)
})
