import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { Mark, Page, Stream } from '../vendor/stream.ts'
import { ratingRow } from './rows.ts'
import { nextIn } from './staff.ts'

/** A rating is dated by when it was asked for, and may be given until its ticket closes: younger ones are read again. */
const OPEN_SECONDS = 14 * 86_400

/** Thumbs up and down with their comments. */
export function ratings(since: number, now: () => Date): Stream {
  const pages = async function* (mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
    const settled = Math.floor(now().getTime() / 1000) - OPEN_SECONDS
    const from = Number(mark?.['from'] ?? since)
    for (let after = (mark?.['after'] as string | undefined) ?? null; ; ) {
      const answer = await ask({
        path: '/api/v2/satisfaction_ratings.json',
        query: {
          ...{ score: 'received', start_time: from, 'page[size]': 100 },
          ...(after === null ? {} : { 'page[after]': after }),
        },
      })
      after = nextIn(answer)
      const rows = listIn(answer, 'satisfaction_ratings').map((rating) => {
        const value = ratingRow(rating)
        return { kind: 'ratings', id: `${value['ticket_id']}/rating/${value['id']}`, value }
      })
      yield { rows, mark: after === null ? { from: Math.max(from, settled) } : { from, after } }
      if (after === null) return
    }
  }
  return { name: 'ratings', kinds: ['ratings'], pages }
}
