import type { KeptPage } from '../risk/last-kept.ts'
import type { Ask, Statement } from './statement.ts'

/**
 * Assessments as they lie in the table, some of its blocks at a time. By customer they would be fetched from all over it,
 * one by one, which took longer than everything else a night asks of the database. Lists, not rows: as many numbers take a
 * fraction of the time to read. What is written meanwhile may be missed: the next night compares with it.
 */
const KEPT: Statement = {
  name: 'kept',
  sql: `SELECT json_build_object('customers', json_agg(customer), 'asOf', json_agg((extract(epoch FROM as_of) * 1000)::bigint),
      'tiers', json_agg(tier), 'scores', json_agg(score), 'models', json_agg(model),
      'standings', json_agg(standing), 'factors', json_agg(factors),
      'blocks', pg_relation_size('assessment') / current_setting('block_size')::int) AS body
    FROM assessment WHERE ctid >= $1::tid AND ctid < $2::tid`,
}

interface Blocks extends KeptPage {
  /** How many the table has. */
  readonly blocks: number
}

/** Rows wanted at a time, which are read in a few milliseconds; how many blocks hold them is told by those before. */
const ROWS = 5_000
const FIRST_BLOCKS = 128
const MOST_BLOCKS = 8_192

export async function* keptPages(ask: Ask): AsyncGenerator<KeptPage> {
  const read = (from: number, blocks: number) => ask<Blocks>(KEPT, [`(${from},0)`, `(${from + blocks},0)`])
  let [from, blocks] = [0, FIRST_BLOCKS]
  let next = read(from, blocks)
  for (;;) {
    const page = (await next)!
    from += blocks
    const isLast = from >= page.blocks
    const rows = page.customers?.length ?? 0
    blocks = Math.min(MOST_BLOCKS, blocks * 2, Math.ceil((blocks * ROWS) / Math.max(1, rows)))
    // The database reads on while this page is looked at. Whoever waits for it hears of a failure.
    if (!isLast) next = read(from, blocks)
    next.catch(() => {})
    if (rows > 0) yield page
    if (isLast) return
  }
}
