import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../../thread.ts'
import { alone, type Crew, type Helpers, type Hire } from '../trees/crew.ts'
import { betterOf, type Field, type Found, Search, type Task } from '../trees/search.ts'
import type { Rules } from '../trees/split.ts'
import { type Desk, FAILED, newDesk, PENDING, readFound, STOP, TURN, writeOrders } from './sheet.ts'

/** What a hand is told when it starts. */
export interface Hand {
  readonly field: Field
  readonly desk: Desk
  readonly at: number
  readonly firstWord: number
  readonly endWord: number
}

/** Adding up less than so many words (rows x words) takes no longer than waking the others. */
const WORTH_WAKING = 2 ** 15
/** Looks at the counter before sleeping: the others are about as fast as we are. */
const GLANCES = 2_000
const TOO_LONG_MS = 60_000

/** Gathers threads for the trainers; a column belongs to one thread. */
export const hireThreads: Hire = hireFor(WORTH_WAKING)

/**
 * Tables of fewer words (rows x words) are done by the caller alone: with the shallow trees that habits of customers ask
 * for, two threads are slower than one up to a million words, and level at two; from there on they gain.
 */
const WORTH_HIRING = 2 ** 21
/** More of them wait for one another longer than they save. */
const MOST_THREADS = 4

/** Threads that this machine can spare: one processor is left to the chat. */
export function spareHelpers(processors = availableParallelism(), worthHiring = WORTH_HIRING): Helpers {
  const isWorthIt = ({ order, words }: Field): boolean => order.length * words >= worthHiring
  return {
    threads: Math.max(1, Math.min(processors - 1, MOST_THREADS)),
    hire: (field, asked) => (isWorthIt(field) ? hireThreads(field, asked) : alone(field, 1)),
  }
}

/** @param worthWaking rows x words of a task from which on the others help */
export function hireFor(worthWaking: number): Hire {
  return async (field, asked) => {
    const threads = Math.min(asked, field.words)
    return threads < 2 ? alone(field, 1) : gathered(field, threads, worthWaking)
  }
}

async function gathered(field: Field, threads: number, worthWaking: number): Promise<Crew> {
  const desk = newDesk(field.bins.length, threads)
  const bound = (at: number): number => Math.floor((field.words * at) / threads)
  const hands: Worker[] = []
  const dismiss = async (): Promise<void> => {
    Atomics.store(desk.control, STOP, 1)
    Atomics.add(desk.control, TURN, 1)
    Atomics.notify(desk.control, TURN)
    await Promise.all(hands.map((hand) => hand.terminate()))
  }
  try {
    for (let at = 1; at < threads; at += 1) {
      const told: Hand = { field, desk, at, firstWord: bound(at), endWord: bound(at + 1) }
      hands.push(startThread(import.meta.url, './hand', told))
    }
    // Each says so when it is ready; one that cannot start rejects here.
    await Promise.all(hands.map((hand) => once(hand, 'message')))
  } catch (error) {
    await dismiss()
    throw error
  }
  const whole = new Search(field, 0, field.words)
  const own = new Search(field, 0, bound(1))
  return {
    dismiss,
    search: (task, columns, rules) =>
      (task.small.end - task.small.start) * field.words < worthWaking
        ? whole.run(task, columns, rules)
        : together(desk, own, task, columns, rules),
  }
}

function together(desk: Desk, own: Search, task: Task, columns: readonly number[], rules: Rules): Found {
  const { control } = desk
  writeOrders(desk.task, { task, columns, rules })
  Atomics.store(control, PENDING, desk.found.length - 1)
  Atomics.add(control, TURN, 1)
  Atomics.notify(control, TURN)
  let [small, large] = own.run(task, columns, rules)
  awaitOthers(control)
  for (const from of desk.found.slice(1)) {
    const [theirSmall, theirLarge] = readFound(from)
    small = betterOf(small, theirSmall)
    large = betterOf(large, theirLarge)
  }
  return [small, large]
}

function awaitOthers(control: Int32Array): void {
  for (let glance = 0; glance < GLANCES; glance += 1) if (Atomics.load(control, PENDING) === 0) break
  for (let left = Atomics.load(control, PENDING); left > 0; left = Atomics.load(control, PENDING)) {
    if (Atomics.wait(control, PENDING, left, TOO_LONG_MS) === 'timed-out')
      throw new Error('A training thread does not answer.')
  }
  if (Atomics.load(control, FAILED) === 1) throw new Error('A training thread broke down.')
}
