import type { Pool } from 'pg'
import type { CustomerVoice } from '../timeline/rows.ts'
import type { Db } from './rows.ts'

/** What anyone known said in a time, in the order it was said. */
export async function everyonesVoices(db: Db, since: Date, until: Date): Promise<CustomerVoice[]> {
  const rows = await db.feedback.findMany({
    where: { customer: { not: null }, at: { gte: since, lt: until } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { id: true, customer: true, at: true, channel: true, text: true, rating: true },
  })
  return rows.map((row) => ({ ...row, customer: row.customer!, at: row.at.getTime() }))
}

/** The same of some: a look-up a customer. */
export async function voicesOf(
  pool: Pool,
  since: Date,
  until: Date,
  customers: readonly string[],
): Promise<CustomerVoice[]> {
  const { rows } = await pool.query<[string, string, number, string, string, number | null]>({
    text: `SELECT v.id, c.id, (extract(epoch FROM v.at) * 1000)::float8, v.channel, v.text, v.rating
      FROM unnest($3::uuid[]) AS c (id) CROSS JOIN LATERAL (
        SELECT id, at, channel, text, rating FROM feedback
        WHERE customer = c.id AND at >= $1::timestamptz AND at < $2::timestamptz ORDER BY at, id OFFSET 0) v`,
    values: [since, until, [...customers]],
    rowMode: 'array',
  })
  return rows.map(([id, customer, at, channel, text, rating]) => ({
    id,
    customer,
    at,
    channel,
    text,
    rating,
  }))
}
