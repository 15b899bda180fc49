import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import type { FromLite, ToLite } from './lite.ts'
import type { LiteCode } from './lite-code.ts'

/** The embedded PostgreSQL, in a thread of its own: a long statement must not stall the chat. */

const port = parentPort!
const send = (message: FromLite, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const folder = (workerData as { data: { folder: string | null } }).data.folder
let database: PGlite | null = null

// PGlite is one session: batches of wire protocol run strictly one after the other.
let turn: Promise<void> = Promise.resolve()

async function open(code: LiteCode): Promise<void> {
  try {
    database = await PGlite.create({
      ...code,
      ...(folder === null ? {} : { dataDir: folder }),
    } as PGliteOptions)
    send({ kind: 'ready' })
  } catch (error) {
    send({ kind: 'failed', reason: String(error) })
  }
}

async function run(connection: number, id: number, batch: Uint8Array): Promise<void> {
  try {
    await database!.execProtocolRawStream(batch, {
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
  await database?.close().catch(() => {})
  port.close()
}

port.on('message', (message: ToLite) => {
  turn = turn.then(() => {
    if (message.kind === 'batch') return run(message.connection, message.id, message.data)
    return message.kind === 'open' ? open(message.code) : stop()
  })
})
