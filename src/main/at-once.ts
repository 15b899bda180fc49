import type { Clock } from '../clock.ts'
import { HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Waiting } from '../ingest/ports.ts'
import { judgeTogether } from '../judging/judge-now.ts'
import type { Traffic } from './traffic.ts'

/** So long others may join the one who came first: everyone is looked at once for all of them. Milliseconds. */
const GATHER_MS = 30
/**
 * A round is followed by a rest three times as long, within these bounds, so that most of the time is left to people and to
 * what comes in; whoever comes meanwhile is judged together. Milliseconds.
 */
const REST_MS = { least: 60, most: 200, times: 3 }
/** Rows taken at a time. */
const MOST = 100
/** Whoever is taken and not judged by then, because the process died, is taken again. Milliseconds. */
const HOLD_MS = 20_000
/** Between two looks for what others left. Milliseconds. */
const LOOK_MS = 5_000
/** With more than that waiting, no more is taken in. */
const BEHIND = 5_000
/** Tries before it is left to the night. */
const TRIES = 6
/** How long what a request was answered is known. Milliseconds. */
const KEYS_KEPT_MS = 48 * HOUR
/** People are let go first, but not for longer. Milliseconds. */
const GIVE_WAY_MS = 100

/** Judges whom rows came in for, without waiting for the night. */
export interface AtOnce {
  /** Rows were kept. */
  wake(): void
  isBehind(): boolean
  start(): void
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
}

/** @param real the machine's clock: how long something is held is about processes, also in the demo */
export function openAtOnce({ ctx, traffic, real }: { ctx: Context; traffic: Traffic; real: Clock }): AtOnce {
  const { log } = ctx
  const rows = ctx.store.ingest
  let waiting = 0
  let isAsked = false
  let isStopped = false
  let working: Promise<void> | null = null
  let gathering: NodeJS.Timeout | null = null
  let looking: NodeJS.Timeout | null = null
  let forgottenAt = 0

  const work = async (): Promise<void> => {
    try {
      while (!isStopped) {
        isAsked = false
        const now = real.now().getTime()
        const taken = await rows.take(MOST, new Date(now), new Date(now + HOLD_MS))
        waiting = taken.length < MOST ? 0 : await rows.waiting()
        if (taken.length > 0) await judge(taken)
        if (taken.length < MOST && !isAsked) break
        await rest(real.now().getTime() - now)
      }
      await forget()
    } catch (error) {
      log.error({ error }, 'who waits to be judged could not be looked up; it is tried again')
    } finally {
      working = null
    }
  }
  const rest = (took: number): Promise<void> => {
    const ms = Math.min(REST_MS.most, Math.max(REST_MS.least, took * REST_MS.times))
    return new Promise((resolve) => setTimeout(resolve, waiting > 0 ? 0 : ms))
  }
  const judge = async (taken: readonly Waiting[]): Promise<void> => {
    await traffic.quiet(GIVE_WAY_MS)
    const newest = new Date(Math.max(...taken.map(({ at }) => at.getTime())))
    const customers = [...new Set(taken.map(({ customer }) => customer))]
    try {
      const { judged, failed } = await judgeTogether(ctx, customers, 'ingest', newest)
      const opened = [...judged.values()].flatMap(({ decision, alert }) =>
        decision.act === 'open' || decision.act === 'relapse' ? [alert!.no] : [],
      )
      if (opened.length > 0) log.info({ opened, customers: customers.length }, 'cases were opened at once')
      for (const [customer, error] of failed) log.error({ error, customer }, 'a customer could not be judged')
      await rows.judged(taken.filter(({ customer }) => !failed.has(customer)).map(({ id }) => id))
      await putOff(taken.filter(({ customer }) => failed.has(customer)))
    } catch (error) {
      log.error({ error, customers: customers.length }, 'customers could not be judged at once')
      await putOff(taken)
    }
  }
  const putOff = async (taken: readonly Waiting[]): Promise<void> => {
    const given = taken.filter(({ attempts }) => attempts >= TRIES)
    if (given.length > 0) {
      log.error({ customers: given.length }, 'left to the next scoring')
      await rows.judged(given.map(({ id }) => id))
    }
    for (const { id, attempts } of taken.filter((each) => !given.includes(each)))
      await rows.putOff([id], new Date(real.now().getTime() + 1_000 * 3 ** attempts))
  }
  const forget = async (): Promise<void> => {
    const now = real.now().getTime()
    // The difference either way: the clock may have been set back.
    if (Math.abs(now - forgottenAt) < HOUR) return
    forgottenAt = now
    await rows.forgetKeys(new Date(now - KEYS_KEPT_MS))
  }
  const begin = (): void => {
    gathering = null
    working ??= work()
  }
  const wake = (): void => {
    isAsked = true
    if (isStopped || working !== null) return
    gathering ??= setTimeout(begin, GATHER_MS)
  }
  return {
    wake,
    isBehind: () => waiting > BEHIND,
    start: () => {
      wake()
      looking = setInterval(wake, LOOK_MS)
    },
    stop: async () => {
      isStopped = true
      if (gathering !== null) clearTimeout(gathering)
      if (looking !== null) clearInterval(looking)
      await working
    },
  }
}
