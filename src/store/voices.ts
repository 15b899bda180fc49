import {
  type FoundVoice,
  type FoundVoices,
  type KnownNames,
  MOST_FOUND,
  MOST_STAGED,
  type VoiceFilter,
  type WishedFor,
} from '../voice/found.ts'
import type { StageRules } from '../voice/journey.ts'
import { lexeme } from '../voice/terms.ts'
import { inOwn } from './own-currency.ts'
import type { Reader } from './rows.ts'
import { JOINED, STAGE_JOINS, type StageColumns, stageIs, stageSql } from './voice-stage.ts'

/** Voices as they are searched; what is written here is written with their readings. */
export interface VoiceTable {
  /** The best first: how well the words fit, how new it is, how grave; without words the newest first. */
  search(filter: VoiceFilter, now: Date, page: { skip: number; take: number }): Promise<FoundVoices>
  /** By the number people see. */
  byNo(no: number): Promise<FoundVoice | null>
  /** At which stage of the journey it was said; null: there is no such voice. */
  stageOf(no: number, rules: StageRules): Promise<string | null>
  /** What sites, products and channels voices and their customers name. */
  names(): Promise<KnownNames>
  /** Which of these words stand in any voice. */
  known(terms: readonly string[]): Promise<ReadonlySet<string>>
  /** The words of the newest voices, the most frequent first, each with a voice that says it. */
  vocabulary(): Promise<readonly string[]>
  /** The text of a voice that says this. */
  example(term: string): Promise<string | null>
  /** The newest wishes, of these topics or of any. */
  wishes(topics: readonly string[] | null, limit: number): Promise<readonly WishedFor[]>
}

/** Voices whose words are looked through for a likely spelling. */
const VOCABULARY_OF = 4_000
/** Of a text; the rest was not read either. */
const UNITS = 8_000

/** @param currency the company's: an LTV in another is unknown */
export function voiceTable(pool: Reader, currency: string): VoiceTable {
  return {
    search: async (filter, now, page) => {
      const asked = conditions(filter)
      const found = await look(pool, asked, now, page)
      const back = await lookedBackTo(pool, asked)
      if (found.voices.length > 0 || page.skip === 0) return { ...found, back }
      return { ...found, back, total: (await look(pool, asked, now, { skip: 0, take: 1 })).total }
    },
    byNo: async (no) => {
      const { rows } = await pool.query<FoundVoice>(
        `SELECT ${VOICE} FROM voice_text t ${READ} WHERE t.no = $1::int`,
        [no],
      )
      return rows[0] ?? null
    },
    stageOf: async (no, rules) => {
      const { rows } = await pool.query<{ stage: string }>(
        `SELECT ${stageSql(rules, JOINED)} AS stage FROM voice_text t JOIN voice_reading v ON v.id = t.id
        LEFT JOIN customer c ON c.id = v.customer ${STAGE_JOINS} WHERE t.no = $1::int`,
        [no],
      )
      return rows[0]?.stage ?? null
    },
    names: async () => {
      const { rows } = await pool.query<KnownNames>(
        `SELECT ${distinct('site', named('site'))} AS sites, ${distinct('product', named('product'))} AS products,
          ${distinct('channel', 'voice_text')} AS channels`,
      )
      return rows[0]!
    },
    known: async (terms) => {
      const { rows } = await pool.query<{ term: string }>(
        `SELECT term FROM unnest($1::text[], $2::text[]) AS asked (term, query)
        WHERE EXISTS (SELECT 1 FROM voice_text WHERE terms @@ query::tsquery OFFSET 0)`,
        [terms, terms.map(lexeme)],
      )
      return new Set(rows.map(({ term }) => term))
    },
    vocabulary: async () => {
      const { rows } = await pool.query<{ word: string }>(
        `SELECT word FROM ts_stat('SELECT terms FROM voice_text ORDER BY at DESC LIMIT ${VOCABULARY_OF}')
        WHERE length(word) > 1 ORDER BY ndoc DESC, word`,
      )
      return rows.map(({ word }) => word)
    },
    example: async (term) => {
      const { rows } = await pool.query<{ text: string }>(
        `SELECT left(f.text, ${UNITS}) AS text FROM voice_text t JOIN feedback f ON f.id = t.id
        WHERE t.terms @@ $1::tsquery LIMIT 1`,
        [lexeme(term)],
      )
      return rows[0]?.text ?? null
    },
    wishes: async (topics, limit) => {
      const { rows } = await pool.query<WishedFor>(
        `SELECT t.no, r.wish, r.at, r.customer::text AS customer,
          (${inOwn(currency, 'c', 'ltv_minor')})::float8 AS "ltvMinor"
        FROM voice_reading r JOIN voice_text t ON t.id = r.id LEFT JOIN customer c ON c.id = r.customer
        WHERE r.wish IS NOT NULL AND ($1::text[] IS NULL OR r.topics && $1::text[])
        ORDER BY r.at DESC, t.no DESC LIMIT $2::int`,
        [topics, limit],
      )
      return rows
    },
  }
}

const VOICE = `t.id::text AS id, t.no, t.at, t.channel, left(f.text, ${UNITS}) AS text, r.customer::text AS customer,
  r.site, r.product, r.topics, r.label, r.strength, r.corrected`
const READ = 'JOIN voice_reading r ON r.id = t.id JOIN feedback f ON f.id = t.id'

interface Asked {
  /** The table and tests of a statement. */
  readonly from: string
  readonly base: 't' | 'r'
  readonly values: unknown[]
  /** Words are looked for, and what fits them best comes first. */
  readonly ranked: boolean
  /** The same without the stage; null: none is asked for. */
  readonly looked: string | null
}

/** One page; without a voice on it the total is not known, and 0. */
async function look(
  pool: Reader,
  asked: Asked,
  now: Date,
  { skip, take }: { skip: number; take: number },
): Promise<Omit<FoundVoices, 'back'>> {
  const { ranked } = asked
  const { rows } = await pool.query<FoundVoice & { total: number }>(
    `SELECT hit.total, ${VOICE} FROM (${ranked ? best(asked) : newest(asked)}) hit
    JOIN voice_text t ON t.id = hit.id ${READ} ORDER BY hit.rank DESC, t.at DESC, t.id`,
    [...asked.values, skip, take, ...(ranked ? [now] : [])],
  )
  return { total: rows[0]?.total ?? 0, voices: rows.map(({ total: _, ...voice }) => voice) }
}

/** Since when voices were looked at; null: from the first one on. */
async function lookedBackTo(pool: Reader, { looked, values }: Asked): Promise<Date | null> {
  if (looked === null) return null
  const { rows } = await pool.query<{ at: Date }>(
    `SELECT t.at ${looked} ORDER BY t.at DESC, t.id OFFSET ${MOST_STAGED - 1} LIMIT 1`,
    [...values],
  )
  return rows[0]?.at ?? null
}

function newest({ from, base, values }: Asked): string {
  const [skip, take] = [values.length + 1, values.length + 2]
  return `
    SELECT n.id, 0 AS rank, count(*) OVER ()::int AS total
    FROM (SELECT ${base}.id, ${base}.at ${from} ORDER BY ${base}.at DESC, ${base}.id LIMIT ${MOST_FOUND}) n
    ORDER BY n.at DESC, n.id OFFSET $${skip}::int LIMIT $${take}::int`
}

/** Cover density, less for what is old: half of it is gone after half a year; a grave voice counts up to half more. */
function best({ from, values }: Asked): string {
  const [skip, take, now] = [1, 2, 3].map((at) => `$${values.length + at}`)
  const age = `greatest(0, extract(epoch FROM ${now}::timestamptz - n.at)::float8)`
  return `
    SELECT n.id, count(*) OVER ()::int AS total,
      ts_rank_cd(n.terms, $1::tsquery, 4) * (1 + n.severity / 6.0::float8)
        * (0.3 + 0.7 * exp(-${age} / 15768000 * ln(2::float8))) AS rank
    FROM (SELECT t.id, t.at, t.severity, t.terms ${from} ORDER BY t.at DESC, t.id LIMIT ${MOST_FOUND}) n
    ORDER BY rank DESC, n.at DESC, n.id OFFSET ${skip}::int LIMIT ${take}::int`
}

const distinct = (column: string, table: string): string =>
  `ARRAY (SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2000)`

/** A voice that names no site or product is of its customer's, here as where storms and figures count. */
const named = (column: 'site' | 'product'): string =>
  `(SELECT ${column} FROM voice_reading UNION ALL SELECT ${column} FROM customer) named`
const namedBy = (column: 'site' | 'product', at: string): string =>
  `(r.${column} = ANY (${at}::text[]) OR (r.${column} IS NULL
    AND r.customer IN (SELECT id FROM customer WHERE ${column} = ANY (${at}::text[]))))`

/** What tells the stage of a voice that is looked at for a search. */
const FOUND: StageColumns = {
  ...{ at: 't.at', customer: 'r.customer', channel: 't.channel', words: 'r.words' },
  firstPurchase: 'c.first_purchase',
}

/** Only what is asked stands in the statement, so that the plan fits it. The words are the first value. */
function conditions(filter: VoiceFilter): Asked {
  const ofWords = (filter.query ?? null) !== null || (filter.channels ?? null) !== null
  const values: unknown[] = []
  const tests: string[] = []
  const add = (value: unknown, test: (place: string) => string): void => {
    if (value === null || value === undefined) return
    values.push(value)
    tests.push(test(`$${values.length}`))
  }
  add(filter.query, (at) => `t.terms @@ ${at}::tsquery`)
  add(filter.channels, (at) => `t.channel = ANY (${at}::text[])`)
  const stage = filter.stage ?? null
  const before = tests.length
  add(filter.sites, (at) => namedBy('site', at))
  add(filter.products, (at) => namedBy('product', at))
  add(filter.topics, (at) => `r.topics && ${at}::text[]`)
  add(filter.tag, (at) => `${at}::text = ANY (r.tags)`)
  add(filter.wordClass, (at) => `${at}::text = ANY (r.words)`)
  add(filter.label, (at) => `r.label = ${at}`)
  add(filter.language, (at) => `r.language = ${at}`)
  add(filter.customer, (at) => `r.customer = ${at}::uuid`)
  const ofReadings = tests.length > before && stage === null
  // Both hold the instant: one table is read where one will do.
  const base: Asked['base'] = ofReadings && !ofWords ? 'r' : 't'
  // Looked up hit by hit: a join reads the whole table, which takes longer than the search.
  const own = base === 't' ? tests.splice(before) : []
  if (own.length > 0)
    tests.push(`EXISTS (SELECT 1 FROM voice_reading r WHERE r.id = t.id AND ${own.join(' AND ')} OFFSET 0)`)
  add(filter.since, (at) => `${base}.at >= ${at}::timestamptz`)
  add(filter.until, (at) => `${base}.at < ${at}::timestamptz`)
  const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`
  const plain = `FROM ${base === 'r' ? 'voice_reading r' : 'voice_text t'} ${where}`
  const asked = { base, values, ranked: (filter.query ?? null) !== null }
  if (stage === null) return { ...asked, from: plain, looked: null }
  // What tells a stage stands in both tables and with the customer.
  const from = `FROM (SELECT t.* ${plain} ORDER BY t.at DESC, t.id LIMIT ${MOST_STAGED}) t WHERE EXISTS (
    SELECT 1 FROM voice_reading r LEFT JOIN customer c ON c.id = r.customer
    WHERE r.id = t.id AND ${stageIs(stage.rules, stage.id, FOUND)} OFFSET 0)`
  return { ...asked, from, looked: plain }
}
