import { parentPort, workerData } from 'node:worker_threads'
import { Search } from '../trees/search.ts'
import type { Hand } from './hire.ts'
import { FAILED, PENDING, readOrders, STOP, TURN, writeFound } from './sheet.ts'

/** One of the threads that search for splits: it waits for a task, does its columns, says so, until it is sent home. */
const { field, desk, at, firstWord, endWord } = workerData.data as Hand
const { control } = desk
const search = new Search(field, firstWord, endWord)
// Tasks begin only after every hand has said that it is ready.
let turn = Atomics.load(control, TURN)
parentPort!.postMessage('ready')

for (;;) {
  Atomics.wait(control, TURN, turn)
  if (Atomics.load(control, STOP) === 1) break
  if (Atomics.load(control, TURN) === turn) continue
  turn = Atomics.load(control, TURN)
  try {
    const { task, columns, rules } = readOrders(desk.task)
    writeFound(desk.found[at]!, search.run(task, columns, rules))
  } catch {
    Atomics.store(control, FAILED, 1)
  }
  Atomics.sub(control, PENDING, 1)
  Atomics.notify(control, PENDING)
}
