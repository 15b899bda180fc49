import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Broadcast, ConsoleDesk } from '../chat/console/ports.ts'
import type { WireClock } from '../chat/console/wire.ts'
import { DAY, HOUR, VirtualClock } from '../clock.ts'
import type { Context } from '../context.ts'
import { DEMO_START } from '../demo/calendar.ts'
import { type Company, openCompany } from '../demo/company.ts'
import { demoConfig } from '../demo/config.ts'
import { writeUntil } from '../demo/files.ts'
import type { Scheduler } from '../scheduler.ts'
import { text } from '../text.ts'
import { openConversations } from './conversations.ts'
import { keptTime, prepareDemoFolder } from './demo-folder.ts'

/** A made-up company with a clock of its own, kept in one folder so that it goes on where it stopped. */
export interface Demo {
  readonly configFile: string
  readonly clock: VirtualClock
  /**
   * From now on the company's customers hear what people mark on their cases as contacted or settled, and what was
   * marked before the program stopped: the cases themselves are the memory.
   */
  listen(ctx: Pick<Context, 'store'>): void
  /** Writes the source files as they stand at the clock's time. */
  writeFiles(told: (share: number) => void): Promise<void>
}

const SEED = 'yuanshan'
const PLAY_MS = 4_000

export interface DemoOptions {
  readonly folder: string
  /** Begins the demo again. */
  readonly fresh: boolean
  /** Customers on the first day; default 2,000. */
  readonly customers?: number
  /** The same seed and size always live the same days. */
  readonly seed?: string
}

/** Opens the demo in a folder. */
export function openDemo({ folder, fresh, customers, seed = SEED }: DemoOptions): Demo {
  const root = resolve(folder)
  const config = demoConfig('./exports')
  prepareDemoFolder(root, config, fresh)
  const configFile = join(root, 'foreshock.yaml')
  const exportsFolder = join(root, 'exports')
  writeFileSync(configFile, config)
  const clock = new KeptClock(join(root, 'clock.json'))
  const company: Company = openCompany({ seed, ...(customers === undefined ? {} : { customers }) })
  let spoken: ReturnType<typeof openConversations> = async () => []
  return {
    configFile,
    clock,
    listen: (ctx) => {
      spoken = openConversations(ctx)
    },
    writeFiles: async (told) => {
      company.recall(await spoken())
      await writeUntil(company, exportsFolder, clock.now(), told)
    },
  }
}

/** A virtual clock that remembers where it stood when the program stopped. */
class KeptClock extends VirtualClock {
  private readonly file: string

  constructor(file: string) {
    super(keptTime(file) ?? DEMO_START)
    this.file = file
    if (!existsSync(file)) this.keep()
  }

  override advanceTo(to: Date): void {
    super.advanceTo(to)
    this.keep()
  }

  /** Written beside and moved into place, so that a crash leaves the old time or the new one. */
  private keep(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify({ now: this.now().toISOString() }))
    renameSync(`${this.file}.new`, this.file)
  }
}

/**
 * The demo's clock bar: moves time forward from one due run to the next, letting the company live and the jobs
 * work, so that a day passes in seconds and nothing is skipped.
 */
export function demoClock(
  ctx: Context,
  demo: Demo,
  scheduler: Scheduler,
  broadcast: Broadcast,
): NonNullable<ConsoleDesk['clock']> & { stop(): Promise<void> } {
  let turn: Promise<void> = Promise.resolve()
  let waiting = 0
  let playing: NodeJS.Timeout | null = null
  const stopping = new AbortController()
  const state = (): WireClock => ({
    now: ctx.clock.now().toISOString(),
    playing: playing !== null,
    busy: waiting > 0,
  })
  const tell = (): void => broadcast.clock(state())

  const pass = async (hours: number): Promise<void> => {
    const target = new Date(ctx.clock.now().getTime() + hours * HOUR)
    while (ctx.clock.now() < target && !stopping.signal.aborted) {
      const next = scheduler.next(ctx.clock.now())
      demo.clock.advanceTo(next < target ? next : target)
      await demo.writeFiles(() => {})
      await scheduler.runDue(stopping.signal)
      tell()
    }
  }
  const advance = (hours: number): void => {
    waiting += 1
    tell()
    turn = turn
      .then(() => pass(Math.min(hours, (31 * DAY) / HOUR)))
      .catch((error: unknown) => ctx.log.error({ error }, 'the demo clock stumbled'))
      .then(() => {
        waiting -= 1
        ctx.progress(null)
        tell()
      })
  }
  return {
    state,
    advance,
    play: (on) => {
      if (playing !== null) clearInterval(playing)
      // While a day is still being worked through, the next one waits.
      playing = on ? setInterval(() => waiting === 0 && advance(24), PLAY_MS) : null
      if (on && waiting === 0) advance(24)
      tell()
    },
    stop: async () => {
      stopping.abort()
      if (playing !== null) clearInterval(playing)
      await turn
    },
  }
}

export const DEMO_LABEL = text('正在生成演示公司三年的数据', 'Making up three years of the demo company')
