import { setTimeout as timeout } from 'node:timers/promises'
import { type Clock, systemClock } from '../clock.ts'
import type { Context, Pulls } from '../context.ts'

/** Real time: `real` tells it, `pause` lets it pass, and rejects when told to stop. */
interface Patience {
  readonly real: Clock
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
}

const REAL: Patience = {
  real: systemClock,
  pause: (milliseconds, signal) => timeout(milliseconds, undefined, { signal }),
}

/** Keeps count of what is being pulled, so that a slow source holds up neither the others nor the end of the program. */
export function openPulls(
  { clock, log }: Pick<Context, 'clock' | 'log'>,
  { real, pause }: Patience = REAL,
): Pulls & { close(): Promise<void> } {
  const underWay = new Map<string, { readonly since: Date; readonly ended: Promise<void> }>()
  const closing = new AbortController()
  return {
    since: (source) => underWay.get(source)?.since ?? null,
    run: async (source, { signal, patience, isFirst }, work) => {
      if (underWay.has(source) || closing.signal.aborted) return null
      let waitedFrom = real.now().getTime()
      const brought = (): void => {
        if (isFirst) waitedFrom = real.now().getTime()
      }
      const done = work(AbortSignal.any([signal, closing.signal]), brought)
      const ended = done
        .then(
          () => {},
          (error: unknown) => log.error({ error, source }, 'a pull could not be finished'),
        )
        .finally(() => underWay.delete(source))
      underWay.set(source, { since: clock.now(), ended })
      if (patience === null) return done
      const waiting = new AbortController()
      const outOfPatience = async (): Promise<null> => {
        for (let left = patience; left > 0; left = waitedFrom + patience - real.now().getTime())
          await pause(left, waiting.signal)
        return null
      }
      return Promise.race([done, outOfPatience()]).finally(() => waiting.abort())
    },
    close: async () => {
      closing.abort()
      await Promise.all([...underWay.values()].map(({ ended }) => ended))
    },
  }
}
