import type { Context } from '../context.ts'
import type { Database } from '../store/database.ts'

/** What keeps the program from doing its work, one sentence each; empty when it is ready. */
export async function problemsOf(
  database: Database,
  ctx: Context,
  ofChats: () => readonly string[],
): Promise<readonly string[]> {
  return (await answers(database)) ?? [...ofChats(), ...(await refusals(ctx))]
}

async function answers(database: Database): Promise<string[] | null> {
  return database.pool.query('SELECT 1').then(
    () => null,
    () => ['The database does not answer.'],
  )
}

/** Platforms that no longer take our token: every message to them is put aside. */
async function refusals({ store, clock }: Context): Promise<string[]> {
  const { dead } = await store.delivery.state(clock.now())
  const refused = new Set(dead.filter(({ reason }) => reason === 'token-refused').map(({ chat }) => chat))
  return [...refused].map(
    (chat) => `${chat} refuses the token; renew it, then send again with: delivery retry`,
  )
}
