import { expect, test } from 'vitest'
import { pauses, sortedInSteps } from '../../src/risk/pause.ts'

/** Keeps the thread busy until there is something to wait for. */
function untilThereIsAPause(pause: ReturnType<typeof pauses>): Promise<void> {
  for (;;) {
    const rest = pause()
    if (rest !== null) return rest
  }
}

test('long work lets others have their turn, again and again', async () => {
  const pause = pauses()
  for (let round = 0; round < 3; round += 1) {
    let answered = false
    setImmediate(() => {
      answered = true
    })
    await untilThereIsAPause(pause)
    expect(answered).toBe(true)
  }
})

test('and ends where it is told to', async () => {
  const stop = new AbortController()
  const pause = pauses(stop.signal)
  stop.abort(new Error('enough'))
  await expect(untilThereIsAPause(pause)).rejects.toThrow('enough')
})

test.each([0, 1, 2_000, 4_001, 9_500])(
  '%i things are sorted in steps as they are in one go',
  async (count) => {
    // Few different keys, so that many are equal: these stay in the order in which they came.
    const things = Array.from({ length: count }, (_, at) => ({ at, key: (at * 7_919) % 97 }))
    const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key
    let looks = 0
    const sorted = await sortedInSteps(things, byKey, () => {
      looks += 1
      return null
    })
    expect(sorted).toEqual(things.toSorted(byKey))
    expect(looks).toBeGreaterThanOrEqual(Math.ceil(count / 2_000))
  },
)
