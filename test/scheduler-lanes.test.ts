import { expect, it } from 'vitest'
import { VirtualClock } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import { seededIds } from '../src/ids.ts'
import type { Job } from '../src/job.ts'
import { openLog } from '../src/log.ts'
import { openScheduler } from '../src/scheduler.ts'
import type { Database } from '../src/store/database.ts'
import { openStore } from '../src/store/store.ts'
import { emptyTables, openTestDatabase, places } from './places.ts'

it.each(places)('deadlines are looked at while a long pull goes on, on $name', async (place) => {
  const database = await openTestDatabase(place)
  const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
  const config = { company: { timeZone: 'UTC' } }
  const store = openStore(database, seededIds('lanes'), 'CNY')
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
  let reads = 0
  const read: Job = {
    name: 'read',
    cron: '0 0 1 1 *',
    run: async () => {
      reads += 1
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
    // Out of turn: behind those at work in its lane, whatever becomes of the one before, and written down nowhere.
    const soon = schedule.runSoon([{ ...read, run: () => Promise.reject(new Error('out of order')) }, read])
    expect(reads).toBe(0)
    finish()
    await soon
    expect([reads, await store.runs.last('read')]).toEqual([1, null])
  } finally {
    const stopped = schedule.stop()
    finish()
    await stopped
    await database.close()
  }
})

const DONE = { seen: 0, changed: 0, failed: 0 }

it('learning begins after the first pull, and nobody waits for it', async () => {
  const database = await openTestDatabase(places[0]!)
  try {
    for (const way of ['start', 'runFirst'] as const) {
      await emptyTables(database)
      await learnsBehind(way, database)
    }
  } finally {
    await database.close()
  }
})

async function learnsBehind(way: 'start' | 'runFirst', database: Database): Promise<void> {
  const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
  const store = openStore(database, seededIds('learning'), 'CNY')
  const ctx = {
    ...{ clock, store, log: openLog('silent') },
    config: { company: { timeZone: 'UTC' } },
  } as unknown as Context
  const told: string[] = []
  const until = async (word: string) => {
    while (!told.includes(word)) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  let learned = (): void => {}
  const retrain: Job = {
    ...{ name: 'retrain', cron: '* * * * *', lane: 'learning' },
    run: async () => {
      told.push('learning')
      await new Promise<void>((resolve) => {
        learned = resolve
      })
      told.push('learned')
      return DONE
    },
  }
  const pull: Job = {
    ...{ name: 'pull', cron: '* * * * *' },
    run: async () => {
      // Longer than the clock's tick, which must not begin the learning either.
      await new Promise((resolve) => setTimeout(resolve, way === 'start' ? 1_200 : 20))
      told.push('pulled')
      return DONE
    },
  }
  const schedule = openScheduler(
    ctx,
    [retrain, pull].map((job) => ({ job, cron: job.cron })),
  )
  try {
    await (way === 'start' ? schedule.start() : schedule.runFirst(new AbortController().signal))
    await until('learning')
    expect(told).toEqual(['pulled', 'learning'])
    clock.advance(60_000)
    const all = schedule.runDue(new AbortController().signal)
    learned()
    await until('learned')
    while (told.filter((word) => word === 'learning').length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    learned()
    await all
    expect(told.filter((word) => word !== 'pulled')).toEqual(['learning', 'learned', 'learning', 'learned'])
  } finally {
    const stopped = schedule.stop()
    learned()
    await stopped
  }
}
