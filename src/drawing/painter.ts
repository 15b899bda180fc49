import type { Worker } from 'node:worker_threads'
import type { Chart } from '../chat/card.ts'
import { startThread } from '../thread.ts'
import type { FromPainter, ToPainter } from './paint-worker.ts'

/** Draws charts on a thread of its own, so that nobody who clicks waits for a picture. */
export interface Painter {
  /** The charts below one another as one PNG, 840 pixels wide. Rejects where they cannot be drawn. */
  draw(charts: readonly Chart[]): Promise<Uint8Array>
  close(): Promise<void>
}

interface Order {
  done(png: Uint8Array): void
  failed(why: Error): void
}

/** The thread starts with the first picture: who has no chat platform never pays for fonts and libraries. */
export function openPainter(): Painter {
  const orders = new Map<number, Order>()
  let thread: Worker | null = null
  let no = 0
  const giveUp = (why: Error): void => {
    thread = null
    for (const { failed } of orders.values()) failed(why)
    orders.clear()
  }
  const begin = (): Worker => {
    const started = startThread(import.meta.url, './paint-worker', null)
    started.on('message', (told: FromPainter) => {
      const order = orders.get(told.no)
      orders.delete(told.no)
      if ('png' in told) order?.done(told.png)
      else order?.failed(new Error(told.why))
      if (orders.size === 0) started.unref()
    })
    started.on('error', giveUp)
    started.on('exit', (code) => {
      if (thread === started) giveUp(new Error(`the drawing thread ended (${code})`))
    })
    return started
  }
  return {
    draw: (charts) =>
      new Promise((done, failed) => {
        thread ??= begin()
        no += 1
        orders.set(no, { done, failed })
        thread.ref()
        thread.postMessage({ no, charts } satisfies ToPainter)
      }),
    close: async () => {
      const ended = thread
      giveUp(new Error('the program is closing'))
      await ended?.terminate()
    },
  }
}
