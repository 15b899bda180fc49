import type { Pool } from 'pg'
import type { BoardCase } from './wire.ts'

/** Names for cases that are the same in every run: numbers differ, since a killed transaction uses one up. */
export const CASES = `
  cases AS (
    SELECT id, no, customer::text || '#' || row_number() OVER (PARTITION BY customer ORDER BY no) AS key FROM alert)`

/** Every case with its cards, in the order of its name. */
export async function boardOf(pool: Pool): Promise<BoardCase[]> {
  const { rows } = await pool.query<BoardCase>(`
    WITH ${CASES}
    SELECT s.key, a.customer, a.no, u.no AS "customerNo", a.state, a.owner,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('channel', c.channel, 'message', c.message) ORDER BY c.channel), '[]')
       FROM card c WHERE c.alert = a.id) AS cards
    FROM alert a JOIN cases s ON s.id = a.id JOIN customer u ON u.id = a.customer ORDER BY s.key`)
  return rows
}
