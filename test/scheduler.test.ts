import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, VirtualClock } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError, isExpected } from '../src/errors.ts'
import { seededIds } from '../src/ids.ts'
import type { Job } from '../src/job.ts'
import { openLog } from '../src/log.ts'
import { cronOf, openScheduler } from '../src/scheduler.ts'
import type { Database } from '../src/store/database.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { emptyTables, openTestDatabase, places } from './places.ts'

const signal = new AbortController().signal
const DONE = { seen: 1, changed: 0, failed: 0 }
const NIGHTLY = '30 2 * * *'

/** A job that notes the local times at which it ran. */
function noted(name = 'noted', act: () => Promise<void> | void = () => {}) {
  const runs: Date[] = []
  const job: Job = {
    name,
    cron: NIGHTLY,
    run: async (ctx) => {
      runs.push(ctx.clock.now())
      await act()
      return DONE
    },
  }
  return { job, runs }
}

const localDay = (timeZone: string) => (at: Date) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at)

describe.each(places)('the schedule on $name', (place) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    database = await openTestDatabase(place)
    store = openStore(database, seededIds('scheduler'), 'CNY')
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  /** As much of the program as a schedule needs: a clock, a zone, and the real table of runs. */
  function contextAt(clock: VirtualClock, timeZone = 'UTC', of: Store = store): Context {
    return {
      clock,
      store: of,
      log: openLog('silent'),
      config: { company: { timeZone } },
    } as unknown as Context
  }

  /** The store, with every attempt to take a slot counted. */
  function counting(): { store: Store; asked: () => number } {
    let asked = 0
    const begin: Store['runs']['begin'] = (...slot) => {
      asked += 1
      return store.runs.begin(...slot)
    }
    return { store: { ...store, runs: { ...store.runs, begin } }, asked: () => asked }
  }

  it.each([
    ['America/New_York', '2026-03-06', '2026-10-30'],
    ['Europe/Berlin', '2026-03-27', '2026-10-23'],
    ['Australia/Sydney', '2026-10-02', '2026-04-03'],
  ])('runs a nightly job once a local day in %s, in spring and in autumn', async (timeZone, ...seasons) => {
    for (const season of seasons) {
      const clock = new VirtualClock(new Date(`${season}T00:00:00Z`))
      const { job, runs } = noted(`nightly-${season}`)
      const schedule = openScheduler(contextAt(clock, timeZone), [{ job, cron: NIGHTLY }])
      await schedule.runDue(signal)
      runs.length = 0
      const days = new Set<string>()
      for (let hop = 0; hop < 5 * 24 * 4; hop += 1) {
        clock.advance(HOUR / 4)
        await schedule.runDue(signal)
        const local = new Intl.DateTimeFormat('sv', { timeZone, timeStyle: 'short' }).format(clock.now())
        if (local >= '03:00') days.add(localDay(timeZone)(clock.now()))
      }
      const ran = runs.map(localDay(timeZone)).filter((day) => days.has(day))
      expect(new Set(ran).size, season).toBe(ran.length)
      for (const day of [...days].slice(1)) expect(ran, season).toContain(day)
    }
  })

  it('knows the next instant at which something is due', () => {
    const { job } = noted()
    const schedule = openScheduler(contextAt(new VirtualClock(new Date(0)), 'Asia/Shanghai'), [
      { job, cron: NIGHTLY },
      { job, cron: '0 6 * * *' },
    ])
    expect(schedule.next(new Date('2026-06-01T02:30:00+08:00'))).toEqual(
      new Date('2026-06-01T06:00:00+08:00'),
    )
    expect(schedule.next(new Date('2026-06-01T06:00:00+08:00'))).toEqual(
      new Date('2026-06-02T02:30:00+08:00'),
    )
  })

  it.each([
    [26.5, '30 2 * * *', 1],
    [60, '30 2 * * *', 1],
    [60, '0 * * * *', 1],
  ])('makes up for %s hours of downtime with at most one run of %s', async (hours, cron, times) => {
    const clock = new VirtualClock(new Date('2026-06-01T02:30:00Z'))
    const { job, runs } = noted()
    await openScheduler(contextAt(clock), [{ job, cron }]).runDue(signal)
    expect(runs).toHaveLength(1)
    clock.advance(hours * HOUR)
    const back = openScheduler(contextAt(clock), [{ job, cron }])
    await back.runDue(signal)
    await back.runDue(signal)
    expect(runs).toHaveLength(1 + times)
  })

  it('does not make up for what is older than 26 hours', async () => {
    const clock = new VirtualClock(new Date('2026-06-03T06:00:00Z'))
    const { job, runs } = noted()
    const weekly = openScheduler(contextAt(clock), [{ job, cron: '0 3 * * 1' }])
    await weekly.runDue(signal)
    expect(runs).toHaveLength(0)
    clock.advance(5 * DAY)
    await weekly.runDue(signal)
    expect(runs).toHaveLength(1)
  })

  it('runs a slot once, however many processes share the database', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    const { job, runs } = noted()
    const all = Array.from({ length: 4 }, () => openScheduler(contextAt(clock), [{ job, cron: '0 * * * *' }]))
    for (let hour = 0; hour < 3; hour += 1) {
      await Promise.all(all.map((schedule) => schedule.runDue(signal)))
      clock.advance(HOUR)
    }
    expect(runs).toHaveLength(3)
  })

  it('asks the database once a slot, not every second', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    const { store: counted, asked } = counting()
    const { job } = noted()
    const schedule = openScheduler(contextAt(clock, 'UTC', counted), [{ job, cron: '* * * * *' }])
    for (let second = 0; second < 120; second += 1) {
      await schedule.runDue(signal)
      clock.advance(1_000)
    }
    expect(asked()).toBe(2)
  })

  it('starts a job that is still at work when its next slot comes no second time', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    let atWork = 0
    let most = 0
    let finish = (): void => {}
    const { job, runs } = noted('slow', async () => {
      atWork += 1
      most = Math.max(most, atWork)
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      atWork -= 1
    })
    const schedule = openScheduler(contextAt(clock), [{ job, cron: '* * * * *' }])
    const rounds = [schedule.runDue(signal)]
    while (atWork === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    for (let minute = 0; minute < 5; minute += 1) {
      clock.advance(60_000)
      rounds.push(schedule.runDue(signal))
    }
    for (let turn = 0; turn < 50; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      finish()
    }
    await Promise.all(rounds)
    expect(most).toBe(1)
    // The first slot, and of the five it missed the newest.
    expect(runs).toHaveLength(2)
  })

  it('records a job that fails, goes on with the others, and tries its next slot', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    const failing = noted('failing', () => {
      throw new ForeshockError('SOURCE_FAILED', 'The disk is gone.', 'Plug it in.')
    })
    const broken = noted('broken', () => {
      throw new TypeError('x is not a function')
    })
    const other = noted('other')
    const plan = [failing, broken, other].map(({ job }) => ({ job, cron: '0 * * * *' }))
    const schedule = openScheduler(contextAt(clock), plan)
    await schedule.runDue(signal)
    expect(await store.runs.last('failing')).toMatchObject({
      error: 'The disk is gone. Plug it in.',
      finishedAt: clock.now(),
    })
    expect(await store.runs.last('broken')).toMatchObject({ error: 'TypeError: x is not a function' })
    expect(await store.runs.last('other')).toMatchObject({ error: null, finishedAt: clock.now() })
    await schedule.runDue(signal)
    expect(failing.runs).toHaveLength(1)
    clock.advance(HOUR)
    await schedule.runDue(signal)
    expect([failing.runs.length, broken.runs.length, other.runs.length]).toEqual([2, 2, 2])
  })

  it('takes a slot up again that was stopped half-way, once', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:05Z'))
    const stop = new AbortController()
    const stopped = noted('score', () => stop.abort())
    await openScheduler(contextAt(clock), [{ job: stopped.job, cron: '0 6 * * *' }]).runDue(stop.signal)
    expect(await store.runs.last('score')).toMatchObject({ error: expect.stringContaining('stopped') })
    clock.advance(60_000)
    const { job, runs } = noted('score')
    const again = [0, 1].map(() => openScheduler(contextAt(clock), [{ job, cron: '0 6 * * *' }]))
    for (const schedule of again) await schedule.runDue(signal)
    expect(runs).toHaveLength(1)
  })

  it('stops looking, and waits for what is under way', async () => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
    let ended = false
    const { job, runs } = noted('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      ended = true
    })
    const schedule = openScheduler(contextAt(clock), [{ job, cron: '* * * * *' }])
    void schedule.start()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await schedule.stop()
    expect([runs.length, ended]).toEqual([1, true])
  })
})

it('says what is wrong with a line that is no schedule', () => {
  for (const line of ['every morning', '61 * * * *', '', '* * *']) {
    try {
      cronOf('pull', line, 'UTC')
      expect.unreachable(line)
    } catch (error) {
      if (!isExpected(error)) throw error
      expect(error.explain('en')).toMatch(
        /^The schedule ".*" of pull is not a cron line: .*\. Use five fields such as "0 6/,
      )
    }
  }
})
