import type { ChurnKinds } from '../features/reported-kinds.ts'
import type { CountWithin, TermCount } from '../reports/characteristic.ts'
import type { Stretch } from '../reports/outside-event.ts'
import type { KeptSums, VoiceSums } from '../reports/voice-metric.ts'
import { DETRACTOR, PROMOTER, SATISFIED } from '../reports/voice-metric.ts'
import type { Groups, OfGroup } from '../reports/voice-rows.ts'
import type { Reader } from './rows.ts'
import { grouped, memberValues } from './voice-groups.ts'

/** What the metrics of voices are made of, added up where the rows are. */
export interface VoiceFigureTable {
  /** Of each group in each stretch between two neighbours of `bounds` (ascending); `bin` counts from 0. */
  sums(
    groups: Groups,
    bounds: readonly Date[],
  ): Promise<readonly OfGroup<VoiceSums & { readonly bin: number }>[]>
  /** Customers who had not left by `from`, and who of them had by `to`. */
  kept(groups: Groups, from: Date, to: Date, churn: ChurnKinds): Promise<readonly OfGroup<KeptSums>[]>
  /** Amounts sold less those returned, minor units of one currency. */
  sales(
    groups: Groups,
    stretches: readonly Stretch[],
    kinds: { readonly sold: readonly string[]; readonly returned: readonly string[] },
    currency: string,
  ): Promise<readonly OfGroup<{ readonly amountMinor: number }>[]>
  /** How often each group named each topic and tag; rows of no group are left out. */
  terms(groups: Groups, stretches: readonly Stretch[]): Promise<readonly TermCount[]>
  /**
   * In how many of the newest `most` voices each group used each word, where those are `least` or more; numbers and single
   * signs are no words.
   */
  words(
    groups: Groups,
    stretches: readonly Stretch[],
    most: number,
    least: number,
  ): Promise<readonly CountWithin[]>
}

export function voiceFigureTable(pool: Reader): VoiceFigureTable {
  const all = async <T>(sql: string, values: readonly unknown[]): Promise<T[]> =>
    (await pool.query(sql, [...values])).rows as T[]
  return {
    sums: (groups, bounds) => all(sumsOf(groups), [...memberValues(groups), bounds.map(iso)]),
    kept: (groups, from, to, { active, cancelled, inactiveDays }) =>
      all(keptOf(groups), [...memberValues(groups), iso(from), iso(to), active, cancelled, inactiveDays]),
    sales: (groups, stretches, { sold, returned }, currency) =>
      all(salesOf(groups), [...memberValues(groups), ...ends(stretches), sold, returned, currency]),
    terms: (groups, stretches) => all(termsOf(groups), [...memberValues(groups), ...ends(stretches)]),
    words: (groups, stretches, most, least) =>
      all(wordsOf(groups), [...memberValues(groups), ...ends(stretches), most, least]),
  }
}

const iso = (at: Date): string => at.toISOString()

/** Stretches of time, ascending, as two values of a statement, and rows `v` that lie in one of them. */
const ends = (stretches: readonly Stretch[]): [from: string[], to: string[]] => [
  stretches.map(({ from }) => iso(from)),
  stretches.map(({ to }) => iso(to)),
]
// The whole from the first to the last is said too, so that an index on time serves.
const WITHIN = `JOIN unnest($3::timestamptz[], $4::timestamptz[]) AS d (since, until)
  ON v.at >= d.since AND v.at < d.until AND v.at >= ($3::timestamptz[])[1]
    AND v.at < ($4::timestamptz[])[cardinality($4::timestamptz[])]`

/** `column` counted, added up and its squares added up, under the names of `VoiceSums`. */
function moments(column: string, [of, sum, squares]: readonly [string, string, string]): string {
  return `count(${column})::int AS "${of}", coalesce(sum(${column}), 0)::float8 AS "${sum}",
    coalesce(sum(${column} * ${column}), 0)::float8 AS "${squares}"`
}

const count = (where: string, name: string): string => `count(*) FILTER (WHERE ${where})::int AS "${name}"`

function sumsOf(groups: Groups): string {
  const { key, joins } = grouped(groups, 'voice')
  return `
    SELECT width_bucket(v.at, $3::timestamptz[]) - 1 AS bin, ${key} AS key, count(*)::int AS voices,
      ${moments('r.strength', ['read', 'mood', 'moodSquares'])},
      ${count("r.label = 'negative'", 'negative')},
      ${moments('v.rating', ['rated', 'rating', 'ratingSquares'])},
      count(v.nps)::int AS "npsOf", ${count(`v.nps >= ${PROMOTER}`, 'promoters')},
      ${count(`v.nps <= ${DETRACTOR}`, 'detractors')},
      count(v.csat)::int AS "csatOf", ${count(`v.csat >= ${SATISFIED}`, 'satisfied')},
      ${moments('v.ces', ['cesOf', 'ces', 'cesSquares'])}
    FROM feedback v LEFT JOIN voice_reading r ON r.id = v.id AND r.length > 0 ${joins}
    WHERE v.at >= ($3::timestamptz[])[1] AND v.at < ($3::timestamptz[])[cardinality($3::timestamptz[])]
    GROUP BY 1, 2 ORDER BY 1, 2`
}

/**
 * As signals/gone.ts has it: cancelled and not back since, or inactive over the limit. Who sees one store's rows has a part
 * only of what other stores' customers did: whether those have left cannot be told from it.
 */
function keptOf(groups: Groups): string {
  const { key, joins } = grouped(groups, 'customer')
  const newest = (kinds: string, before: string) =>
    `max(at) FILTER (WHERE kind = ANY(${kinds}::text[]) AND at < ${before}::timestamptz)`
  const gone = (active: string, cancelled: string, at: string) =>
    `(coalesce(${cancelled} >= ${active}, false) OR ${active} <= ${at}::timestamptz - make_interval(days => $7::int))`
  return `
    SELECT ${key} AS key, count(*)::int AS customers,
      ${count(gone('v.active', 'v.cancelled', '$4'), 'left')}
    FROM (
      SELECT customer, ${newest('$5', '$3')} AS active_before, ${newest('$6', '$3')} AS cancelled_before,
        ${newest('$5', '$4')} AS active, ${newest('$6', '$4')} AS cancelled
      FROM event
      WHERE at >= $3::timestamptz - make_interval(days => $7::int) AND at < $4::timestamptz
        AND kind = ANY($5::text[] || $6::text[])
      GROUP BY customer) v ${joins}
    WHERE v.active_before IS NOT NULL AND NOT ${gone('v.active_before', 'v.cancelled_before', '$3')}
      AND v.customer IN (SELECT id FROM customer)
    GROUP BY 1 ORDER BY 1`
}

function salesOf(groups: Groups): string {
  // An event names the store it happened at; a product is the customer's.
  const { key, joins } = grouped(groups, groups.by === 'site' ? 'voice' : 'customer')
  return `
    SELECT ${key} AS key,
      sum(CASE WHEN v.kind = ANY($6::text[]) THEN -v.amount_minor ELSE v.amount_minor END)::float8 AS "amountMinor"
    FROM event v ${WITHIN} ${joins}
    WHERE v.kind = ANY($5::text[] || $6::text[]) AND v.amount_minor IS NOT NULL AND coalesce(v.currency, $7) = $7
    GROUP BY 1 ORDER BY 1`
}

function termsOf(groups: Groups): string {
  const { key, joins } = grouped(groups, 'voice')
  return `
    SELECT ${key} AS "group", t.term, count(*)::int AS count
    FROM voice_reading v ${WITHIN} ${joins} CROSS JOIN LATERAL (SELECT DISTINCT unnest(v.topics || v.tags) AS term) t
    WHERE ${key} IS NOT NULL
    GROUP BY 1, 2 ORDER BY 1, 2`
}

/** Most words are rare and of no use here: they are counted where they are and not told. */
function wordsOf(groups: Groups): string {
  const { key, joins } = grouped(groups, 'voice')
  return `
    WITH said AS (
      SELECT ${key} AS "group", t.term, count(*)::int AS count
      FROM (SELECT v.* FROM voice_reading v ${WITHIN} ORDER BY v.at DESC, v.id LIMIT $5::int) v
      JOIN voice_text x ON x.id = v.id ${joins} CROSS JOIN LATERAL unnest(tsvector_to_array(x.terms)) AS t (term)
      WHERE ${key} IS NOT NULL AND length(t.term) > 1 AND t.term !~ '[0-9]'
      GROUP BY 1, 2),
    told AS (
      SELECT *, (sum(count) OVER (PARTITION BY term))::int AS "ofTerm",
        (sum(count) OVER (PARTITION BY "group"))::int AS "ofGroup", (sum(count) OVER ())::int AS "ofAll"
      FROM said)
    SELECT * FROM told WHERE count >= $6::int ORDER BY "group", term`
}
