import { parentPort, workerData } from 'node:worker_threads'
import { featureList } from '../features/feature-list.ts'
import { interned } from '../features/interned.ts'
import type { Profile } from '../features/profile.ts'
import { collectAll, newCollector } from './collect.ts'
import type { Answered, Asked } from './crew.ts'
import type { Packed } from './packed.ts'
import { shardTasks } from './tasks.ts'

/** A thread that works on shards for the timeline: one task after the other. */
const { profile, timeZone } = workerData.data as { profile: Profile; timeZone: string }
const tasks = shardTasks(featureList(interned(profile), interned(timeZone)))
let queue = Promise.resolve()
const letGo = newCollector()

parentPort!.on('message', ({ nth, name, input }: Asked) => {
  queue = queue.then(async () => {
    const run = tasks[name] as (...input: readonly unknown[]) => Promise<unknown>
    const answer: Answered = await run(...input).then(
      (output) => ({ nth, output }),
      (error: unknown) => ({ nth, error }),
    )
    // As much is held no more.
    if ((name === 'merge' || name === 'build') && 'output' in answer)
      letGo((answer.output as Packed).buffer.byteLength)
    if (name === 'letGo') collectAll()
    // What is new and not shared changes hands instead of being copied.
    parentPort!.postMessage(answer, 'output' in answer ? movable(answer.output) : [])
  })
})

function movable(output: unknown): ArrayBuffer[] {
  return output instanceof Float64Array && output.buffer instanceof ArrayBuffer ? [output.buffer] : []
}
