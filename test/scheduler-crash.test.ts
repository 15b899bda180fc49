import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pull } from '../jobs/pull.ts'
import { score } from '../jobs/score.ts'
import { HOUR, VirtualClock } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { runSlot } from '../src/job-run.ts'
import { openLog } from '../src/log.ts'
import type { JobReport } from '../src/records/job-report.ts'
import { openScheduler } from '../src/scheduler.ts'
import type { Database } from '../src/store/database.ts'
import { openStore } from '../src/store/store.ts'
import { eventually } from './eventually.ts'
import { emptyTables, openTestDatabase, places } from './places.ts'

const SLOT = '2026-06-01T06:00:00.000Z'
const DONE = { seen: 1, changed: 0, failed: 0 }
const signal = new AbortController().signal

describe.each(places)('a process that died at its work, on $name', (place) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(place)
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  it.each([
    ['a run', SLOT],
    ['a run taken up again', `${SLOT} again`],
  ])('%s is done by who looked while it still seemed under way', async (_, slot) => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:05Z'))
    // Two processes at a server: of each other's runs they know nothing but the row.
    const [dead, here] = [0, 1].map(() =>
      openStore({ ...database, embedded: false }, () => randomUUID(), 'CNY'),
    )
    await dead!.runs.begin('score', slot, clock.now())
    const runs: Date[] = []
    const job: Job = {
      name: 'score',
      cron: '0 6 * * *',
      run: async (ctx) => {
        runs.push(ctx.clock.now())
        return { seen: 1, changed: 0, failed: 0 }
      },
    }
    const config = { company: { timeZone: 'UTC' } }
    const ctx = { clock, store: here, log: openLog('silent'), config } as unknown as Context
    const schedule = openScheduler(ctx, [{ job, cron: job.cron }])
    await schedule.runDue(signal)
    expect(runs).toHaveLength(0)
    clock.advance(HOUR / 3)
    await schedule.runDue(signal)
    await schedule.runDue(signal)
    expect(runs).toHaveLength(1)
    expect(await here!.runs.last('score')).toMatchObject({ slot, error: null, finishedAt: clock.now() })
  })

  it('a pull that goes on elsewhere is not taken over however long it takes, and the scoring waits for it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const clock = new VirtualClock(new Date('2026-06-01T08:10:00Z'))
    const ran: string[] = []
    let finish = (): void => {}
    const [a, b] = ['a', 'b'].map((name) => {
      const pulling = new Promise<JobReport>((resolve) => {
        if (name === 'a') finish = () => resolve(DONE)
        else resolve(DONE)
      })
      const noted = async (job: string): Promise<JobReport> => {
        ran.push(`${name} ${job}`)
        return DONE
      }
      const jobs: Job[] = [
        { ...pull, run: () => noted('pull').then(() => pulling) },
        { ...score, run: () => noted('score') },
      ]
      const store = openStore({ ...database, embedded: false }, () => randomUUID(), 'CNY')
      const config = { company: { timeZone: 'UTC' } }
      const ctx = { clock, store, log: openLog('silent'), config } as unknown as Context
      return openScheduler(
        ctx,
        jobs.map((job) => ({ job, cron: job.cron })),
      )
    })
    const first = a!.runDue(signal)
    await eventually(() => expect(ran).toEqual(['a pull']))
    await b!.runDue(signal)
    clock.advance(HOUR / 3)
    vi.advanceTimersToNextTimer()
    await eventually(async () =>
      expect((await database.pool.query('SELECT FROM job_run WHERE beat_at IS NOT NULL')).rowCount).toBe(1),
    )
    await b!.runDue(signal)
    expect(ran).toEqual(['a pull'])
    // Nor does another pull the same sources meanwhile, once the next slot has come.
    clock.advance(HOUR)
    vi.advanceTimersToNextTimer()
    await eventually(async () =>
      expect(
        (await database.pool.query('SELECT FROM job_run WHERE beat_at = $1', [clock.now()])).rowCount,
      ).toBe(1),
    )
    await b!.runDue(signal)
    expect(ran).toEqual(['a pull'])
    finish()
    await first
    await b!.runDue(signal)
    expect(ran).toEqual(['a pull', 'a score', 'b pull'])
    vi.useRealTimers()
  })

  it.each([
    ['pull', pull],
    ['score', score],
  ])(
    'of several that begin a %s in the same second one does it, and the others say that they did not',
    async (_, job) => {
      const clock = new VirtualClock(new Date('2026-06-01T08:10:00Z'))
      let done = 0
      let refused = 0
      const run = async (): Promise<JobReport> => {
        done += 1
        await eventually(() => expect(done + refused).toBe(4))
        return DONE
      }
      await Promise.all(
        Array.from({ length: 4 }, async (_, at) => {
          const store = openStore({ ...database, embedded: false }, () => randomUUID(), 'CNY')
          const ctx = { clock, store, log: openLog('silent') } as unknown as Context
          const slot = new Date(clock.now().getTime() + at)
          if ((await runSlot(ctx, { ...job, run }, slot, signal)) === null) refused += 1
        }),
      )
      expect([done, refused]).toEqual([1, 3])
    },
  )
})
