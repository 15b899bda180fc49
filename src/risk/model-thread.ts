import type { Worker } from 'node:worker_threads'
import { startThread } from '../thread.ts'

/** An input or output of a model file; `null` in a shape: any size. */
export interface Port {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | null)[]
}

export type ToModel =
  | {
      readonly kind: 'score'
      readonly id: number
      readonly rows: number
      readonly input: string
      readonly outputs: readonly string[]
      readonly values: Float32Array<ArrayBuffer>
    }
  | { readonly kind: 'drop'; readonly id: number }
  | { readonly kind: 'close' }

export type FromModel =
  | { readonly kind: 'ready'; readonly inputs: readonly Port[]; readonly outputs: readonly Port[] }
  | { readonly kind: 'failed'; readonly reason: string }
  | ({ readonly kind: 'scored'; readonly id: number } & Answer)
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string }

/** What a request leads to. */
export interface Answer {
  readonly outputs: readonly Float32Array[]
  /** The memory of the request's numbers, for those of the next. */
  readonly spent: Float32Array<ArrayBuffer>
}

export type Request = Omit<Extract<ToModel, { kind: 'score' }>, 'kind' | 'id'>

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** The thread as seen from here: requests go in, answers come out, whoever waits is never forgotten. */
export class ModelThread {
  readonly ready: Promise<Extract<FromModel, { kind: 'ready' }>>
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private requests = 0
  private stopped: Error | null = null
  private closing: Promise<void> | null = null

  /**
   * @param entry the thread's file, which calls `serve`
   * @param data what it is handed
   */
  constructor(entry: './model-worker' | './bulk-worker', data: unknown) {
    this.worker = startThread(import.meta.url, entry, data)
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (message: FromModel) => {
        if (message.kind === 'ready') resolve(message)
        else if (message.kind === 'failed') reject(new Error(message.reason))
        else this.receive(message)
      })
      this.worker.on('error', (error) => this.fail(error as Error))
      this.worker.on('exit', () => {
        this.fail(new Error('the model has been closed'))
        reject(this.stopped)
      })
    })
    this.ready.catch(() => {})
  }

  async score(request: Request, signal?: AbortSignal): Promise<Answer> {
    if (this.stopped !== null || this.closing !== null)
      throw this.stopped ?? new Error('the model has been closed')
    this.requests += 1
    const id = this.requests
    const drop = (): void => {
      this.worker.postMessage({ kind: 'drop', id } satisfies ToModel)
      this.settle(id)?.reject(signal!.reason as Error)
    }
    signal?.addEventListener('abort', drop, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.waiting.set(id, { resolve, reject })
        this.worker.postMessage({ kind: 'score', id, ...request } satisfies ToModel, [request.values.buffer])
      })
    } finally {
      signal?.removeEventListener('abort', drop)
    }
  }

  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      if (this.stopped !== null) return resolve()
      this.worker.once('exit', () => resolve())
      this.worker.postMessage({ kind: 'close' } satisfies ToModel)
    })
    return this.closing
  }

  private receive(message: Extract<FromModel, { kind: 'scored' | 'refused' }>): void {
    const waiting = this.settle(message.id)
    if (message.kind === 'scored') waiting?.resolve(message)
    else waiting?.reject(new Error(message.reason))
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    return waiting
  }

  private fail(error: Error): void {
    this.stopped ??= error
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
