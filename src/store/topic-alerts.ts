import { NEGATIVE } from '../reports/voice-metric.ts'
import type { TopicAlert, TopicAlerts } from '../reports/voice-rows.ts'
import type { Reader } from './rows.ts'

/** Cases of those who complained of a topic from `from` to `to`, opened within so many days of the complaint; the newest are named. */
export async function topicAlerts(
  pool: Reader,
  { topic, from, to, days, limit }: TopicAlertsAsked,
): Promise<TopicAlerts> {
  const { rows } = await pool.query<Omit<TopicAlerts, 'rows'> & (TopicAlert | { no: null })>(ALERTS, [
    topic,
    from.toISOString(),
    to.toISOString(),
    days,
    limit,
  ])
  const [first] = rows
  return {
    total: first?.total ?? 0,
    lost: first?.lost ?? 0,
    rows: rows.flatMap((row) => (row.no === null ? [] : [row])),
  }
}

export interface TopicAlertsAsked {
  readonly topic: string
  readonly from: Date
  readonly to: Date
  readonly days: number
  readonly limit: number
}

const ALERTS = `
  WITH spoke AS (
    SELECT DISTINCT v.customer, v.at
    FROM voice_reading v CROSS JOIN LATERAL unnest(v.topics, v.topic_strengths) AS t (topic, strength)
    WHERE v.customer IN (SELECT id FROM customer) AND v.at >= $2::timestamptz AND v.at < $3::timestamptz
      AND t.strength <= ${NEGATIVE} AND (t.topic = $1::text OR starts_with(t.topic, $1::text || '.'))),
  opened AS (
    SELECT a.no, a.tier, a.state, a.outcome->>'result' AS result, a.opened_at, c.no AS "customerNo"
    FROM alert a JOIN customer c ON c.id = a.customer
    WHERE EXISTS (SELECT 1 FROM spoke s WHERE s.customer = a.customer
      AND a.opened_at >= s.at AND a.opened_at < s.at + make_interval(days => $4::int)))
  SELECT n.total, n.lost, o.no, o.tier, o.state, o.result, o."customerNo"
  FROM (SELECT count(*)::int AS total, count(*) FILTER (WHERE result = 'lost')::int AS lost FROM opened) n
  LEFT JOIN (SELECT * FROM opened ORDER BY opened_at DESC, no DESC LIMIT $5::int) o ON true
  ORDER BY o.opened_at DESC, o.no DESC`
