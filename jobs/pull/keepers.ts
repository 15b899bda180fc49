import type { Context } from '../../src/context.ts'
import { keepersOf } from '../../src/judging/announce.ts'
import type { Notice } from '../../src/learning/notice.ts'
import type { HeldFile, PullReport } from '../../src/records/pull-report.ts'

/**
 * A source that stops and one that works again are told once, as is each file held back: nobody looks at what still seems to run.
 *
 * @param before since when its pulls failed until now; null: they did not
 */
export async function tellKeepers(
  ctx: Context,
  { source, says = null, failingSince: failing = null }: PullReport,
  held: readonly HeldFile[],
  before: string | null,
): Promise<void> {
  const notices: Notice[] = [
    ...(says !== null && before === null ? [{ kind: 'source-failed' as const, data: { source, says } }] : []),
    ...(failing === null && before !== null
      ? [{ kind: 'source-back' as const, data: { source, since: before } }]
      : []),
    ...(held.length > 0
      ? [
          {
            kind: 'file-held' as const,
            data: { source, files: held.slice(0, MOST_HELD), more: Math.max(0, held.length - MOST_HELD) },
          },
        ]
      : []),
  ]
  if (notices.length === 0) return
  const now = ctx.clock.now()
  const keepers = await keepersOf(ctx)
  await ctx.store.transaction(async ({ outbox }) => {
    for (const notice of notices) await outbox.announce(notice, keepers, now)
  })
  ctx.wake()
}

/** Files named in one notice. */
const MOST_HELD = 5
