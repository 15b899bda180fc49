import { writeSync } from 'node:fs'
import pg from 'pg'
import { BEGUN, ENDED, MARKS } from './wire.ts'

/**
 * Makes this process mark its transactions on a pipe that survives it: one byte once BEGIN was answered, one before
 * COMMIT or ROLLBACK is sent. A transaction is surely open in between. The pipe is written to at once, not when the
 * event loop gets round to it: a kill leaves no time.
 */
export function markTransactions(): void {
  const original = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown
  const open = new WeakSet<pg.Client>()
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const sql = textOf(given[0])
    if (/^(COMMIT|ROLLBACK)\b/i.test(sql) && open.delete(this)) writeSync(MARKS, ENDED)
    const answer = original.apply(this, given)
    if (/^BEGIN\b/i.test(sql)) {
      void Promise.resolve(answer).then(
        () => {
          open.add(this)
          writeSync(MARKS, BEGUN)
        },
        () => {},
      )
    }
    return answer
  } as typeof pg.Client.prototype.query
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  const { text } = query as { text?: unknown }
  return typeof text === 'string' ? text : ''
}
