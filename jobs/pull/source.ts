import type { Context } from '../../src/context.ts'
import { isExpected } from '../../src/errors.ts'
import type { HeldFile, PullReport } from '../../src/records/pull-report.ts'
import type { Batch, Source } from '../../src/sources/source.ts'
import { inBoth, type Text, text } from '../../src/text.ts'
import { maskedContacts } from '../../templates/mask.ts'
import { joinLinked } from './join-linked.ts'
import { tellKeepers } from './keepers.ts'
import { pressingIn } from './pressing.ts'

/**
 * Reads what is new in one source, batch by batch, each stored with its cursor in one transaction. Whoever says in it that they
 * go is judged at once, by the running program.
 */
export async function pullSource(
  ctx: Context,
  source: Source,
  signal: AbortSignal,
  told: (batch: Batch) => void = () => {},
): Promise<PullReport> {
  const report = {
    source: source.name,
    rows: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    quarantined: 0,
    merged: 0,
  }
  let says: Text | null = null
  const held: HeldFile[] = []
  const seen = new Map<string, Set<string>>()
  try {
    const cursor = await ctx.store.sources.cursor(source.name)
    const isPressing = await pressingIn(ctx, source.name)
    for await (const batch of source.pull(cursor, signal)) {
      const whole = endedBy(batch, seen)
      const written = await ctx.store.sources.store(source.name, batch, ctx.clock.now(), {
        whole,
        isPressing,
      })
      report.rows += batch.records.length
      report.created += written.created
      report.changed += written.changed
      report.unchanged += written.unchanged
      report.removed += written.removed
      report.quarantined += batch.rejected.length
      held.push(...heldIn(batch))
      told(batch)
    }
    report.merged = await joinLinked(ctx)
  } catch (error) {
    says = saidOf(error)
    if (!isExpected(error) && !signal.aborted)
      ctx.log.error({ failure: stackOf(error), source: source.name }, 'a source failed unexpectedly')
  }
  const since = await failingSince(ctx, source.name)
  const now = ctx.clock.now()
  const done: PullReport = {
    ...report,
    failure: says?.en ?? null,
    says,
    failingSince: says === null ? null : (since ?? now.toISOString()),
  }
  // What was stopped on the way is neither read nor failing: the report of the pull before it stands.
  if (!signal.aborted) {
    await tellKeepers(ctx, done, held, since)
    await ctx.store.sources.finish(source.name, done, now)
  }
  ctx.log.info({ ...done }, says === null ? 'pulled' : 'a source could not be pulled')
  return done
}

/** Files held back as a whole. */
function heldIn({ rejected }: Batch): HeldFile[] {
  return rejected.flatMap(({ file, reason, zh, held }) => {
    if (!held) return []
    const says = text(maskedContacts(zh ?? reason), maskedContacts(reason))
    return [{ file, reason: says.en, says }]
  })
}

/** What a person and the log read of a failure: a vendor, a program or a file may quote customers in it. */
function saidOf(error: unknown): Text {
  return inBoth((locale) => maskedContacts(isExpected(error) ? error.explain(locale) : String(error)))
}

function stackOf(error: unknown): string {
  return maskedContacts(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

async function failingSince(ctx: Context, source: string): Promise<string | null> {
  const before = (await ctx.store.sources.reports()).find((each) => each.source === source)
  return (before?.report as PullReport | null | undefined)?.failingSince ?? null
}

/** An id that a file's row got from us; any other is not kept in mind. */
const SCOPED = /^([0-9a-f]{12}):/

/** Files without row ids that were read to their end, each with all its rows: those it no longer holds go. */
function endedBy(batch: Batch, seen: Map<string, Set<string>>): Map<string, Set<string>> {
  for (const record of batch.records) {
    const [, scope] = SCOPED.exec(record.sourceId) ?? []
    if (record.type === 'customer' || scope === undefined) continue
    const ids = seen.get(scope) ?? new Set()
    seen.set(scope, ids.add(record.sourceId))
  }
  const whole = new Map((batch.ended ?? []).map((scope) => [scope, seen.get(scope) ?? new Set<string>()]))
  for (const scope of whole.keys()) seen.delete(scope)
  return whole
}
