import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'

/** What a person is called and dialled by and was heard to say; `ids` are found as words of their own only. */
export interface Named {
  readonly words: readonly string[]
  readonly ids: readonly string[]
}

/** Whether a text names somebody: in any case, as it was written or as JSON writes it. */
export function names(text: Prisma.Sql, words: readonly string[]): Prisma.Sql {
  const written = words.flatMap((each) => [each, JSON.stringify(each).slice(1, -1)])
  return Prisma.sql`EXISTS (SELECT 1 FROM unnest(${written}::text[]) n WHERE position(lower(n) IN lower(${text})) > 0)`
}

/** Rows that could not be used, what was typed, what was answered: wherever the person is named. */
export async function forgetWhatWasSeen(
  db: Db,
  { words, ids }: Named,
  alerts: readonly string[],
): Promise<void> {
  const number = `\\m(?:${ids.join('|')})\\M`
  const body = Prisma.sql`i.body::text`
  const shown = Prisma.sql`coalesce(m.line, '') || coalesce(m.card::text, '')`
  await db.$executeRaw`DELETE FROM quarantine q WHERE ${names(Prisma.sql`q.raw`, words)}`
  await db.$executeRaw`DELETE FROM inbox i
    WHERE i.state IN ('done', 'dead') AND (${body} ~* ${number} OR ${names(body, words)})`
  // The cards of cases and storms stay and are drawn anew; what stands in the threads of their cases goes, and so do notices.
  await db.$executeRaw`DELETE FROM console_message m
    WHERE m.id::text NOT IN (SELECT c.message FROM card c WHERE c.message IS NOT NULL AND c.alert NOT IN (SELECT id FROM notice))
      AND (m.thread::text IN (SELECT c.message FROM card c WHERE c.alert = ANY (${[...alerts]}::uuid[]) AND c.message IS NOT NULL)
        OR ${shown} ~* ${number} OR ${names(shown, words)})`
}

/** A storm's card quotes the gravest voices, and what it was closed with is a colleague's words. */
export async function forgetInStorms(
  db: Db,
  customer: string,
  words: readonly string[],
  at: Date,
): Promise<readonly { readonly id: string; readonly version: number }[]> {
  const named = names(Prisma.sql`s.note`, words)
  return db.$queryRaw`
    UPDATE storm s SET version = version + 1, note = CASE WHEN ${named} THEN '' ELSE s.note END
    WHERE ${named} OR EXISTS (SELECT 1 FROM feedback f
      WHERE f.customer = ${customer}::uuid AND f.at >= s.started_at AND f.at < coalesce(s.ended_at, ${at}))
    RETURNING s.id::text AS id, s.version`
}

/**
 * What colleagues wrote that stands in the sealed record: what was mended, which table they took, where an export went. The rest
 * of an entry stays. Gives the ids of those that have changed.
 */
export async function forgetInRecord(db: Db, words: readonly string[]): Promise<string[]> {
  await db.$executeRaw`UPDATE theme t SET fixed = '—' WHERE ${names(Prisma.sql`t.fixed`, words)}`
  await db.$executeRaw`UPDATE notice t SET data = t.data || '{"fixed": "—"}'
    WHERE t.kind = 'theme-mended' AND ${names(Prisma.sql`t.data->>'fixed'`, words)}`
  const emptied = await db.$queryRaw<{ id: string }[]>`
    UPDATE setting_change s
    SET after = s.after || (SELECT jsonb_object_agg(k, '—') FROM jsonb_object_keys(s.after) k WHERE k IN ('line', 'done', 'to'))
    WHERE (s.name = 'table' OR s.name ~ '^(theme T|export C)-') AND s.after ?| '{line,done,to}'
      AND ${names(Prisma.sql`s.after::text`, words)}
    RETURNING s.id::text AS id`
  return emptied.map(({ id }) => id)
}
