import { isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { Mark, Page, Row, Stream } from '../vendor/stream.ts'
import { isCustomer, type Raw, ticketRow } from './rows.ts'

/** Zendesk's exports by cursor: each page names where the next begins, also long after it was read. */

/** What becomes of a ticket, and what goes with it. */
const OF_TICKETS = ['opened', 'resolved', 'comments', 'ratings', 'surveys']

/** Customers; `since`: the first pull begins with what changed then, in seconds. */
export function users(since: number): Stream {
  return exported('users', ['users'], since, {}, (answer) => ({
    rows: listIn(answer, 'users')
      .filter(isCustomer)
      .map((user) => ({ kind: 'users', id: String(user['id']), value: user })),
  }))
}

/** Tickets: opened, resolved, and deleted with all that was said in them. */
export function tickets(since: number): Stream {
  return exported('tickets', OF_TICKETS, since, { include: 'metric_sets' }, (answer) => {
    const metrics = new Map(listIn(answer, 'metric_sets').map((one) => [String(one['ticket_id']), one]))
    // A ticket that changed again within the page stands there twice.
    const all = [...new Map(listIn(answer, 'tickets').map((ticket) => [ticket['id'], ticket])).values()]
    const isDeleted = ({ status }: Raw) => status === 'deleted'
    return {
      rows: all.filter((ticket) => !isDeleted(ticket)).flatMap((ticket) => ticketRows(ticket, metrics)),
      gone: all.filter(isDeleted).map(({ id }) => `${id}/`),
    }
  })
}

function ticketRows(ticket: Raw, metrics: ReadonlyMap<string, Raw>): Row[] {
  const id = String(ticket['id'])
  const own = isObject(ticket['metric_set']) ? ticket['metric_set'] : (metrics.get(id) ?? null)
  const value = ticketRow(ticket, own)
  return ['opened', 'resolved'].map((kind) => ({ kind, id: `${id}/${kind}`, value }))
}

function exported(
  name: string,
  kinds: readonly string[],
  since: number,
  query: Readonly<Record<string, string>>,
  read: (answer: unknown) => Pick<Page, 'rows' | 'gone'>,
): Stream {
  const pages = async function* (mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
    let cursor = (mark?.['cursor'] as string | undefined) ?? null
    for (;;) {
      const from = cursor === null ? { start_time: since } : { cursor }
      const answer = await ask({
        path: `/api/v2/incremental/${name}/cursor.json`,
        query: { ...query, ...from },
      })
      const { after_cursor: after, end_of_stream: ended } = isObject(answer) ? answer : {}
      cursor = typeof after === 'string' ? after : cursor
      yield { ...read(answer), mark: cursor === null ? {} : { cursor } }
      // Without a place to go on from there is no next page, whatever else the answer says.
      if (ended !== false || typeof after !== 'string') return
    }
  }
  return { name, kinds, pages }
}
