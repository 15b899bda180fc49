import type { Ask, Statement } from './statement.ts'

/** Older words than this speak for no signal by the time they come in. */
const SPEAK_DAYS = 60

/** Of the last closed or now watched case of each customer: what was said before its end, or its mark, and stored after it. */
const LATE: Statement = {
  name: 'late-voices',
  sql: `
  WITH ended AS (
    SELECT a.customer, max(coalesce(a.closed_at, a.watch_from)) AS at FROM alert a
    WHERE (a.closed_at IS NOT NULL OR a.state = 'watch')
      AND ($1::jsonb IS NULL OR a.customer IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid))
    GROUP BY a.customer),
  recent AS (
    SELECT * FROM ended WHERE at > (SELECT max(at) FROM ended) - make_interval(days => ${SPEAK_DAYS}))
  SELECT jsonb_object_agg(late.customer, late.voices) AS body FROM (
    SELECT r.customer, jsonb_agg(f.id) AS voices FROM recent r
    JOIN feedback f ON f.customer = r.customer AND f.at <= r.at
      AND f.at > r.at - make_interval(days => ${SPEAK_DAYS}) AND f.stored_at > r.at
    GROUP BY r.customer) late`,
}

/**
 * Voices that nobody could know of who closed their customer's last case or began its watch, as readings name what they rest on; of all
 * customers, or of some.
 */
export async function lateVoices(
  ask: Ask,
  customers: readonly string[] | undefined,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const asked = customers === undefined ? null : JSON.stringify(customers)
  const found = (await ask<Record<string, string[]>>(LATE, [asked])) ?? {}
  return new Map(
    Object.entries(found).map(([customer, voices]) => [customer, new Set(voices.map((id) => `voice:${id}`))]),
  )
}
