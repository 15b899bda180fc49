import { parentPort } from 'node:worker_threads'
import type { Chart } from '../chat/card.ts'
import { paint } from './paint.ts'

/** One picture after the other, each answered by its number. */

export interface ToPainter {
  readonly no: number
  readonly charts: readonly Chart[]
}

export type FromPainter =
  | { readonly no: number; readonly png: Uint8Array }
  | { readonly no: number; readonly why: string }

parentPort!.on('message', ({ no, charts }: ToPainter) => tell(painted(no, charts)))

function painted(no: number, charts: readonly Chart[]): FromPainter {
  try {
    return { no, png: paint(charts) }
  } catch (error) {
    return { no, why: error instanceof Error ? error.message : String(error) }
  }
}

function tell(message: FromPainter): void {
  parentPort!.postMessage(message)
}
