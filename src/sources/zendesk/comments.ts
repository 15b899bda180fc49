import { isObject } from '../cells.ts'
import type { Ask } from '../vendor/ask.ts'
import type { Feed, Mark, Page } from '../vendor/feed.ts'
import { listIn } from '../vendor/list.ts'
import { commentRows } from './rows.ts'
import { staffOf } from './staff.ts'

/** What customers wrote in tickets, the first sentence and every later one. Exported by time, the only way Zendesk has. */
export function comments(since: number): Feed {
  return { name: 'comments', pages: (mark, ask) => said(Number(mark?.['from'] ?? since), ask) }
}

async function* said(first: number, ask: Ask): AsyncGenerator<Page> {
  const staff = await staffOf(ask)
  for (let from = first; ; ) {
    const answer = await ask({
      path: '/api/v2/incremental/ticket_events.json',
      query: { start_time: from, include: 'comment_events' },
    })
    const { end_time: until, end_of_stream: ended } = isObject(answer) ? answer : {}
    const goesOn = typeof until === 'number' && until > from
    const mark: Mark = { from: goesOn ? until : from }
    const found = listIn(answer, 'ticket_events').flatMap((event) => commentRows(event, staff))
    yield {
      rows: found.map((value) => {
        return { kind: 'comments', id: `${value['ticket_id']}/comment/${value['id']}`, value }
      }),
      mark,
    }
    if (ended !== false || !goesOn) return
    from = until
  }
}
