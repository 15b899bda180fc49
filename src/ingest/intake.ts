import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { IngestRows, IsPressing, Kept, Post } from './ports.ts'

/** Records waiting to be kept, beyond which no more are taken in. */
const MOST_WAITING = 5_000
/** Records and requests kept in one transaction at most: others wait behind it. */
const MOST_RECORDS = 1_000
const MOST_POSTS = 100

/**
 * Between the beginnings of two commits, so that a steady stream shares them. A commit that took long is followed by a
 * longer pause: more share the next, and a busy database is left to others for half of the time at least.
 */
const BREATH_MS = { least: 40, most: 150, times: 2 }

/** Nothing more is taken in for now. */
export class TooMuch extends Error {}

export interface Intake {
  /** Resolves once the rows are kept. Throws TooMuch, or what went wrong with the database. */
  take(post: Post): Promise<Kept>
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
}

interface Turn {
  readonly post: Post
  readonly size: number
  kept(kept: Kept): void
  failed(error: unknown): void
}

/**
 * Keeps requests as they come: the first at once, those that come shortly after it or while it is being written
 * together in one transaction.
 *
 * @param parts.data the clock rows are read by; `real` is the machine's
 */
export function openIntake(parts: {
  readonly rows: Pick<IngestRows, 'keep'>
  readonly data: Clock
  readonly real: Clock
  readonly log: Log
  /** Whose rows come first when they are judged. */
  readonly pressing?: () => Promise<IsPressing>
  /** Their rows were kept. */
  kept(posts: readonly Post[]): void
}): Intake {
  const { rows, data, real, log } = parts
  let queue: Turn[] = []
  let waiting = 0
  let began = Number.NEGATIVE_INFINITY
  let breath = BREATH_MS.least
  let working: Promise<void> | null = null

  const keep = async (turns: readonly Turn[]): Promise<void> => {
    const now = { data: data.now(), real: real.now() }
    const posts = turns.map(({ post }) => post)
    const kept = await rows.keep(posts, now, await parts.pressing?.())
    turns.forEach((turn, index) => {
      turn.kept(kept[index]!)
    })
    parts.kept(posts)
  }
  const keepAll = async (turns: readonly Turn[]): Promise<void> => {
    try {
      await keep(turns)
    } catch (error) {
      log.error(
        { fault: faultOf(error), requests: turns.length },
        'rows that came over HTTP could not be kept',
      )
      // One request must not take others down with it; a database that is away takes them all.
      const isAlone = turns.length === 1 || !isAboutRows(error)
      for (const turn of turns) {
        if (isAlone) turn.failed(error)
        else await keep([turn]).catch((alone: unknown) => turn.failed(alone))
      }
    }
  }
  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const early = began + breath - performance.now()
      if (early > 0 && waiting < MOST_RECORDS) await pause(early)
      began = performance.now()
      const turns = together(queue)
      queue = queue.slice(turns.length)
      await keepAll(turns)
      const took = performance.now() - began
      breath = Math.min(BREATH_MS.most, Math.max(BREATH_MS.least, took * BREATH_MS.times))
      waiting -= turns.reduce((sum, { size }) => sum + size, 0)
    }
    working = null
  }
  return {
    take: (post) => {
      const size = post.records.length + post.rejected.length
      if (waiting + size > MOST_WAITING) return Promise.reject(new TooMuch())
      waiting += size
      const answered = new Promise<Kept>((kept, failed) => queue.push({ post, size, kept, failed }))
      working ??= work()
      return answered
    },
    stop: async () => {
      await working
    },
  }
}

/** The next that one transaction takes, at least one; of two requests with one key the second waits for the first. */
function together(queue: readonly Turn[]): Turn[] {
  const turns: Turn[] = []
  const keys = new Set<string>()
  let records = 0
  for (const turn of queue) {
    const { key } = turn.post
    const name = key === null ? null : `${key.sender} ${key.key}`
    records += turn.size
    if (turns.length > 0 && (records > MOST_RECORDS || turns.length >= MOST_POSTS)) break
    if (name !== null && keys.has(name)) break
    if (name !== null) keys.add(name)
    turns.push(turn)
  }
  return turns
}

/** Values the database refuses, or two transactions that met: the same rows by themselves may pass. */
function isAboutRows(error: unknown): boolean {
  return /^(22|23|40)/.test(codeOf(error) ?? '')
}

/** What may be logged of a failure. A database quotes the values it refuses, so of its words only the code is kept. */
function faultOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? (error.stack ?? error.name) : 'unknown')
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}
