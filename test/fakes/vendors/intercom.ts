import { type Answered, type Asked, vendorServer } from './server.ts'

type Thing = Record<string, unknown> & { id: string; updated_at: number }

/** Intercom as far as it is read: searches by change, contacts by its day alone; conversations whole only one by one. */
export async function fakeIntercom(pageSize = 2) {
  const world = {
    contacts: [] as Thing[],
    conversations: [] as Thing[],
    deleted: [] as { id: string; deleted_at: number }[],
  }
  const answer = ({ path, query, body, headers }: Asked): Answered => {
    if (headers.authorization !== 'Bearer ic-good')
      return {
        status: 401,
        json: { type: 'error.list', errors: [{ code: 'unauthorized', message: 'Invalid ic-bad' }] },
      }
    if (path === '/conversations/deleted') return deleted(world.deleted, query, headers['intercom-version'])
    if (headers['intercom-version'] !== '2.11') throw new Error('the version is not said')
    if (path === '/contacts/search') return { json: found('data', world.contacts, body, pageSize, 86_400) }
    if (path === '/conversations/search') {
      const short = world.conversations.map(({ conversation_parts: _, ...rest }) => rest as Thing)
      return { json: found('conversations', short, body, pageSize, 1) }
    }
    const whole = world.conversations.find(({ id }) => path === `/conversations/${id}`)
    return whole === undefined ? { status: 404, json: { errors: [{ code: 'not_found' }] } } : { json: whole }
  }
  return { server: await vendorServer(answer), world }
}

function found(
  list: string,
  all: readonly Thing[],
  body: Record<string, unknown>,
  size: number,
  grain: number,
) {
  const { query, pagination } = body as {
    query: { field: string; operator: string; value: number }
    pagination: { starting_after?: string }
  }
  if (query.field !== 'updated_at' || query.operator !== '>')
    throw new Error('not the search this fake knows')
  const rows = all
    .filter(({ updated_at }) => Math.floor(updated_at / grain) > Math.floor(query.value / grain))
    .sort((a, b) => a.updated_at - b.updated_at)
  const from = Number(pagination.starting_after ?? 0)
  const after = from + size
  const next = after < rows.length ? { next: { page: 2, starting_after: String(after) } } : {}
  return { [list]: rows.slice(from, after), pages: { type: 'pages', ...next } }
}

/** Listed page by page, and only by a newer version of the API. */
function deleted(all: readonly object[], query: URLSearchParams, version: unknown): Answered {
  if (version !== '2.16') return { status: 404, json: { errors: [{ code: 'not_found' }] } }
  const page = Number(query.get('page'))
  const conversations = all.slice((page - 1) * 2, page * 2)
  return { json: { conversations, pages: { page, per_page: 2, total_pages: Math.ceil(all.length / 2) } } }
}
