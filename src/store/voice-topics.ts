import type { ChurnKinds } from '../features/reported-kinds.ts'
import type { FollowedSums } from '../reports/followed.ts'
import type { TopicCount } from '../reports/theme-effect.ts'
import type { TopicSums } from '../reports/topic-rank.ts'
import { NEGATIVE } from '../reports/voice-metric.ts'
import type { Complainant, Groups, OfGroup, TopicAlerts, TopicQuote } from '../reports/voice-rows.ts'
import type { Reader } from './rows.ts'
import { type TopicAlertsAsked, topicAlerts } from './topic-alerts.ts'
import { grouped, memberValues } from './voice-groups.ts'

/** What was said of topics. `service` takes in its sub-topics. */
export interface VoiceTopicTable {
  /** Every topic that was named from `from` to `to`, beside `before` to `from`. Lifetime values count in one currency. */
  ranking(before: Date, from: Date, to: Date, currency: string): Promise<readonly TopicSums[]>
  /** One topic, of each group in each stretch between two neighbours of `bounds`; `bin` counts from 0. */
  counts(
    topic: string,
    groups: Groups,
    bounds: readonly Date[],
  ): Promise<readonly OfGroup<TopicCount & { readonly bin: number }>[]>
  /** The worst words on each topic, the newest of equals first; `each` a topic. */
  quotes(topics: readonly string[], from: Date, to: Date, each: number): Promise<readonly TopicQuote[]>
  /** Those who complained of a topic from `from` to `to` and those who only said other things: who was alerted, and who left, within so many days. */
  followed(asked: FollowedAsked): Promise<{ readonly voiced: FollowedSums; readonly others: FollowedSums }>
  /** The alerts that came after complaints of it. */
  alerts(asked: TopicAlertsAsked): Promise<TopicAlerts>
  /** Who may be told that it was mended, the latest first; `owner`: only those a person keeps. */
  complainants(
    topic: string,
    from: Date,
    to: Date,
    limit: number,
    owner?: string,
  ): Promise<{ readonly total: number; readonly withheld: number; readonly rows: readonly Complainant[] }>
}

export interface FollowedAsked {
  readonly topic: string
  readonly from: Date
  readonly to: Date
  /** Days after the words in which an alert or a departure counts. */
  readonly days: number
  readonly now: Date
  readonly churn: ChurnKinds
}

export function voiceTopicTable(pool: Reader): VoiceTopicTable {
  const all = async <T>(sql: string, values: readonly unknown[]): Promise<T[]> =>
    (await pool.query(sql, [...values])).rows as T[]
  return {
    ranking: (before, from, to, currency) => all(RANKING, [iso(before), iso(from), iso(to), currency]),
    counts: (topic, groups, bounds) =>
      all(countsOf(groups), [...memberValues(groups), bounds.map(iso), topic]),
    quotes: (topics, from, to, each) => all(QUOTES, [topics, iso(from), iso(to), each]),
    followed: async ({ topic, from, to, days, now, churn }) => {
      const { active, cancelled, inactiveDays } = churn
      const values = [topic, iso(from), iso(to), days, iso(now), active, cancelled, inactiveDays]
      const rows = await all<FollowedSums & { voiced: boolean }>(FOLLOWED, values)
      const side = (voiced: boolean) => rows.find((row) => row.voiced === voiced) ?? NOBODY
      return { voiced: side(true), others: side(false) }
    },
    alerts: (asked) => topicAlerts(pool, asked),
    complainants: async (topic, from, to, limit, owner) => {
      const rows = await all<Complainant & { total: number; withheld: number }>(COMPLAINANTS, [
        topic,
        iso(from),
        iso(to),
        limit,
        owner ?? null,
      ])
      const [first] = rows
      const told = rows.filter(({ customer }) => customer !== null)
      return { total: first?.total ?? 0, withheld: first?.withheld ?? 0, rows: told }
    },
  }
}

const NOBODY: FollowedSums = { alertable: 0, alerted: 0, leavable: 0, left: 0 }
const iso = (at: Date): string => at.toISOString()

/** Whether the topic `t` is the one asked for or a part of it. */
const within = (place: string): string => `(t.topic = ${place} OR starts_with(t.topic, ${place} || '.'))`

/** The worst that a voice `v` says of it; null: nothing. */
const WORST = (place: string): string => `(
      SELECT min(t.strength) AS worst FROM unnest(v.topics, v.topic_strengths) AS t (topic, strength)
      WHERE ${within(place)})`

const RANKING = `
  WITH spoken AS MATERIALIZED (
    SELECT v.customer, v.severity, v.at >= $2::timestamptz AS now, t.topic, t.strength <= ${NEGATIVE} AS negative
    FROM voice_reading v CROSS JOIN LATERAL unnest(v.topics, v.topic_strengths) AS t (topic, strength)
    WHERE v.at >= $1::timestamptz AND v.at < $3::timestamptz),
  stake AS (
    SELECT u.topic, count(*)::int AS unhappy, count(c.ltv_minor)::int AS valued,
      coalesce(sum(c.ltv_minor), 0)::float8 AS value
    FROM (SELECT DISTINCT topic, customer FROM spoken WHERE now AND negative AND customer IS NOT NULL) u
    LEFT JOIN customer c ON c.id = u.customer AND coalesce(c.currency, $4) = $4
    GROUP BY u.topic)
  SELECT o.topic, count(*) FILTER (WHERE now)::int AS count, count(*) FILTER (WHERE now AND negative)::int AS negative,
    count(*) FILTER (WHERE NOT now)::int AS before,
    count(*) FILTER (WHERE NOT now AND negative)::int AS "negativeBefore",
    coalesce(sum(severity) FILTER (WHERE now AND negative), 0)::int AS severity,
    coalesce(max(k.unhappy), 0) AS unhappy, coalesce(max(k.valued), 0) AS valued,
    coalesce(max(k.value), 0) AS "valueMinor"
  FROM spoken o LEFT JOIN stake k ON k.topic = o.topic
  GROUP BY o.topic ORDER BY o.topic`

function countsOf(groups: Groups): string {
  const { key, joins } = grouped(groups, 'voice')
  return `
    SELECT width_bucket(v.at, $3::timestamptz[]) - 1 AS bin, ${key} AS key, count(*)::int AS read,
      count(*) FILTER (WHERE m.worst IS NOT NULL)::int AS about,
      count(*) FILTER (WHERE m.worst <= ${NEGATIVE})::int AS negative
    FROM voice_reading v ${joins} CROSS JOIN LATERAL ${WORST('$4::text')} m
    WHERE v.at >= ($3::timestamptz[])[1] AND v.at < ($3::timestamptz[])[cardinality($3::timestamptz[])]
      AND v.length > 0
    GROUP BY 1, 2 ORDER BY 1, 2`
}

const QUOTES = `
  SELECT q.topic, q.at, left(f.text, 400) AS text, q.strength, q.customer, c.no AS "customerNo",
    c.name AS "customerName", coalesce(f.site, c.site) AS site
  FROM (
    SELECT w.topic, v.id, v.at, v.customer, min(t.strength) AS strength,
      row_number() OVER (PARTITION BY w.topic
        ORDER BY min(t.strength) <= ${NEGATIVE} DESC, v.severity DESC, v.at DESC, v.id) AS place
    FROM voice_reading v CROSS JOIN LATERAL unnest(v.topics, v.topic_strengths) AS t (topic, strength)
    JOIN unnest($1::text[]) AS w (topic) ON ${within('w.topic')}
    WHERE v.at >= $2::timestamptz AND v.at < $3::timestamptz
    GROUP BY w.topic, v.id) q
  JOIN feedback f ON f.id = q.id LEFT JOIN customer c ON c.id = q.customer
  WHERE q.place <= $4::int ORDER BY q.topic, q.place`

/**
 * Each customer is looked at from the middle one of their complaints of the topic, or else of all their voices: from the first or the
 * last one, who speaks much would seem to stay longer or shorter. Who had left by then is nobody's case. They left when they cancelled or were last active within the days, and did not come back within the limit; known once
 * that has passed. Words from before the first night could not be followed by an alert.
 */
const FOLLOWED = `
  WITH spoke AS (
    SELECT v.customer, percentile_disc(0.5) WITHIN GROUP (ORDER BY v.at) AS middle,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY v.at) FILTER (WHERE m.worst <= ${NEGATIVE}) AS about
    FROM voice_reading v CROSS JOIN LATERAL ${WORST('$1::text')} m
    WHERE v.customer IN (SELECT id FROM customer) AND v.length > 0 AND v.at >= $2::timestamptz AND v.at < $3::timestamptz
    GROUP BY v.customer),
  began AS MATERIALIZED (
    SELECT customer, about IS NOT NULL AS voiced, coalesce(about, middle) AS at FROM spoke),
  steps AS MATERIALIZED (
    SELECT customer, at, kind = ANY($7::text[]) AS ends, lead(at) OVER (PARTITION BY customer ORDER BY at, id) AS next
    FROM event WHERE kind = ANY($6::text[] || $7::text[]) AND at < $5::timestamptz
      AND at >= $2::timestamptz - make_interval(days => $8::int)
      AND customer IN (SELECT customer FROM began)),
  fates AS (
    SELECT b.customer, b.voiced, b.at,
      bool_or(s.at < b.at AND NOT s.ends AND s.at > b.at - make_interval(days => $8::int)
        AND (s.next IS NULL OR s.next >= b.at)) AS present,
      bool_or(s.at < b.at + make_interval(days => $4::int) AND s.at > b.at - make_interval(days => $8::int)
        AND (s.next IS NULL OR s.next >= s.at + make_interval(days => $8::int))) AS "left"
    FROM began b LEFT JOIN steps s ON s.customer = b.customer GROUP BY 1, 2, 3),
  watched AS (
    SELECT coalesce(least((SELECT min(as_of) FROM score_run), (SELECT min(opened_at) FROM alert)), 'infinity') AS since)
  SELECT f.voiced, count(*) FILTER (WHERE k.alert)::int AS alertable,
    count(*) FILTER (WHERE k.alert AND EXISTS (SELECT 1 FROM alert a WHERE a.customer = f.customer
      AND a.opened_at >= f.at AND a.opened_at < f.at + make_interval(days => $4::int)))::int AS alerted,
    count(*) FILTER (WHERE k.fate AND f.present)::int AS leavable,
    count(*) FILTER (WHERE k.fate AND f.present AND f."left")::int AS "left"
  FROM fates f CROSS JOIN watched w CROSS JOIN LATERAL (SELECT
    f.at <= $5::timestamptz - make_interval(days => $4::int) AND f.at >= w.since AS alert,
    f.at <= $5::timestamptz - make_interval(days => $4::int + $8::int) AS fate) k
  GROUP BY f.voiced`

/** Who did not agree to be contacted is counted and not named. */
const COMPLAINANTS = `
  WITH spoke AS (
    SELECT v.customer, max(v.at) AS at
    FROM voice_reading v CROSS JOIN LATERAL unnest(v.topics, v.topic_strengths) AS t (topic, strength)
    WHERE v.customer IS NOT NULL AND v.at >= $2::timestamptz AND v.at < $3::timestamptz
      AND t.strength <= ${NEGATIVE} AND ${within('$1::text')}
    GROUP BY v.customer),
  known AS (
    SELECT c.id AS customer, c.no, c.name, c.owner, c.language, s.at, c.contact_consent IS TRUE AS agreed
    FROM spoke s JOIN customer c ON c.id = s.customer
    WHERE $5::text IS NULL OR c.owner = $5)
  SELECT n.total, n.withheld, k.customer, k.no, k.name, k.owner, k.language, k.at
  FROM (SELECT count(*) FILTER (WHERE agreed)::int AS total, count(*) FILTER (WHERE NOT agreed)::int AS withheld
    FROM known) n
  LEFT JOIN (SELECT * FROM known WHERE agreed ORDER BY at DESC, no LIMIT $4::int) k ON true
  ORDER BY k.at DESC, k.no`
