import type { Worker } from 'node:worker_threads'
import type { FeatureList } from '../features/feature-list.ts'
import { startThread } from '../thread.ts'
import { type ShardTasks, shardTasks } from './tasks.ts'

/** Who does the heavy work. */
export interface Crew {
  run<N extends keyof ShardTasks>(name: N, ...input: Parameters<ShardTasks[N]>): ReturnType<ShardTasks[N]>
  close(): Promise<void>
}

/** Works here and now, giving the event loop its turn after each task: starting threads would take longer. */
export function crewOfOne(list: FeatureList): Crew {
  const tasks = shardTasks(list)
  let queue: Promise<unknown> = Promise.resolve()
  return {
    run: (name, ...input) => {
      const run = tasks[name] as (...input: readonly unknown[]) => Promise<unknown>
      const turn = queue.then(breathe).then(() => run(...input))
      queue = turn.catch(() => undefined)
      return turn as ReturnType<ShardTasks[typeof name]>
    },
    close: async () => {},
  }
}

/** What a thread is asked, and what it answers. */
export interface Asked {
  readonly nth: number
  readonly name: keyof ShardTasks
  readonly input: readonly unknown[]
}
export type Answered = { readonly nth: number } & ({ readonly output: unknown } | { readonly error: unknown })

interface Hand {
  readonly worker: Worker
  readonly open: Map<number, Waiting<unknown>>
}

/** So many threads, started when first needed. While they rest they do not keep the program from ending. */
export function crewOfThreads(list: FeatureList, count: number): Crew {
  const hands: Hand[] = []
  let asked = 0

  function hire(): Hand {
    const { profile, timeZone } = list
    const worker = startThread(import.meta.url, './shard-worker', { profile, timeZone })
    const hand: Hand = { worker, open: new Map() }
    worker.unref()
    worker.on('message', (answer: Answered) => {
      const waiting = hand.open.get(answer.nth)
      hand.open.delete(answer.nth)
      if (hand.open.size === 0) worker.unref()
      if ('error' in answer) waiting?.reject(answer.error)
      else waiting?.resolve(answer.output)
    })
    const lose = (error: unknown): void => {
      if (hands.includes(hand)) hands.splice(hands.indexOf(hand), 1)
      for (const { reject } of hand.open.values()) reject(error)
      hand.open.clear()
    }
    worker.on('error', lose)
    worker.on('exit', (code) => lose(new Error(`a timeline thread ended with code ${code}`)))
    hands.push(hand)
    return hand
  }

  return {
    run: (name, ...input) => {
      const free = hands.find(({ open }) => open.size === 0)
      const hand =
        free ?? (hands.length < count ? hire() : hands.reduce((a, b) => (b.open.size < a.open.size ? b : a)))
      const nth = asked
      asked += 1
      const waiting = deferred()
      hand.open.set(nth, waiting)
      hand.worker.ref()
      hand.worker.postMessage({ nth, name, input } satisfies Asked)
      return waiting.promise as ReturnType<ShardTasks[typeof name]>
    },
    close: async () => {
      await Promise.all(hands.map(({ worker }) => worker.terminate()))
    },
  }
}

interface Waiting<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
}

function deferred(): Waiting<unknown> {
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** The chat shares this thread: let it answer between two pieces of work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
