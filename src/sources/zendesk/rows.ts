import { ownValue } from '../../own-value.ts'
import { at, isObject } from '../cells.ts'
import { listIn } from '../vendor/list.ts'

/** Zendesk's objects as the mapping reads them: its own fields, and what must be computed of them. Pure. */

export type Raw = Readonly<Record<string, unknown>>

/** Customers: staff are none, nor who was deleted. */
export function isCustomer({ role, active }: Raw): boolean {
  return role === 'end-user' && active !== false
}

/** `custom.360001`: the ticket field of that number. `resolved_at` is empty while the ticket is open. */
export function ticketRow(ticket: Raw, metrics: Raw | null): Raw {
  const isResolved = ticket['status'] === 'solved' || ticket['status'] === 'closed'
  const fields = Array.isArray(ticket['custom_fields']) ? ticket['custom_fields'].filter(isObject) : []
  return {
    ...ticket,
    custom: Object.fromEntries(fields.map(({ id, value }) => [String(id), value])),
    resolved_at: isResolved ? (metrics?.['solved_at'] ?? null) : null,
    resolved_minutes: at(metrics ?? {}, 'full_resolution_time_in_minutes.calendar') ?? null,
  }
}

/** What a customer wrote: the comments of one update of a ticket that are public, have words and are not of `staff`. */
export function commentRows(event: Raw, staff: ReadonlySet<string>): Raw[] {
  const parts = Array.isArray(event['child_events']) ? event['child_events'].filter(isObject) : []
  const said = Number(event['timestamp'])
  return parts
    .filter((part) => part['event_type'] === 'Comment')
    .filter((part) => part['public'] !== false && part['comment_public'] !== false)
    .map((part) => ({
      id: part['id'],
      ticket_id: event['ticket_id'],
      author_id: part['author_id'],
      created_at: event['created_at'] ?? (said > 0 ? new Date(said * 1000).toISOString() : null),
      text: String(part['body'] ?? part['plain_body'] ?? '').trim(),
    }))
    .filter(({ author_id, text }) => text !== '' && isPerson(author_id) && !staff.has(String(author_id)))
}

/** Zendesk itself writes as -1. */
function isPerson(id: unknown): boolean {
  return Number(id) > 0
}

/** The answers to a survey: how content, on our scale, and in which words. One about something else than that is no score. */
export function surveyRow(response: Raw): Raw {
  const answers = listIn(response, 'answers')
  const scored = answers.find(
    (answer) => answer['type'] === 'rating_scale' && at(answer, 'question.sub_type') !== 'other',
  )
  const words = answers.map((answer) =>
    answer['type'] === 'open_ended' ? String(answer['value'] ?? '') : '',
  )
  const dates = answers.map((answer) => String(answer['updated_at'] ?? answer['created_at'] ?? ''))
  return {
    ...response,
    ticket_id: ticketOf(response),
    csat: scored === undefined ? null : scoreOf(scored),
    comment: words.filter((each) => each.trim() !== '').join('\n'),
    answered_at: dates.sort().at(-1) ?? null,
  }
}

/** Which ticket it was about; null: something else. */
function ticketOf(response: Raw): string | null {
  const names = Array.isArray(response['subject_zrns']) ? response['subject_zrns'].map(String) : []
  return names.flatMap((name) => /:ticket:(\d+)$/.exec(name)?.[1] ?? [])[0] ?? null
}

const CATEGORIES: Readonly<Record<string, number>> = { good: 10, neutral: 5, bad: 0 }

/** In proportion where the scale has steps enough; of two faces, and where the steps are not told, by what it stands for. */
function scoreOf(answer: Raw): number | null {
  const question = isObject(answer['question']) ? answer['question'] : {}
  const steps = listIn(question, 'options').map(({ rating }) => Number(rating))
  const rating = Number(answer['rating'])
  const most = Math.max(...steps)
  if (steps.length > 2 && rating >= 0 && rating <= most) return (rating * 10) / most
  return ownValue(CATEGORIES, String(answer['rating_category'])) ?? null
}

/** Thumbs up and down as the ends of our scale. */
export function ratingRow(rating: Raw): Raw {
  const comment = rating['comment'] ?? null
  return { ...rating, comment, csat: rating['score'] === 'good' ? 10 : rating['score'] === 'bad' ? 0 : null }
}
