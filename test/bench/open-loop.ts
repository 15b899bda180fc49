import { setTimeout as pause } from 'node:timers/promises'

export interface Waited {
  /** Milliseconds each click waited, ascending. */
  readonly waits: readonly number[]
  readonly errors: number
}

/**
 * Open loop: a click goes out when it is due, whether or not earlier ones were answered, and its wait counts from then.
 *
 * @param press false, or thrown: it was not answered well
 */
export async function openLoop<Due extends { readonly at: number }>(
  presses: readonly Due[],
  press: (due: Due) => Promise<boolean>,
): Promise<Waited> {
  const start = performance.now()
  const waits: number[] = []
  let errors = 0
  const answers: Promise<void>[] = []
  for (const due of presses) {
    const early = start + due.at - performance.now()
    if (early > 0) await pause(early)
    const answered = press(due).catch(() => false)
    answers.push(
      answered.then((ok) => {
        // A timer may ring a little early.
        waits.push(Math.max(0, performance.now() - start - due.at))
        if (!ok) errors += 1
      }),
    )
  }
  await Promise.all(answers)
  return { waits: waits.sort((a, b) => a - b), errors }
}

/** The wait that such a share of all clicks stayed within. */
export function share(waits: readonly number[], part: number): number {
  return waits[Math.min(waits.length - 1, Math.ceil(waits.length * part) - 1)]!
}
