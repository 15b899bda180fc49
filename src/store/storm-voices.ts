import { CLOSED } from '../alerts/alert.ts'
import type { StormKind, Words } from '../sentinel/detect.ts'
import { DAYS, nameOf, type Series, type SeriesName } from '../sentinel/series.ts'
import type { Heard } from '../sentinel/words.ts'
import { inOwn } from './own-currency.ts'
import type { Reader } from './rows.ts'
import { countedWords } from './storm-words.ts'
import type { StormChild } from './storms.ts'

/** Which voices: those of a series over a time; of 'negative' storms the negative ones. */
export interface WhichVoices extends SeriesName {
  readonly what: StormKind
  readonly from: Date
  readonly until: Date
}

export interface StormQuote {
  readonly text: string
  readonly at: Date
  /** Of the customer; null: not known. */
  readonly name: string | null
}

/** What the voices say, counted. Read as they were read (`voice_reading`); a voice without a site is of its customer's. */
export interface StormVoices {
  /** Every series with a voice in the last 120 days before then, by day; that of everything by itself. */
  counted(now: Date): Promise<{ readonly all: Series; readonly series: readonly Series[] }>
  /** Words that at least so many people say now, and fewer did before or less bitterly, and `also` these, by day and people. */
  words(now: Date, least: number, also: readonly string[]): Promise<Words>
  /** What the newest say, in full. */
  heard(which: WhichVoices, limit: number): Promise<Heard[]>
  /** Ids, newest first. */
  ids(which: WhichVoices): Promise<string[]>
  /** Customers behind the voices and their value, minor units. */
  affected(which: WhichVoices): Promise<{ readonly customers: number; readonly valueMinor: number }>
  /** The gravest ones, one a customer. */
  quotes(which: WhichVoices, limit: number): Promise<StormQuote[]>
  /** Cases at work whose customers spoke. */
  cases(which: WhichVoices): Promise<StormChild[]>
}

/** @param currency the company's: an LTV in another is unknown */
export function stormVoices(pool: Reader, currency: string): StormVoices {
  const values = ({ kind, key, site, what, from, until }: WhichVoices) => [kind, key, site, what, from, until]
  return {
    counted: async (now) => {
      const known = new Map<string, Counted>()
      const step = await daysAtOnce(pool, now)
      for (let from = 0; from < DAYS; from += step) {
        const { rows } = await pool.query<SeriesRow>(COUNTED, [now, from, Math.min(DAYS, from + step)])
        for (const row of rows) addTo(known, row)
      }
      const { all = NOTHING, others } = apart(known)
      return { all, series: others }
    },
    words: (now, least, also) => countedWords(pool, now, least, also),
    heard: async (which, limit) => {
      const { rows } = await pool.query<Heard>(
        `SELECT left(f.text, ${UNITS}) AS text, v.name FROM (
            SELECT r.id, r.at, c.name ${VOICES} ORDER BY r.at DESC, r.id LIMIT $7) v
          JOIN feedback f ON f.id = v.id ORDER BY v.at DESC, v.id`,
        [...values(which), limit],
      )
      return rows
    },
    ids: async (which) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT r.id::text AS id ${VOICES} ORDER BY r.at DESC, r.id LIMIT ${MOST_IDS}`,
        values(which),
      )
      return rows.map(({ id }) => id)
    },
    affected: async (which) => {
      const { rows } = await pool.query<{ customers: number; value: string | null }>(
        `SELECT count(*)::int AS customers, sum(${inOwn(currency, 'customer', 'ltv_minor')})::text AS value
          FROM customer WHERE id IN (SELECT r.customer ${VOICES})`,
        values(which),
      )
      return { customers: rows[0]!.customers, valueMinor: Number(rows[0]!.value ?? 0) }
    },
    quotes: async (which, limit) => {
      const { rows } = await pool.query<StormQuote>(
        `SELECT left(f.text, 400) AS text, v.at, v.name FROM (
            SELECT DISTINCT ON (coalesce(r.customer, r.id)) r.id, r.at, r.severity, r.strength, c.name
            ${VOICES} ORDER BY coalesce(r.customer, r.id), r.severity DESC, r.strength, r.at DESC) v
          JOIN feedback f ON f.id = v.id ORDER BY v.severity DESC, v.strength, v.at DESC, v.id LIMIT $7`,
        [...values(which), limit],
      )
      return rows
    },
    cases: async (which) => {
      const { rows } = await pool.query<StormChild>(
        `SELECT DISTINCT ON (a.no) a.id::text AS alert, a.customer::text AS customer, v.id::text AS voice
          FROM (SELECT r.id, r.customer, r.at ${VOICES}) v JOIN alert a ON a.customer = v.customer
          WHERE NOT (a.state = ANY ($7::text[])) ORDER BY a.no, v.at DESC`,
        [...values(which), [...CLOSED]],
      )
      return rows
    },
  }
}

interface SeriesRow extends SeriesName {
  readonly days: readonly number[]
  readonly said: readonly number[]
  readonly negative: readonly number[]
}

/** What one statement counts: whoever presses a button meanwhile waits for it. */
const VOICES_AT_ONCE = 5_000

async function daysAtOnce(pool: Reader, now: Date): Promise<number> {
  const { rows } = await pool.query<{ voices: number }>(
    `SELECT count(*)::int AS voices FROM voice_reading
      WHERE at > $1::timestamptz - make_interval(days => $2::int) AND at <= $1::timestamptz`,
    [now, DAYS],
  )
  const aDay = rows[0]!.voices / DAYS
  return Math.max(1, Math.min(DAYS, Math.floor(VOICES_AT_ONCE / Math.max(1, aDay))))
}

interface Counted extends Series {
  readonly counts: Float64Array
  readonly bad: Float64Array
}

function addTo(known: Map<string, Counted>, { kind, key, site, days, said, negative }: SeriesRow): void {
  const name = nameOf({ kind, key, site })
  const series = known.get(name) ?? {
    ...{ kind, key, site },
    ...{ counts: new Float64Array(DAYS), bad: new Float64Array(DAYS) },
  }
  known.set(name, series)
  days.forEach((day, at) => {
    series.counts[day] = said[at]!
    series.bad[day] = negative[at]!
  })
}

function apart(known: ReadonlyMap<string, Series>): { readonly all?: Series; readonly others: Series[] } {
  const series = [...known.values()]
  const all = series.find(({ kind }) => kind === 'all')
  const others = series.filter(({ kind }) => kind !== 'all')
  return all === undefined ? { others } : { all, others }
}

const NOTHING: Series = { kind: 'all', key: '', site: '', counts: [], bad: [] }

/** Characters of a voice in which a word is looked for. */
const UNITS = 4_000
/** A storm of more voices is known by these. */
const MOST_IDS = 5_000

// A sub-topic counts for its topic too, once a voice.
const COUNTED = `
  WITH said AS MATERIALIZED (
    SELECT floor(extract(epoch FROM $1::timestamptz - r.at) / 86400)::int AS day, r.label = 'negative' AS bad,
      r.topics, r.tags, r.words, coalesce(r.site, c.site) AS site, coalesce(r.product, c.product) AS product
    FROM voice_reading r LEFT JOIN customer c ON c.id = r.customer
    WHERE r.at > $1::timestamptz - make_interval(days => $3::int) AND r.at <= $1::timestamptz - make_interval(days => $2::int)),
  about AS (
    SELECT s.day, s.bad, s.site, t.topic FROM said s CROSS JOIN LATERAL (
      SELECT DISTINCT name AS topic FROM unnest(s.topics) x CROSS JOIN LATERAL (VALUES (x), (split_part(x, '.', 1))) n (name)) t),
  heard (kind, key, site, day, bad) AS (
    SELECT 'all', '', '', day, bad FROM said
    UNION ALL SELECT 'topic', topic, '', day, bad FROM about
    UNION ALL SELECT 'topic-site', topic, site, day, bad FROM about WHERE site <> ''
    UNION ALL SELECT 'site', site, '', day, bad FROM said WHERE site <> ''
    UNION ALL SELECT 'product', product, '', day, bad FROM said WHERE product <> ''
    UNION ALL SELECT 'tag', unnest(tags), '', day, bad FROM said
    UNION ALL SELECT 'words', unnest(words), '', day, bad FROM said),
  daily AS (
    SELECT kind, key, site, day, count(*)::int AS said, count(*) FILTER (WHERE bad)::int AS negative
    FROM heard GROUP BY 1, 2, 3, 4)
  SELECT kind, key, site, array_agg(day ORDER BY day) AS days, array_agg(said ORDER BY day) AS said,
    array_agg(negative ORDER BY day) AS negative
  FROM daily GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

const VOICES = `
  FROM voice_reading r LEFT JOIN customer c ON c.id = r.customer
  WHERE r.at > $5::timestamptz AND r.at <= $6::timestamptz AND ($4::text = 'volume' OR r.label = 'negative')
    AND CASE $1::text
      WHEN 'topic' THEN EXISTS (SELECT FROM unnest(r.topics) x WHERE x = $2::text OR starts_with(x, $2::text || '.'))
      WHEN 'topic-site' THEN coalesce(r.site, c.site) = $3::text
        AND EXISTS (SELECT FROM unnest(r.topics) x WHERE x = $2::text OR starts_with(x, $2::text || '.'))
      WHEN 'site' THEN coalesce(r.site, c.site) = $2::text
      WHEN 'product' THEN coalesce(r.product, c.product) = $2::text
      WHEN 'tag' THEN $2::text = ANY (r.tags)
      WHEN 'words' THEN $2::text = ANY (r.words)
      WHEN 'word' THEN EXISTS (
        SELECT FROM voice_text x WHERE x.id = r.id AND $2::text = ANY (tsvector_to_array(x.terms)))
      ELSE true END`
