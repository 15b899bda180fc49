import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { FromLite, ToLite } from './lite.ts'

/** The embedded PostgreSQL, in a thread of its own: a long statement must not stall the chat. */

const port = parentPort!
const send = (message: FromLite, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const folder = (workerData as { data: { folder: string | null } }).data.folder
const database = folder === null ? new PGlite() : new PGlite(folder)

// PGlite is one session: batches of wire protocol run strictly one after the other.
let turn: Promise<void> = database.waitReady.then(
  () => send({ kind: 'ready' }),
  (error: unknown) => send({ kind: 'failed', reason: String(error) }),
)

async function run(connection: number, id: number, batch: Uint8Array): Promise<void> {
  try {
    await database.execProtocolRawStream(batch, {
      onRawData: (data) => {
        const copy = data.slice()
        send({ kind: 'data', connection, data: copy }, [copy.buffer])
      },
    })
    send({ kind: 'done', id, reason: null })
  } catch (error) {
    send({ kind: 'done', id, reason: String(error) })
  }
}

async function stop(): Promise<void> {
  // A database that never started cannot be closed either; the thread must end all the same.
  await database.close().catch(() => {})
  port.close()
}

port.on('message', (message: ToLite) => {
  turn = turn.then(() =>
    message.kind === 'batch' ? run(message.connection, message.id, message.data) : stop(),
  )
})
