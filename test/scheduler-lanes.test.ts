import { expect, it } from 'vitest'
import { VirtualClock } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import { seededIds } from '../src/ids.ts'
import type { Job } from '../src/job.ts'
import { openLog } from '../src/log.ts'
import { openScheduler } from '../src/scheduler.ts'
import { openStore } from '../src/store/store.ts'
import { openTestDatabase, places } from './places.ts'

it.each(places)('deadlines are looked at while a long pull goes on, on $name', async (place) => {
  const database = await openTestDatabase(place)
  const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
  const config = { company: { timeZone: 'UTC' } }
  const store = openStore(database, seededIds('lanes'))
  const ctx = { clock, store, log: openLog('silent'), config } as unknown as Context
  let finish = (): void => {}
  let looks = 0
  const done = { seen: 0, changed: 0, failed: 0 }
  const pull: Job = {
    name: 'pull',
    cron: '* * * * *',
    run: async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return done
    },
  }
  const sla: Job = {
    name: 'sla',
    cron: '* * * * *',
    lane: 'deadlines',
    run: async () => {
      looks += 1
      return done
    },
  }
  const schedule = openScheduler(
    ctx,
    [pull, sla].map((job) => ({ job, cron: job.cron })),
  )
  try {
    void schedule.start()
    while (looks < 1) await new Promise((resolve) => setTimeout(resolve, 5))
    clock.advance(60_000)
    while (looks < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await store.runs.last('pull')).toMatchObject({
      slot: '2026-06-01T06:00:00.000Z',
      finishedAt: null,
    })
  } finally {
    const stopped = schedule.stop()
    finish()
    await stopped
    await database.close()
  }
})
