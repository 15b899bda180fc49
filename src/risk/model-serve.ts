import { parentPort } from 'node:worker_threads'
import type { FromModel, Port, Request, ToModel } from './model-thread.ts'

/** What a thread that runs a model can do. */
export interface Served {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** One array for each output asked for; the arrays are given away. */
  score(request: Request): Promise<Float32Array<ArrayBuffer>[]> | Float32Array<ArrayBuffer>[]
  close(): Promise<void> | void
}

/** The thread's side of ModelThread: opens the model, then answers one request after the other until told to close. */
export async function serve(open: () => Promise<Served> | Served): Promise<void> {
  const port = parentPort!
  const send = (message: FromModel, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
  /** Requests given up while they waited. */
  const dropped = new Set<number>()
  const opening = opened(open, send)
  let turn: Promise<unknown> = opening

  const answer = async (message: Extract<ToModel, { kind: 'score' }>): Promise<void> => {
    const { id, values: spent } = message
    if (dropped.delete(id)) return
    try {
      const outputs = await (await opening)!.score(message)
      send(
        { kind: 'scored', id, outputs, spent },
        [...outputs, spent].map(({ buffer }) => buffer),
      )
    } catch (error) {
      send({ kind: 'refused', id, reason: (error as Error).message })
    }
  }
  const stop = async (): Promise<void> => {
    await (await opening)?.close()
    port.close()
  }
  port.on('message', (message: ToModel) => {
    if (message.kind === 'drop') dropped.add(message.id)
    else turn = turn.then(() => (message.kind === 'score' ? answer(message) : stop()))
  })
  await opening
}

async function opened(
  open: () => Promise<Served> | Served,
  send: (message: FromModel) => void,
): Promise<Served | null> {
  try {
    const served = await open()
    send({ kind: 'ready', inputs: served.inputs, outputs: served.outputs })
    return served
  } catch (error) {
    send({ kind: 'failed', reason: (error as Error).message })
    return null
  }
}
