import { parentPort, workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { FromModel, Port, ToModel } from './model-thread.ts'

/** A model in a thread of its own: `session.run` blocks the thread it is called on. */

/** Rows a run takes: more at once is no faster and holds up whoever wants to stop. */
const CHUNK = 512

const port = parentPort!
const send = (message: FromModel, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const { file } = (workerData as { data: { file: Uint8Array } }).data

const session = await open()

async function open(): Promise<InferenceSession | null> {
  try {
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const
    const opened = await InferenceSession.create(file, options)
    send({ kind: 'ready', inputs: ports(opened.inputMetadata), outputs: ports(opened.outputMetadata) })
    return opened
  } catch (error) {
    send({ kind: 'failed', reason: (error as Error).message })
    return null
  }
}

function ports(all: readonly InferenceSession.ValueMetadata[]): Port[] {
  return all.map((one) => {
    if (!one.isTensor) return { name: one.name, type: 'not a tensor', shape: [] }
    const shape = one.shape.map((size) => (typeof size === 'number' && size > 0 ? size : null))
    return { name: one.name, type: one.type, shape }
  })
}

let turn = Promise.resolve()
/** Requests given up while they waited. */
const dropped = new Set<number>()

async function run({ id, rows, input, outputs, values }: Extract<ToModel, { kind: 'score' }>): Promise<void> {
  if (dropped.delete(id)) return
  try {
    const width = values.length / rows
    const found = outputs.map(() => [] as Float32Array[])
    for (let row = 0; row < rows; row += CHUNK) {
      const end = Math.min(rows, row + CHUNK)
      const tensor = new Tensor('float32', values.subarray(row * width, end * width), [end - row, width])
      const result = await session!.run({ [input]: tensor }, outputs)
      outputs.forEach((name, index) => {
        found[index]!.push(result[name]!.data as Float32Array)
      })
    }
    const joined = found.map(join)
    send(
      { kind: 'scored', id, outputs: joined },
      joined.map(({ buffer }) => buffer),
    )
  } catch (error) {
    send({ kind: 'refused', id, reason: (error as Error).message })
  }
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

async function stop(): Promise<void> {
  await session?.release()
  port.close()
}

port.on('message', (message: ToModel) => {
  if (message.kind === 'drop') dropped.add(message.id)
  else turn = turn.then(() => (message.kind === 'score' ? run(message) : stop()))
})
