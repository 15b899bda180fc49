import { isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { Mark, Page, Stream } from '../vendor/stream.ts'
import { commentRows } from './rows.ts'
import { staffOf } from './staff.ts'

/**
 * What customers wrote in tickets, the first sentence and every later one. Exported by time, the only way Zendesk has.
 *
 * @param since the first pull begins here, in seconds; `recent`: none begins later
 */
export function comments(since: number, recent: () => number): Stream {
  return {
    name: 'comments',
    kinds: ['comments'],
    pages: (mark, ask) => said(Number(mark?.['from'] ?? since), recent(), ask),
  }
}

async function* said(first: number, recent: number, ask: Ask): AsyncGenerator<Page> {
  const staff = await staffOf(ask)
  for (let from = first; ; ) {
    const answer = await ask({
      path: '/api/v2/incremental/ticket_events.json',
      query: { start_time: Math.min(from, recent), include: 'comment_events' },
    })
    const { end_time: until, end_of_stream: ended } = isObject(answer) ? answer : {}
    const latest = typeof until === 'number' ? Math.max(until, from) : from
    // A page never ends within a second: where it holds a single one, the next begins behind it.
    const isStuck = ended === false && latest === from
    from = isStuck ? from + 1 : latest
    const mark: Mark = { from }
    const found = listIn(answer, 'ticket_events').flatMap((event) => commentRows(event, staff))
    yield {
      rows: found.map((value) => {
        return { kind: 'comments', id: `${value['ticket_id']}/comment/${value['id']}`, value }
      }),
      mark,
    }
    if (ended !== false || typeof until !== 'number') return
  }
}
