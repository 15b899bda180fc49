import { workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { type Served, serve } from './model-serve.ts'
import type { Port } from './model-thread.ts'

/** A model file in a thread of its own: `session.run` blocks the thread it is called on. */

/** Rows a run takes: more at once is no faster. */
const CHUNK = 512

const { file } = (workerData as { data: { file: Uint8Array } }).data

await serve(async (): Promise<Served> => {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const
  const session = await InferenceSession.create(file, options)
  return {
    inputs: ports(session.inputMetadata),
    outputs: ports(session.outputMetadata),
    score: async ({ values, rows, input, outputs }) => {
      const width = values.length / rows
      const found = outputs.map(() => [] as Float32Array[])
      for (let row = 0; row < rows; row += CHUNK) {
        const end = Math.min(rows, row + CHUNK)
        const tensor = new Tensor('float32', values.subarray(row * width, end * width), [end - row, width])
        const result = await session.run({ [input]: tensor }, outputs)
        outputs.forEach((name, index) => {
          found[index]!.push(result[name]!.data as Float32Array)
        })
      }
      return found.map(join)
    },
    close: () => session.release(),
  }
})

function ports(all: readonly InferenceSession.ValueMetadata[]): Port[] {
  return all.map((one) => {
    if (!one.isTensor) return { name: one.name, type: 'not a tensor', shape: [] }
    const shape = one.shape.map((size) => (typeof size === 'number' && size > 0 ? size : null))
    return { name: one.name, type: one.type, shape }
  })
}

function join(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
