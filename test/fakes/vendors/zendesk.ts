import { type Answered, type Asked, vendorServer } from './server.ts'

type Thing = Record<string, unknown>

/** Zendesk as far as it is read: exports by cursor and by time in small pages, lists with a cursor of their own. */
export async function fakeZendesk(pageSize = 3) {
  const world = {
    users: [] as Thing[],
    tickets: [] as Thing[],
    metric_sets: [] as Thing[],
    ticket_events: [] as Thing[],
    ratings: [] as Thing[],
    surveys: [] as Thing[],
    role: 'admin',
  }
  const basic = `Basic ${Buffer.from('admin@acme.example/token:zd-good').toString('base64')}`
  const answer = ({ path, query, headers }: Asked): Answered => {
    if (headers.authorization !== basic)
      return { status: 401, json: { error: 'Couldn’t authenticate zd-bad' } }
    switch (path) {
      case '/api/v2/incremental/users/cursor.json':
        return { json: exported('users', world.users, query, pageSize) }
      case '/api/v2/incremental/tickets/cursor.json':
        return {
          json: { ...exported('tickets', world.tickets, query, pageSize), metric_sets: world.metric_sets },
        }
      case '/api/v2/incremental/ticket_events.json':
        return { json: byTime(world.ticket_events, Number(query.get('start_time')), pageSize) }
      case '/api/v2/satisfaction_ratings.json':
        return { json: listed('satisfaction_ratings', world.ratings, query, pageSize) }
      case '/api/v2/guide/survey_responses':
        return { json: listed('survey_responses', world.surveys, query, pageSize) }
      case '/api/v2/users/me.json':
        return { json: { user: { id: 1, role: world.role } } }
      case '/api/v2/users.json': {
        const roles = query.has('role') ? query.getAll('role') : query.getAll('role[]')
        const users = world.users.filter(({ role }) => roles.includes(String(role)))
        return { json: listed('users', users, query, pageSize) }
      }
      default:
        return { json: listed('tickets', world.tickets, query, pageSize) }
    }
  }
  return { server: await vendorServer(answer), world }
}

/** What a customer answered to a survey of a ticket: faces from 1 to 5, and words; null: nothing yet. */
export function surveyOf(
  id: string,
  responder_id: number,
  ticket: number,
  answer: { rating: number; comment: string } | null,
): Thing {
  const dated = { created_at: '2026-05-04T00:00:00Z', updated_at: '2026-05-04T00:00:00Z' }
  const options = [1, 2, 3, 4, 5].map((rating) => ({ rating, label: {} }))
  const question = { type: 'rating_scale_emoji', sub_type: 'customer_satisfaction', options }
  const answers =
    answer === null
      ? []
      : [
          { type: 'rating_scale', rating: answer.rating, rating_category: 'bad', question, ...dated },
          { type: 'open_ended', value: answer.comment, question: { type: 'open_ended' }, ...dated },
          { type: 'skipped', question: { type: 'closed_ended' }, ...dated },
        ]
  return { id, responder_id, subject_zrns: [`zen:ticket:${ticket}`], answers }
}

/** The place in the list is the cursor: what changes again is appended anew. */
function exported(name: string, all: readonly Thing[], query: URLSearchParams, size: number): Thing {
  const from = Number(query.get('cursor') ?? 0)
  const rows = all.slice(from, from + size)
  const after = from + rows.length
  return { [name]: rows, after_cursor: String(after), end_of_stream: after >= all.length }
}

/** A page never ends within a second. */
function byTime(all: readonly Thing[], start: number, size: number): Thing {
  const due = all.filter(({ timestamp }) => Number(timestamp) >= start)
  const last = Number(due[Math.min(size, due.length) - 1]?.['timestamp'] ?? start)
  const rows = due.filter(({ timestamp }) => Number(timestamp) <= last)
  return { ticket_events: rows, end_time: last, end_of_stream: rows.length === due.length }
}

function listed(name: string, all: readonly Thing[], query: URLSearchParams, size: number): Thing {
  const from = Number(query.get('page[after]') ?? 0)
  const after = from + size
  return {
    [name]: all.slice(from, after),
    meta: { has_more: after < all.length, after_cursor: String(after) },
  }
}
