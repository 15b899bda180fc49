import type { Worker } from 'node:worker_threads'
import type { FeatureList } from '../features/feature-list.ts'
import { startThread } from '../thread.ts'
import { breathe } from './breathe.ts'
import { type ShardTasks, shardTasks } from './tasks.ts'

/** Who does the heavy work. */
export interface Crew {
  /** Tasks to ask for at a time, so that nobody waits for one. */
  readonly lanes: number
  /** Tells that there will be something to do soon: the first can set out. */
  prepare(): void
  /** Has everyone let go of what they hold, which is much and needed no more. */
  letGo(): Promise<void>
  run<N extends keyof ShardTasks>(name: N, ...input: Parameters<ShardTasks[N]>): ReturnType<ShardTasks[N]>
  /** The same with memory of the input that changes hands: it may be empty here from then on. */
  hand<N extends keyof ShardTasks>(
    moved: readonly ArrayBuffer[],
    name: N,
    ...input: Parameters<ShardTasks[N]>
  ): ReturnType<ShardTasks[N]>
  close(): Promise<void>
}

/** Works here and now, giving the event loop its turn after each task: starting threads would take longer. */
export function crewOfOne(list: FeatureList): Crew {
  const tasks = shardTasks(list)
  let queue: Promise<unknown> = Promise.resolve()
  const own: Crew = {
    lanes: 1,
    prepare: () => {},
    letGo: () => tasks.letGo(),
    hand: (_, ...task) => own.run(...task),
    run: (name, ...input) => {
      const run = tasks[name] as (...input: readonly unknown[]) => Promise<unknown>
      const turn = queue.then(breathe).then(() => run(...input))
      queue = turn.catch(() => undefined)
      return turn as ReturnType<ShardTasks[typeof name]>
    },
    close: async () => {},
  }
  return own
}

/** What a thread is asked, and what it answers. */
export interface Asked {
  readonly nth: number
  readonly name: keyof ShardTasks
  readonly input: readonly unknown[]
}
export type Answered = { readonly nth: number } & ({ readonly output: unknown } | { readonly error: unknown })

interface Job {
  readonly name: keyof ShardTasks
  readonly input: readonly unknown[]
  readonly moved: readonly ArrayBuffer[]
  resolve(output: unknown): void
  reject(error: unknown): void
}

function letGo(done: () => void): Job {
  return { name: 'letGo', input: [], moved: [], resolve: done, reject: done }
}

interface Hand {
  readonly worker: Worker
  readonly open: Map<number, Job>
  leaving: NodeJS.Timeout | null
}

/**
 * A thread that has rested so long lets go of what it has seen: garbage collectors do not count what is shared. It stays,
 * since another one would have to learn everything anew, until it has rested for as long as nobody can expect more.
 */
const REST_MS = 2_000
const LEAVE_MS = 10 * 60_000

/** Tasks a thread is given at a time: the next is there when one is done, and answers do not come all at once. */
const IN_HAND = 2

/** So many threads, started when first needed. While they rest they do not keep the program from ending. */
export function crewOfThreads(list: FeatureList, count: number): Crew {
  const hands: Hand[] = []
  const waiting: Job[] = []
  let asked = 0

  function hire(): Hand {
    const { profile, timeZone } = list
    const worker = startThread(import.meta.url, './shard-worker', { profile, timeZone })
    const hand: Hand = { worker, open: new Map(), leaving: null }
    worker.unref()
    worker.on('message', (answer: Answered) => {
      const job = hand.open.get(answer.nth)
      hand.open.delete(answer.nth)
      if ('error' in answer) job?.reject(answer.error)
      else job?.resolve(answer.output)
      handOut()
      if (hand.open.size === 0) rest(hand, job?.name === 'letGo')
    })
    const lose = (error: unknown): void => {
      dismiss(hand)
      for (const { reject } of hand.open.values()) reject(error)
      hand.open.clear()
      handOut()
    }
    worker.on('error', lose)
    worker.on('exit', (code) => lose(new Error(`a timeline thread ended with code ${code}`)))
    hands.push(hand)
    return hand
  }

  function rest(hand: Hand, hasLetGo = false): void {
    hand.worker.unref()
    const next = hasLetGo
      ? () => leave(hand)
      : () =>
          give(
            hand,
            letGo(() => {}),
          )
    hand.leaving = setTimeout(next, hasLetGo ? LEAVE_MS : REST_MS).unref()
  }

  function leave(hand: Hand): void {
    dismiss(hand)
    void hand.worker.terminate()
  }

  function dismiss(hand: Hand): void {
    clearTimeout(hand.leaving ?? undefined)
    if (hands.includes(hand)) hands.splice(hands.indexOf(hand), 1)
  }

  /** The least busy of those there are, or one more while there may be. */
  function freeHand(): Hand | undefined {
    const [free] = [...hands].sort((a, b) => a.open.size - b.open.size)
    if (free?.open.size === 0) return free
    if (hands.length < count) return hire()
    return free !== undefined && free.open.size < IN_HAND ? free : undefined
  }

  function handOut(): void {
    while (waiting.length > 0) {
      const hand = freeHand()
      if (hand === undefined) return
      give(hand, waiting.shift()!)
    }
  }

  function give(hand: Hand, job: Job): void {
    const nth = asked
    asked += 1
    clearTimeout(hand.leaving ?? undefined)
    hand.open.set(nth, job)
    hand.worker.ref()
    hand.worker.postMessage({ nth, name: job.name, input: job.input } satisfies Asked, job.moved)
  }

  const crew: Crew = {
    lanes: count * IN_HAND,
    letGo: async () => {
      await Promise.all(hands.map((hand) => new Promise<void>((resolve) => give(hand, letGo(resolve)))))
    },
    prepare: () => {
      if (hands.length === 0) rest(hire())
    },
    run: (name, ...input) => crew.hand([], name, ...input),
    hand: (moved, name, ...input) => {
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.push({ name, input, moved, resolve, reject })
      })
      handOut()
      return answer as ReturnType<ShardTasks[typeof name]>
    },
    close: async () => {
      for (const { reject } of waiting.splice(0)) reject(new Error('the timeline is closed'))
      const leaving = hands.splice(0)
      for (const hand of leaving) clearTimeout(hand.leaving ?? undefined)
      await Promise.all(leaving.map(({ worker }) => worker.terminate()))
    },
  }
  return crew
}
