import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { scriptAt } from '../built.ts'
import type { Platform } from './platform.ts'
import { BEGUN, type FromWorker, MARKS, type Setup, type Task, type ToWorker } from './wire.ts'

/** The program was killed while it had something to do. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** The program under torture, in a process of its own. */
export interface Program {
  /** @throws Killed, or the failure it told */
  do(task: Task): Promise<unknown>
  /** kill -9, at once. True when a database transaction was open at that moment. */
  kill(): Promise<boolean>
  /** Calls back at every transaction that begins and every call the chat receives, until `off`. */
  watch(see: Witness): () => void
  stop(): Promise<void>
}

export interface Witness {
  begun(): void
  /** True: the platform's answer never gets back. */
  called(): boolean
}

/** Asks the database server whether the program has a transaction open; null: the database dies with the program. */
export type Eyes = (() => Promise<boolean>) | null

const WORKER = scriptAt(import.meta.url, './worker')
/** What a stopped process wrote before is read by then. */
const DRAIN_MS = 5

export async function startProgram(setup: Setup, platform: Platform, eyes: Eyes): Promise<Program> {
  const child = spawn(process.execPath, [...WORKER.execArgv, WORKER.file], {
    cwd: PACKAGE_ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
  })
  const exited = once(child, 'exit')
  const tell = (message: ToWorker): void => void (child.connected && child.send(message, () => {}))
  const witnesses = new Set<Witness>()
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  let killing = false
  let open = 0
  let tasks = 0

  ;(child.stdio[MARKS] as Readable).setEncoding('latin1').on('data', (marks: string) => {
    for (const mark of marks) {
      open += mark === BEGUN ? 1 : -1
      if (mark === BEGUN) for (const witness of [...witnesses]) witness.begun()
    }
  })
  child.on('message', (message: FromWorker) => {
    if (message.kind === 'chat') {
      const answer = platform.receive(message.call)
      const lost = [...witnesses].some((witness) => witness.called())
      if (!lost) tell({ kind: 'answer', id: message.id, message: answer })
    } else if (message.kind === 'done') settle(message.id)?.resolve(message.answer)
    else if (message.kind === 'failed') settle(message.id)?.reject(new Error(message.reason))
    else settle(0)?.resolve(null)
  })
  function settle(id: number) {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }
  void exited.then(() => {
    const end = killing ? new Killed('killed') : new Error('the program ended by itself')
    for (const { reject } of waiting.values()) reject(end)
    waiting.clear()
  })

  async function kill(): Promise<boolean> {
    killing = true
    // Stopped first, so that what is seen of its transactions is what the kill hits.
    child.kill('SIGSTOP')
    await pause(DRAIN_MS)
    const caught = eyes === null ? open > 0 : await eyes()
    await end(child, exited)
    return caught
  }

  const begun = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }))
  tell(setup)
  await begun
  return {
    kill,
    do: (task) =>
      new Promise((resolve, reject) => {
        if (killing) return reject(new Killed('killed'))
        tasks += 1
        waiting.set(tasks, { resolve, reject })
        tell({ kind: 'task', id: tasks, task })
      }),
    watch: (see) => {
      witnesses.add(see)
      return () => witnesses.delete(see)
    },
    stop: () => end(child, exited),
  }
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await exited
}
