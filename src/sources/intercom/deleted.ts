import { DAY, HOUR } from '../../clock.ts'
import { at, isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import { PathRefused } from '../vendor/refusal.ts'
import type { Mark, Page, Stream } from '../vendor/stream.ts'

/** In which order they are listed is not promised, so the list is looked through whole, once a day. */
const EVERY_MS = 20 * HOUR
/** The first version of the API that lists them. */
const VERSION = '2.16'

/** Conversations that were deleted, whose events and voices go. `kinds`: what they hold; `now`: seconds. */
export function deletedConversations(kinds: readonly string[], now: () => number): Stream {
  const name = 'deleted conversations'
  const pages = async function* (mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
    try {
      yield* deleted(mark, now(), ask)
    } catch (error) {
      // Where the list is not offered, the others are read as before.
      if (!(error instanceof PathRefused) || error.status !== 404) throw error
    }
  }
  return { name, kinds, pages }
}

async function* deleted(mark: Mark | null, now: number, ask: Ask): AsyncGenerator<Page> {
  const seen = Number(mark?.['seen'] ?? 0)
  // The difference either way: the clock may have been set back.
  if (Math.abs(now - seen) * 1000 < EVERY_MS) return
  for (let page = 1; ; page += 1) {
    const answer = await ask({
      path: '/conversations/deleted',
      query: { page, per_page: 60 },
      headers: { 'intercom-version': VERSION },
    })
    const found = listIn(answer, 'conversations')
    const gone = found
      .filter(({ deleted_at: when }) => !(Number(when) < seen - DAY / 1000))
      .map(({ id }) => `${id}/`)
    const total = isObject(answer) ? Number(at(answer, 'pages.total_pages') ?? 1) : 1
    const isLast = found.length === 0 || !(page < total)
    yield { rows: [], gone, mark: isLast ? { seen: now } : { seen } }
    if (isLast) return
  }
}
