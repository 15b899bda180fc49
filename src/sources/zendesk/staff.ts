import { at, isObject } from '../cells.ts'
import type { Ask } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'

const MOST_PAGES = 200

/** Ids of agents and admins: what they write is no voice of a customer. */
export async function staffOf(ask: Ask): Promise<Set<string>> {
  const staff = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask({
      path: '/api/v2/users.json?role[]=agent&role[]=admin',
      query: { 'page[size]': 100, ...(after === null ? {} : { 'page[after]': after }) },
    })
    for (const { id } of listIn(answer, 'users')) staff.add(String(id))
    after = nextIn(answer)
    if (after === null) break
  }
  return staff
}

/** Where a list goes on; null: it has ended. */
export function nextIn(answer: unknown): string | null {
  if (!isObject(answer) || at(answer, 'meta.has_more') !== true) return null
  const after = at(answer, 'meta.after_cursor')
  return typeof after === 'string' ? after : null
}
