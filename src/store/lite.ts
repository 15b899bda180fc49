import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../thread.ts'
import { type LiteCode, liteCode } from './lite-code.ts'

export type ToLite =
  | { readonly kind: 'open'; readonly code: LiteCode }
  | { readonly kind: 'batch'; readonly connection: number; readonly id: number; readonly data: Uint8Array }
  | { readonly kind: 'close' }

export type FromLite =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'data'; readonly connection: number; readonly data: Uint8Array }
  | { readonly kind: 'done'; readonly id: number; readonly reason: string | null }

type Done = (error?: Error | null) => void

/** The embedded database as seen from the main thread: it opens streams that speak PostgreSQL's wire protocol. */
export class Lite {
  readonly ready: Promise<void>
  private readonly worker: Worker
  private readonly waiting = new Map<number, Done>()
  private readonly streams = new Map<number, LiteStream>()
  private batches = 0
  private connections = 0
  private stopped: Error | null = null
  private closing: Promise<void> | null = null

  /** @param folder where the data lives; null keeps it in memory */
  constructor(folder: string | null) {
    this.worker = startThread(import.meta.url, './lite-worker', { folder })
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (message: FromLite) => {
        if (message.kind === 'ready') resolve()
        else if (message.kind === 'failed') reject(new Error(message.reason))
        else this.receive(message)
      })
      this.worker.on('error', (error) =>
        this.fail(new Error(`the embedded database has stopped: ${error.message}`)),
      )
      this.worker.on('exit', () => {
        this.fail(new Error('the embedded database has stopped'))
        reject(this.stopped)
      })
      liteCode().then((code) => this.worker.postMessage({ kind: 'open', code } satisfies ToLite), reject)
    })
    this.ready.catch(() => {})
  }

  /** Why no connection can be had any more; null while the database runs. */
  get failure(): Error | null {
    return this.stopped
  }

  open(): LiteStream {
    this.connections += 1
    const stream = new LiteStream(this, this.connections)
    this.streams.set(this.connections, stream)
    return stream
  }

  forget(connection: number): void {
    this.streams.delete(connection)
  }

  send(connection: number, batch: Uint8Array, done: Done): void {
    // A thread that has ended would never answer.
    if (this.stopped !== null) {
      done(this.stopped)
      return
    }
    this.batches += 1
    this.waiting.set(this.batches, done)
    // A buffer's own `slice` copies nothing, and what shares its memory with others cannot change hands.
    const data = new Uint8Array(batch)
    const message: ToLite = { kind: 'batch', connection, id: this.batches, data }
    this.worker.postMessage(message, [data.buffer])
  }

  /** Lets what is running finish, then ends the thread. May be called again, also after a crash. */
  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      if (this.stopped !== null) return resolve()
      this.worker.once('exit', () => resolve())
      this.worker.postMessage({ kind: 'close' } satisfies ToLite)
    })
    return this.closing
  }

  private receive(message: Extract<FromLite, { kind: 'data' | 'done' }>): void {
    if (message.kind === 'data') {
      const { buffer, byteOffset, byteLength } = message.data
      this.streams.get(message.connection)?.push(Buffer.from(buffer, byteOffset, byteLength))
      return
    }
    const done = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    done?.(message.reason === null ? null : new Error(message.reason))
  }

  private fail(error: Error): void {
    if (this.stopped !== null) return
    this.stopped = error
    for (const done of this.waiting.values()) done(error)
    this.waiting.clear()
    for (const stream of this.streams.values()) stream.destroy(error)
  }
}

const TERMINATE = 0x58
// Sync, Query, Flush: after one of these the other side answers, so a batch may end there.
const ENDS_BATCH = new Set([0x53, 0x51, 0x48])

/** A node-postgres `stream` that cuts what the client writes into whole protocol batches for the worker. */
export class LiteStream extends Duplex {
  private pending: Buffer = Buffer.alloc(0)
  private started = false
  private readonly lite: Lite
  private readonly connection: number

  constructor(lite: Lite, connection: number) {
    super({ allowHalfOpen: false })
    this.lite = lite
    this.connection = connection
  }

  connect(): this {
    this.lite.ready.then(
      () => (this.lite.failure === null ? this.emit('connect') : this.destroy(this.lite.failure)),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  // What node-postgres asks of a socket and a thread has no use for.
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: Done): void {
    this.lite.forget(this.connection)
    done(error)
  }

  override _final(done: Done): void {
    this.push(null)
    done()
  }

  override _write(chunk: Buffer, _encoding: string, done: Done): void {
    this.feed(chunk, done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.feed(Buffer.concat(chunks.map((each) => each.chunk)), done)
  }

  private feed(chunk: Buffer, done: Done): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk
    const end = this.endOfLastBatch()
    if (end === 'terminate') {
      this.pending = Buffer.alloc(0)
      this.push(null)
    }
    if (end === 'terminate' || end === 0) {
      done()
      return
    }
    const batch = this.pending.subarray(0, end)
    this.pending = this.pending.subarray(end)
    this.lite.send(this.connection, batch, done)
  }

  /** Bytes of `pending` that form complete batches. The start-up message alone has no type byte. */
  private endOfLastBatch(): number | 'terminate' {
    let end = 0
    let at = 0
    if (!this.started) {
      if (this.pending.length < 4) return 0
      const length = this.pending.readInt32BE(0)
      if (this.pending.length < length) return 0
      this.started = true
      end = length
      at = length
    }
    while (this.pending.length - at >= 5) {
      const length = 1 + this.pending.readInt32BE(at + 1)
      if (this.pending.length - at < length) break
      const type = this.pending[at]!
      if (type === TERMINATE) return 'terminate'
      at += length
      if (ENDS_BATCH.has(type)) end = at
    }
    return end
  }
}
