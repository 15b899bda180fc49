import type { Context } from '../../src/context.ts'
import type { Person } from '../../src/records/person.ts'

/** Whom some words mean, by id or name in either language, also with an @; null: nobody. */
export function personCalled(ctx: Context, said: string): Person | null {
  const wanted = said.trim().replace(/^@/, '').toLowerCase()
  const found = ctx.people.all.find(({ id, name }) =>
    [id, name.zh, name.en].some((call) => call.toLowerCase() === wanted),
  )
  return found ?? null
}
