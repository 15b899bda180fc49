import { expect, test } from 'vitest'
import { pauses } from '../../src/risk/pause.ts'

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
