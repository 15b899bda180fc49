import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { consoleChat } from '../chat/console/client.ts'
import { type Outbox, openOutbox } from '../chat/outbox.ts'
import { MOST_ATTEMPTS } from '../chat/settle.ts'
import { DAY, VirtualClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { DEMO_START } from '../demo/calendar.ts'
import type { Company } from '../demo/company.ts'
import { openCompany } from '../demo/company.ts'
import { demoConfig } from '../demo/config.ts'
import { writeUntil } from '../demo/files.ts'
import type { Grade } from '../demo/grade.ts'
import { grade } from '../demo/grade.ts'
import { ForeshockError } from '../errors.ts'
import { seededIds } from '../ids.ts'
import type { Log } from '../log.ts'
import { openForeshock } from '../main.ts'
import type { Scheduled } from '../scheduler.ts'
import { openScheduler } from '../scheduler.ts'
import type { Place } from '../store/database.ts'
import type { Text } from '../text.ts'
import { text } from '../text.ts'
import { openFloor } from './floor.ts'
import { ledgerOf } from './ledger.ts'
import { planOf } from './plan.ts'
import { presenter } from './present.ts'
import { transcribe } from './transcript.ts'

export interface HeadlessOptions {
  /** Days to live after the opening, 1 to 400. */
  readonly days: number
  readonly seed: string
  /** Customers on the first day; default 2,000. */
  readonly customers?: number
  readonly log: Log
  /** An empty database to live in; default memory. */
  readonly place?: Place
  /** Stops the run between two moments; it then ends with CONFLICT. */
  readonly signal?: AbortSignal
  progress?(at: { label: Text; share: number | null } | null): void
}

/**
 * Runs the whole program with the demo company and its scripted staff, without a web server: real jobs on a virtual
 * clock, an in-memory database, delivery to the console chat over a network that fails now and then. Gives the run's
 * grade against the truth; the same options give the same grade, byte for byte.
 */
export async function runHeadless(options: HeadlessOptions): Promise<Grade> {
  const { days, seed, log, place = { kind: 'memory' } } = options
  if (!Number.isInteger(days) || days < 1 || days > 400) throw wrongDays()
  const { customers } = options
  const company = openCompany({ seed, ...(customers === undefined ? {} : { customers }) })
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-headless-'))
  const clock = new VirtualClock(DEMO_START)
  const file = join(folder, 'foreshock.yaml')
  try {
    writeFileSync(file, demoConfig('./exports'))
    const config = readConfig(file, {})
    const newId = seededIds(seed)
    // Nothing is woken: delivery comes at fixed points, so that ids are drawn in the same order every time.
    const program = await openForeshock({ config, log, clock, newId, place })
    try {
      return await liveThrough(program, company, clock, join(folder, 'exports'), options)
    } finally {
      await program.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function liveThrough(
  { ctx, database }: Awaited<ReturnType<typeof openForeshock>>,
  company: Company,
  clock: VirtualClock,
  exportsFolder: string,
  { days, seed, log, progress, signal = new AbortController().signal }: HeadlessOptions,
): Promise<Grade> {
  const broadcast = { message: () => {}, clock: () => {}, progress: () => {} }
  const transcript = transcribe(consoleChat(ctx.store.console, broadcast, clock), seed)
  const chats = new Map([['console', transcript.chat]])
  // A lost message is quite usual here: delivery tries again, and only what it gives up is worth a line.
  const outbox = openOutbox({ rows: ctx.store.outbox, chats, render: presenter(ctx), clock, log })
  const scheduler = openScheduler(ctx, withExports(planOf(ctx.config, true), company, clock, exportsFolder))
  const work = openFloor(ctx, company, seed)
  const end = DEMO_START.getTime() + days * DAY
  for (;;) {
    if (signal.aborted) throw stopped()
    const now = clock.now().getTime()
    progress?.({ label: LABEL, share: (now - DEMO_START.getTime()) / (end - DEMO_START.getTime()) })
    await scheduler.runDue(signal)
    await outbox.drain()
    if (now >= end) break
    await work()
    await outbox.drain()
    const next = scheduler.next(clock.now())
    clock.advanceTo(next.getTime() < end ? next : new Date(end))
  }
  await settle(() => ctx.store.outbox.waiting(), outbox, clock)
  progress?.(null)
  return grade(await ledgerOf(ctx, database, company, transcript, days))
}

/** Retries come due within five minutes and may fail again: the run ends when delivery has sent or given up everything. */
export async function settle(
  waiting: () => Promise<number>,
  outbox: Pick<Outbox, 'drain'>,
  clock: VirtualClock,
): Promise<void> {
  for (let round = 0; round < MOST_ATTEMPTS && (await waiting()) > 0; round += 1) {
    clock.advance(10 * 60_000)
    await outbox.drain()
  }
}

const LABEL = text('演示公司正在一天天过日子', 'The demo company lives its days')

/** The company's systems write their exports right before they are fetched. */
function withExports(plan: Scheduled[], company: Company, clock: VirtualClock, folder: string): Scheduled[] {
  return plan.map(({ job, cron }) => ({
    cron,
    job:
      job.name !== 'pull'
        ? job
        : {
            ...job,
            run: async (ctx, signal) => {
              await writeUntil(company, folder, clock.now())
              return job.run(ctx, signal)
            },
          },
  }))
}

function wrongDays(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    'A headless run lives a whole number of days.',
    'Give --days a number from 1 to 400, e.g. --days 45.',
  )
}

function stopped(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    'The run was stopped before its end.',
    'Run it again for its figures.',
  )
}
