import { at, isObject } from '../cells.ts'
import { listIn } from '../vendor/list.ts'
import type { Row } from '../vendor/stream.ts'

/** Intercom's objects as the mapping reads them: its own fields, and what must be computed of them. Pure. */

type Raw = Readonly<Record<string, unknown>>

export function contactRow(contact: Raw): Row {
  const value = { ...contact, updated: instant(contact['updated_at']) }
  return { kind: 'contacts', id: String(contact['id']), value }
}

/** A conversation whole: opened, closed, what its customers wrote, and how they rated it. */
export function conversationRows(conversation: Raw): Row[] {
  const id = String(conversation['id'])
  const contact = listIn(conversation['contacts'], 'contacts')[0]?.['id'] ?? null
  const closed = conversation['state'] === 'closed' ? at(conversation, 'statistics.last_close_at') : null
  const minutes = (Number(closed) - Number(conversation['created_at'])) / 60
  const value = {
    ...conversation,
    contact,
    // What the company sent first is nobody's ticket.
    opened: isAsked(conversation) ? instant(conversation['created_at']) : null,
    resolved: instant(closed),
    resolved_minutes: closed && minutes >= 0 ? Math.round(minutes) : null,
  }
  return [
    { kind: 'opened', id: `${id}/opened`, value },
    { kind: 'resolved', id: `${id}/resolved`, value },
    ...messagesOf(id, conversation),
    ...ratingOf(id, conversation, contact),
  ]
}

function isAsked(conversation: Raw): boolean {
  return at(conversation, 'source.delivered_as') === 'customer_initiated'
}

/** The first message stands by itself, the others are the parts. One that was taken back has no words any more. */
function messagesOf(id: string, conversation: Raw): Row[] {
  const { source, created_at } = conversation
  const first = isObject(source) ? [{ created_at, ...source }] : []
  return [...first, ...listIn(conversation['conversation_parts'], 'conversation_parts')]
    .filter((part) => ['user', 'lead', 'contact'].includes(String(at(part, 'author.type'))))
    .map((part: Raw) => ({
      kind: 'messages',
      id: `${id}/message/${part['id']}`,
      value: {
        ...part,
        contact: at(part, 'author.id') ?? null,
        said: instant(part['created_at']),
        text: part['redacted'] === true ? '' : String(part['body'] ?? ''),
      },
    }))
}

function ratingOf(id: string, { conversation_rating: rating }: Raw, contact: unknown): Row[] {
  if (!isObject(rating)) return []
  const value = {
    ...rating,
    contact: at(rating, 'contact.id') ?? contact,
    rated: instant(rating['created_at']),
    rating: rating['rating'] ?? null,
    remark: rating['remark'] ?? null,
  }
  return [{ kind: 'ratings', id: `${id}/rating`, value }]
}

/** Seconds since 1970 as they are read everywhere else; null: there are none. */
function instant(seconds: unknown): string | null {
  return typeof seconds === 'number' && seconds > 0 ? new Date(seconds * 1000).toISOString() : null
}
