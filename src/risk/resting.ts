import type { ModelScorer } from './scores.ts'

/** Rows from which on the memory of threads is worth more than their next start: a night of as many goes on to write. */
const MANY = 500_000
const REST_MS = 250

/** A scorer that ends when it has rested for a while after very many rows, and is opened again for the next. */
export function restingScorer(
  width: number,
  open: () => ModelScorer,
  { many = MANY, restMs = REST_MS } = {},
): ModelScorer {
  let opened: ModelScorer | null = null
  let leaving: NodeJS.Timeout | undefined
  let busy = 0
  /** Whether it has scored very many since it was opened. */
  let isLarge = false
  let isClosed = false

  async function during<T>(rows: number, work: (scorer: ModelScorer) => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('the model has been closed')
    clearTimeout(leaving)
    isLarge ||= rows >= many
    opened ??= open()
    busy += 1
    try {
      return await work(opened)
    } finally {
      busy -= 1
      if (busy === 0 && isLarge && !isClosed) leaving = setTimeout(leave, restMs).unref()
    }
  }

  async function leave(): Promise<void> {
    clearTimeout(leaving)
    isLarge = false
    const left = opened
    opened = null
    await left?.close()
  }

  return {
    width,
    score: (values, rows, signal) => during(rows, (scorer) => scorer.score(values, rows, signal)),
    scoreRows: (valuesOf, rows, signal) => during(rows, (scorer) => scorer.scoreRows(valuesOf, rows, signal)),
    close: async () => {
      isClosed = true
      await leave()
    },
  }
}
