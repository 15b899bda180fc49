import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Milliseconds between two looks of the meter at the event loop: what it cannot tell apart. */
const LOOK = 5

/** How long this thread was busy in one go while `work` ran, at worst: for so many milliseconds nobody was answered. */
export async function worstStall(work: () => Promise<unknown>): Promise<number> {
  const meter = monitorEventLoopDelay({ resolution: LOOK })
  meter.enable()
  await pause()
  meter.reset()
  await work()
  await pause()
  meter.disable()
  return Math.max(0, meter.max / 1e6 - LOOK)
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 4 * LOOK))
}
