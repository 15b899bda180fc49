import { DAY } from '../../clock.ts'
import { at, isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import { PathRefused } from '../vendor/refusal.ts'
import type { Mark, Page, Row, Stream } from '../vendor/stream.ts'
import { contactRow, conversationRows } from './rows.ts'

/** A search shows a contact minutes after it was made. */
const LAG_SECONDS = 300
/** Contacts are found by the day of their change, in no known zone. */
const DAY_SECONDS = DAY / 1000

/** What a conversation holds. */
export const CONVERSED = ['opened', 'resolved', 'messages', 'ratings']

/** `since`: the first pull begins with what changed then, in seconds. */
export function contacts(since: number, now: () => number): Stream {
  return searched(
    { name: 'contacts', kinds: ['contacts'], perPage: 150, since, early: DAY_SECONDS, now },
    async (found) => ({ rows: found.map(contactRow) }),
  )
}

/** A search shows no more than the first message: each conversation is asked for by itself. */
export function conversations(since: number, now: () => number): Stream {
  return searched(
    { name: 'conversations', kinds: CONVERSED, perPage: 50, since, early: 0, now },
    async (found, ask) => {
      const rows: Row[] = []
      const gone: string[] = []
      for (const { id } of found) {
        const whole = await conversation(String(id), ask)
        if (whole === null) gone.push(`${id}/`)
        else if (isObject(whole)) rows.push(...conversationRows(whole))
      }
      return { rows, gone }
    },
  )
}

/** Null: it was deleted, and the search does not know it yet. It must not keep out all that changed after it. */
async function conversation(id: string, ask: Ask): Promise<unknown> {
  const request = { path: `/conversations/${encodeURIComponent(id)}`, query: { display_as: 'plaintext' } }
  return ask(request).catch((error: unknown) => {
    if (error instanceof PathRefused && error.status === 404) return null
    throw error
  })
}

interface Search {
  readonly name: 'contacts' | 'conversations'
  readonly kinds: readonly string[]
  readonly perPage: number
  readonly since: number
  /** Seconds to look before where the last pull began. */
  readonly early: number
  readonly now: () => number
}

/** What a walk remembers: its own first moment, since when the next one looks, and the page it stands at. */
interface Walk {
  readonly since: number
  readonly began?: number
  readonly after?: string
}

function searched(
  { name, kinds, perPage, since: first, early, now }: Search,
  read: (found: Record<string, unknown>[], ask: Ask) => Promise<Pick<Page, 'rows' | 'gone'>>,
): Stream {
  const pages = async function* (mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
    const { since, began = now(), after: left = null } = (mark as Walk | null) ?? { since: first }
    for (let after = left; ; ) {
      const answer = await ask({
        path: `/${name}/search`,
        body: {
          query: { field: 'updated_at', operator: '>', value: Math.max(0, since - early - 1) },
          sort: { field: 'updated_at', order: 'ascending' },
          pagination: { per_page: perPage, ...(after === null ? {} : { starting_after: after }) },
        },
      })
      const next = isObject(answer) ? at(answer, 'pages.next.starting_after') : undefined
      after = typeof next === 'string' ? next : null
      // Contacts stand in `data`.
      const found = listIn(answer, name === 'contacts' ? 'data' : name)
      const walk: Walk = after === null ? { since: began - LAG_SECONDS } : { since, began, after }
      yield { ...(await read(found, ask)), mark: { ...walk } }
      if (after === null) return
    }
  }
  return { name, kinds, pages }
}
