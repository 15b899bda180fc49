import { type StaffCall, unreached } from '../src/alerts/calls.ts'
import { DAY } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { accountsOf } from '../src/judging/accounts.ts'
import type { StaffMail } from '../src/learning/notice.ts'

const MINUTE = 60_000
/** What has been due for longer helps nobody any more. */
const BACK_MS = DAY

/** People whom no chat reached with what they were to hear of are written to, once for each such thing. */
export const mail: Job = {
  name: 'mail',
  cron: '* * * * *',
  // A long pull must not hold an escalation back.
  lane: 'deadlines',
  run: async (ctx) => {
    if (ctx.config.mail === undefined) return { seen: 0, changed: 0, failed: 0 }
    const now = ctx.clock.now()
    const patience = ctx.config.mail.after * MINUTE
    const calls = await ctx.store.mailed.calls(new Date(now.getTime() - patience - BACK_MS))
    let changed = 0
    for (const { id, email } of ctx.config.people) {
      if (email === undefined) continue
      const theirs = calls.filter(({ person }) => person === id)
      if (theirs.length === 0) continue
      const chats = new Set(Object.keys(await accountsOf(ctx, id)))
      const due = theirs.filter((call) => unreached(call, chats, now, patience) !== null)
      if (due.length > 0) changed += await write(ctx, id, due, now)
    }
    if (changed > 0) ctx.wake()
    return { seen: calls.length, changed, failed: 0 }
  },
}

/** One e-mail about all of them, the most urgent first; what another process has noted already is left out. */
async function write(ctx: Context, person: string, due: readonly StaffCall[], now: Date): Promise<number> {
  const id = ctx.newId()
  return ctx.store.transaction(async ({ mailed, outbox }) => {
    const fresh = new Set(
      await mailed.note(
        person,
        due.map(({ action }) => action),
        id,
        now,
      ),
    )
    const calls = due.filter(({ action }) => fresh.has(action))
    if (calls.length === 0) return 0
    const data: StaffMail = {
      calls: calls
        .toSorted((a, b) => a.tier.localeCompare(b.tier))
        .map(({ verb, no, customerNo, tier, reason, clock, dueAt }) => ({
          ...{ verb, no, customerNo, tier, reason, clock },
          dueAt: dueAt?.toISOString() ?? null,
        })),
      console: consoleOf(ctx),
    }
    await outbox.announce({ kind: 'staff-mail', data }, [{ chat: 'mail', channel: person }], now, id)
    return calls.length
  })
}

function consoleOf({ config: { mail, server } }: Context): string {
  return mail?.console ?? `http://${server.host}:${server.port}`
}
