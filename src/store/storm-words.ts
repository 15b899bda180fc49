import type { Words } from '../sentinel/detect.ts'
import { DAYS, type Series } from '../sentinel/series.ts'
import { risingWords, type WordCount } from '../sentinel/words.ts'
import { lexeme } from '../voice/terms.ts'
import type { Reader } from './rows.ts'

/** The newest week of voices, and those before it, so many of each at most, tell which words are worth counting. */
const MOST_VOICES = 5_000
const WEEK = 7
/** Words counted in one statement: whoever presses a button meanwhile waits for it. */
const AT_ONCE = 10

/**
 * Words that more people say now than did before, or more of them in negative voices, by day, each person once a day; `also` those of running storms. Any word counts, in no
 * list or in one; numbers and single characters do not. `least`: people who must have said it.
 */
export async function countedWords(
  pool: Reader,
  now: Date,
  least: number,
  also: readonly string[],
): Promise<Words> {
  const { rows: said } = await pool.query<SaidRow>(SAID, [now, least])
  const [{ voices = 0, words = 0 } = {}] = said
  const terms = said.map(({ term }) => term)
  const { rows: known } = await pool.query<BeforeRow>(BEFORE, [now, terms])
  const before = new Map(known.map(({ term, count, bad }) => [term, { before: count, badBefore: bad }]))
  const counts = said.map(
    ({ term, people, bad }): WordCount => ({ term, now: people, bad, ...(before.get(term) ?? NEVER) }),
  )
  const rising = risingWords(counts, { now: voices, before: known[0]?.voices ?? 0 })
  return { series: await daysOf(pool, now, [...new Set([...rising, ...also])]), of: words }
}

const NEVER = { before: 0, badBefore: 0 }

interface SaidRow {
  readonly term: string
  readonly people: number
  /** Of them, who said it in a negative voice. */
  readonly bad: number
  /** Voices looked at, and words said in them. */
  readonly voices: number
  readonly words: number
}

interface BeforeRow {
  readonly term: string
  readonly count: number
  readonly bad: number
  readonly voices: number
}

async function daysOf(pool: Reader, now: Date, terms: readonly string[]): Promise<Series[]> {
  const series: Series[] = []
  for (let from = 0; from < terms.length; from += AT_ONCE) {
    const some = terms.slice(from, from + AT_ONCE)
    const { rows } = await pool.query<DayRow>(BY_DAY, [now, some, some.map(lexeme)])
    for (const key of some) {
      const [counts, bad] = [new Float64Array(DAYS), new Float64Array(DAYS)]
      for (const { term, day, said, negative } of rows) {
        if (term !== key) continue
        counts[day] = said
        bad[day] = negative
      }
      series.push({ kind: 'word', key, site: '', counts, bad })
    }
  }
  return series
}

interface DayRow {
  readonly term: string
  readonly day: number
  readonly said: number
  readonly negative: number
}

const SAID = `
  WITH newest AS MATERIALIZED (
    SELECT id, coalesce(customer, id) AS who, label = 'negative' AS bad FROM voice_reading
    WHERE at > $1::timestamptz - make_interval(days => ${WEEK}) AND at <= $1::timestamptz
    ORDER BY at DESC LIMIT ${MOST_VOICES}),
  words AS MATERIALIZED (
    SELECT t.term, count(DISTINCT n.who)::int AS people, count(DISTINCT n.who) FILTER (WHERE n.bad)::int AS bad
    FROM newest n JOIN voice_text x ON x.id = n.id CROSS JOIN LATERAL unnest(tsvector_to_array(x.terms)) AS t (term)
    WHERE length(t.term) > 1 AND t.term !~ '[0-9]' GROUP BY 1)
  SELECT term, people, bad, (SELECT count(*)::int FROM newest) AS voices, (SELECT count(*)::int FROM words) AS words
  FROM words WHERE people >= $2::int ORDER BY term`

const BEFORE = `
  WITH older AS MATERIALIZED (
    SELECT id, label = 'negative' AS bad FROM voice_reading
    WHERE at > $1::timestamptz - make_interval(days => ${DAYS}) AND at <= $1::timestamptz - make_interval(days => ${WEEK})
    ORDER BY at DESC LIMIT ${MOST_VOICES})
  SELECT t.term, count(*)::int AS count, count(*) FILTER (WHERE o.bad)::int AS bad, (SELECT count(*)::int FROM older) AS voices
  FROM older o JOIN voice_text x ON x.id = o.id CROSS JOIN LATERAL unnest(tsvector_to_array(x.terms)) AS t (term)
  WHERE t.term = ANY ($2::text[]) GROUP BY 1`

const BY_DAY = `
  WITH said AS (
    SELECT w.term, floor(extract(epoch FROM $1::timestamptz - r.at) / 86400)::int AS day,
      coalesce(r.customer, r.id) AS who, r.label = 'negative' AS bad
    FROM unnest($2::text[], $3::text[]) AS w (term, query)
    CROSS JOIN LATERAL (
      SELECT id FROM voice_text WHERE terms @@ w.query::tsquery
        AND at > $1::timestamptz - make_interval(days => ${DAYS}) AND at <= $1::timestamptz OFFSET 0) x
    JOIN voice_reading r ON r.id = x.id
    WHERE r.at > $1::timestamptz - make_interval(days => ${DAYS}) AND r.at <= $1::timestamptz)
  SELECT term, day, count(DISTINCT who)::int AS said, count(DISTINCT who) FILTER (WHERE bad)::int AS negative
  FROM said GROUP BY 1, 2`
