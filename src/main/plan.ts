import { jobs } from '../../jobs/index.ts'
import { read } from '../../jobs/read.ts'
import { sentinel } from '../../jobs/sentinel.ts'
import type { Config } from '../config.ts'
import type { openScheduler, Scheduled } from '../scheduler.ts'
import type { Text } from '../text.ts'
import { DEMO_LABEL, type Demo } from './demo.ts'

/** The first round at start; in the demo, after its files have been written. */
export async function begin(
  demo: Demo | undefined,
  scheduler: ReturnType<typeof openScheduler>,
  told: (at: { label: Text; share: number | null } | null) => void,
  signal: AbortSignal,
): Promise<void> {
  if (demo === undefined) return scheduler.start()
  told({ label: DEMO_LABEL, share: null })
  await demo.writeFiles((share) => told({ label: DEMO_LABEL, share }))
  await scheduler.runFirst(signal)
  told(null)
}

/** What new voices call for: they are read, then counted. */
export const BEHIND_VOICES = [read, sentinel] as const

const DEMO_PULL = '30 5,11,17,23 * * *'

/** In the demo, time moves in hops: hourly looks at deadlines and a pull four times a day are plenty. */
export function planOf(config: Config, demo: boolean): Scheduled[] {
  const lines: Readonly<Record<string, string>> = demo
    ? {
        ...{ pull: DEMO_PULL, read: DEMO_PULL, sentinel: DEMO_PULL },
        score: config.schedule.score,
        // On an hour at which time stops anyway.
        morning: '0 8 * * *',
        sla: '0 * * * *',
      }
    : // What a pull brings is read and counted right behind it.
      {
        ...{ pull: config.schedule.pull, read: config.schedule.pull, sentinel: config.schedule.pull },
        ...{ score: config.schedule.score, morning: config.schedule.morning },
      }
  return jobs
    .filter(({ name }) => !isOff(config, name))
    .map((job) => ({ job, cron: lines[job.name] ?? job.cron }))
}

/** Not wanted; or without somewhere for it to leave to, there is nothing to look for. */
function isOff({ care, mail, schedule }: Config, job: string): boolean {
  if (job === 'morning') return schedule.morning === 'off'
  return (job === 'care' && care === undefined) || (job === 'mail' && mail === undefined)
}
