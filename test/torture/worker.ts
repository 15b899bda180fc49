import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { commands } from '../../commands/index.ts'
import { jobs } from '../../jobs/index.ts'
import type { Chat } from '../../src/chat/chat.ts'
import { openOutbox } from '../../src/chat/outbox.ts'
import { VirtualClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { DEMO_START } from '../../src/demo/calendar.ts'
import { isExpected } from '../../src/errors.ts'
import { openLog } from '../../src/log.ts'
import { openDesk } from '../../src/main/desk.ts'
import { presenter } from '../../src/main/present.ts'
import { openForeshock } from '../../src/main.ts'
import { openScheduler, type Scheduler } from '../../src/scheduler.ts'
import { boardOf } from './board.ts'
import { rowsOf } from './digest.ts'
import { markTransactions } from './marks.ts'
import type { ChatCall, FromWorker, Press, Setup, Task, ToWorker } from './wire.ts'

// Run as a process of its own: the real program without its web server, doing what the harness orders until it is killed.

const send = (message: FromWorker): void => void process.send!(message)
const MINUTE = 60_000
/** Every job once a day, at the hour the story's days begin. */
const DAILY = '0 6 * * *'

async function work(setup: Setup): Promise<(task: Task) => Promise<unknown>> {
  markTransactions()
  const clock = new VirtualClock(DEMO_START)
  const log = openLog('error')
  const config = readConfig(setup.configFile, {})
  const live: { on: boolean; wake(): void } = { on: false, wake: () => {} }
  const wake = (): void => {
    if (live.on) live.wake()
  }
  const opened = { wake, direct: () => [], directTo: async () => null }
  const parts = { config, log, clock, place: setup.place, chats: () => opened }
  const { ctx, database, close } = await openForeshock(parts)
  const lost = setup.killed * 10 * MINUTE
  const transportTime = { now: () => new Date(clock.now().getTime() + lost + performance.now()) }
  const chats = new Map([['console', platform()]])
  const outbox = openOutbox({
    rows: ctx.store.outbox,
    chats,
    render: presenter(ctx),
    clock: transportTime,
    log,
  })
  live.wake = outbox.wake
  const desk = openDesk(ctx, commands, SILENT, null, () => null)

  let later = 0
  const wall = { now: () => new Date(clock.now().getTime() + later * MINUTE) }
  const schedulers = new Map<string, Scheduler>()
  /** The same scheduler for the same jobs, as long as the program lives: it remembers what it has seen done. */
  function schedulerOf(names: readonly string[]): Scheduler {
    const known = schedulers.get(names.join())
    if (known !== undefined) return known
    const plan = jobs
      .filter((job) => names.includes(job.name))
      .map((job) => ({
        cron: DAILY,
        job: { ...job, run: (_: Context, signal: AbortSignal) => job.run(ctx, signal) },
      }))
    const scheduler = openScheduler({ ...ctx, clock: wall }, plan)
    schedulers.set(names.join(), scheduler)
    return scheduler
  }

  async function deliver(): Promise<void> {
    for (let round = 0; (await ctx.store.outbox.waiting()) > 0; round += 1) {
      if (round === 100) throw new Error('the outbox does not empty')
      await outbox.drain()
      await pause(20)
    }
  }

  async function press(asked: Press): Promise<string> {
    try {
      const { note } = await desk.press({ ...asked, args: '' })
      return note === null ? 'a form' : `${note.en.title} ${note.en.fallback}`
    } catch (error) {
      if (isExpected(error)) return error.explain('en')
      throw error
    }
  }

  return async (task) => {
    if ('at' in task) clock.advanceTo(new Date(task.at))
    switch (task.do) {
      case 'jobs':
        live.on = task.live
        later = task.later
        return schedulerOf(task.jobs).runDue(new AbortController().signal)
      case 'deliver':
        return deliver()
      case 'press':
        live.on = true
        return press(task.press)
      case 'board':
        return boardOf(database.pool)
      case 'dump':
        mkdirSync(task.folder, { recursive: true })
        // The log of what was done is sealed a moment later: what the last look left is sealed now.
        await ctx.store.audit.seal(ctx.clock.now())
        for (const [table, rows] of await rowsOf(database.pool))
          writeFileSync(join(task.folder, `${table}.txt`), `${rows.join('\n')}\n`)
        return null
      case 'close':
        await outbox.stop()
        await close()
        return null
    }
  }
}

const SILENT = { message: () => {}, clock: () => {}, progress: () => {} }

/** The chat as the program sees it: every call goes to the harness, which answers as a platform would. */
const waiting = new Map<number, (message: string) => void>()
let calls = 0
function platform(): Chat {
  const ask = (call: ChatCall): Promise<string> => {
    calls += 1
    const id = calls
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      send({ kind: 'chat', id, call })
    })
  }
  return {
    name: 'console',
    post: async ({ chat, channel }, card, key) => {
      const message = await ask({ do: 'post', channel, card, key })
      return { chat, channel, message }
    },
    update: async ({ message }, card) => {
      await ask({ do: 'update', message, card })
    },
    reply: async ({ chat, channel, message }, card, key) => {
      const reply = await ask({ do: 'reply', message, card, key })
      return { chat, channel, message: reply }
    },
  }
}

let ready: ReturnType<typeof work> | null = null
process.on('message', (message: ToWorker) => {
  if (message.kind === 'setup') {
    ready = work(message)
    ready.then(
      () => send({ kind: 'ready' }),
      (error: unknown) => send({ kind: 'failed', id: 0, reason: String((error as Error).stack) }),
    )
  } else if (message.kind === 'answer') {
    waiting.get(message.id)?.(message.message)
    waiting.delete(message.id)
  } else {
    const { id, task } = message
    ready!
      .then((run) => run(task))
      .then(
        (answer) => send({ kind: 'done', id, answer: answer ?? null }),
        (error: unknown) => send({ kind: 'failed', id, reason: String((error as Error).stack) }),
      )
  }
})
process.on('disconnect', () => process.exit(0))
