import type { Pool } from 'pg'
import type {
  LabelledVoice,
  ReadPosition,
  ReadVoice,
  UnreadPage,
  UnreadVoice,
  VoiceLabel,
} from '../voice/kept.ts'
import { type Column, overRows } from './bulk.ts'
import { inTransaction } from './in-transaction.ts'

export interface ReadingTable {
  /** Where to go on reading with this version: at the beginning where another read before. */
  begin(version: string): Promise<ReadPosition>
  /** The next voices, oldest transaction first, each text cut to `units` characters; `next` null: there are no more. */
  unread(at: ReadPosition, limit: number, units: number): Promise<UnreadPage>
  /** Keeps what was read and how far that is, all or nothing; voices that changed meanwhile are left for later. */
  keep(read: readonly ReadVoice[], next: ReadPosition): Promise<void>
  /** The pass is through: the next one begins where this one looked last. */
  finish(at: ReadPosition): Promise<void>
  /** Keeps a person's word on a voice; it wins from now on. False: there is no such voice. */
  label(id: string, said: VoiceLabel, by: string, at: Date): Promise<boolean>
  /** Everything people have labelled, oldest label first. */
  labelled(): Promise<LabelledVoice[]>
}

const FIRST = '00000000-0000-0000-0000-000000000000'

export function readingTable(pool: Pool, embedded: boolean): ReadingTable {
  return {
    begin: async (version) => {
      const { rows } = await pool.query<{ until: string; mark: string | null }>(
        `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS until,
          (SELECT mark::text FROM voice_cursor WHERE version = $1) AS mark`,
        [version],
      )
      const { until, mark } = rows[0]!
      // A mark from the future was kept by a database that has since been put back to an earlier state.
      const xid = mark === null || BigInt(mark) > BigInt(until) ? '0' : mark
      return { version, until, xid, id: FIRST }
    },
    unread: async (at, limit, units) => {
      const { rows } = await pool.query<UnreadVoice & { read: boolean }>(PAGE, [
        at.version,
        at.xid,
        at.id,
        limit,
        units,
      ])
      const last = rows.at(-1)
      const next = last === undefined ? null : { ...at, xid: last.xid, id: last.id }
      return { voices: rows.filter(({ read }) => !read), next }
    },
    keep: (read, next) =>
      inTransaction(pool, async (client) => {
        await overRows(client, embedded, columnsOf(next.version), read, upsert)
        await overRows(client, embedded, WORDS, read, upsertWords)
        await client.query(KEEP_CURSOR, [next.version, earlier(next.xid, next.until)])
      }),
    finish: async ({ version, until }) => {
      await pool.query(KEEP_CURSOR, [version, until])
      const { rows } = await pool.query<{ id: string }>(LABELS_UNHEEDED)
      if (rows.length > 0) await pool.query(APPLY_LABELS, [rows.map(({ id }) => id)])
    },
    label: async (id, said, by, at) => {
      const { rowCount } = await pool.query(
        `INSERT INTO voice_label AS l (id, customer, by, at, label, topics)
        SELECT id, customer, $2, $3, $4, $5::text[] FROM feedback WHERE id = $1
        ON CONFLICT (id) DO UPDATE SET by = excluded.by, at = excluded.at,
          label = coalesce(excluded.label, l.label), topics = coalesce(excluded.topics, l.topics)`,
        [id, by, at, said.label ?? null, said.topics ?? null],
      )
      // A reading that is being written at this moment is corrected when its pass is through.
      await pool.query(APPLY_LABELS, [[id]])
      return rowCount === 1
    },
    labelled: async () => {
      const { rows } = await pool.query<LabelledVoice>(
        `SELECT f.text, l.label, l.topics FROM voice_label l JOIN feedback f ON f.id = l.id
        WHERE f.text <> '' ORDER BY l.at, l.id`,
      )
      return rows
    },
  }
}

function earlier(a: string, b: string): string {
  return BigInt(a) < BigInt(b) ? a : b
}

// Whether a voice was read is looked up voice by voice: a join may take the whole table for each page. One whose words are
// no longer kept stays as it was read.
const PAGE = `
  WITH page AS MATERIALIZED (
    SELECT id, xid, text, channel FROM feedback WHERE xid >= $2::bigint AND (xid, id) > ($2::bigint, $3::uuid)
    ORDER BY xid, id LIMIT $4::int)
  SELECT p.id::text AS id, p.xid::text AS xid, p.channel, CASE WHEN s.read THEN '' ELSE left(p.text, $5::int) END AS text,
    CASE WHEN s.read THEN 0 ELSE length(p.text) END AS length, s.read
  FROM page p CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT 1 FROM voice_reading r WHERE r.id = p.id AND r.xid = p.xid
      AND (r.version = $1 OR (p.text = '' AND r.length > 0)) OFFSET 0) AS read) s
  ORDER BY p.xid, p.id`

const KEEP_CURSOR = `INSERT INTO voice_cursor (one, version, mark) VALUES (1, $1, $2::bigint)
  ON CONFLICT (one) DO UPDATE SET version = excluded.version, mark = excluded.mark`

/** An array as PostgreSQL writes one; a company's own classes of words may be called anything. */
const list = (items: readonly (string | number)[]): string =>
  `{${items.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`

const columnsOf = (version: string): Column<ReadVoice>[] => [
  { name: 'version', type: 'text', of: () => version },
  { name: 'id', type: 'uuid', of: ({ voice }) => voice.id },
  { name: 'xid', type: 'bigint', of: ({ voice }) => voice.xid },
  { name: 'language', type: 'text', of: ({ reading }) => reading.language },
  { name: 'length', type: 'int', of: ({ voice }) => voice.length },
  { name: 'strength', type: 'double precision', of: ({ reading }) => reading.strength },
  { name: 'label', type: 'text', of: ({ reading }) => reading.label },
  { name: 'confidence', type: 'double precision', of: ({ reading }) => reading.confidence },
  { name: 'topics', type: 'text', of: ({ reading }) => list(reading.topics.map(({ topic }) => topic)) },
  {
    name: 'topic_strengths',
    type: 'text',
    of: ({ reading }) => list(reading.topics.map(({ strength }) => strength)),
  },
  { name: 'tags', type: 'text', of: ({ reading }) => list(reading.tags.map(({ id }) => id)) },
  { name: 'urgency', type: 'text', of: ({ reading }) => reading.urgency.level },
  { name: 'urgent_why', type: 'text', of: ({ reading }) => reading.urgency.why },
  {
    name: 'wish',
    type: 'text',
    of: ({ voice, reading: { wish } }) => wish && voice.text.slice(wish.start, wish.end).toWellFormed(),
  },
  { name: 'competitor', type: 'text', of: ({ reading }) => reading.competitor },
  { name: 'severity', type: 'int', of: ({ reading }) => reading.severity },
  {
    name: 'words',
    type: 'text',
    of: ({ reading }) =>
      list([...new Set(reading.hits.filter((hit) => hit.counted).map((hit) => hit.class))]),
  },
]

/** A person's label over what was read (`o`): the mood takes its side, and its topics keep the strengths that were read. */
const CORRECTED = `
  coalesce(l.label, o.label) AS label,
  CASE WHEN l.label IS NULL OR l.label = o.label THEN o.strength
    ELSE CASE l.label WHEN 'neutral' THEN 0 WHEN 'positive' THEN 1 ELSE -1 END * greatest(abs(o.strength), 0.5)
    END AS strength,
  CASE WHEN l.label IS NULL THEN o.confidence ELSE 1 END AS confidence,
  coalesce(l.topics, o.topics) AS topics,
  CASE WHEN l.topics IS NULL THEN o.topic_strengths ELSE ARRAY (
    SELECT coalesce(o.topic_strengths[array_position(o.topics, t)], o.strength)
    FROM unnest(l.topics) WITH ORDINALITY AS named (t, place) ORDER BY place) END AS topic_strengths,
  l.id IS NOT NULL AS corrected`

const WRITTEN = [
  'id, at, customer, site, product, language, length, label, strength, confidence, topics, topic_strengths',
  'corrected, tags, urgency, urgent_why, wish, competitor, severity, words, xid, version',
].join(', ')

/** The lock keeps a voice that is being removed from leaving its reading behind. */
function upsert(incoming: string): string {
  const set = WRITTEN.split(', ')
    .slice(1)
    .map((name) => `${name} = excluded.${name}`)
  return `
    INSERT INTO voice_reading (${WRITTEN})
    SELECT o.id, f.at, f.customer, f.site, f.product, o.language, o.length, c.label, c.strength, c.confidence,
      c.topics, c.topic_strengths, c.corrected, o.tags::text[], o.urgency, o.urgent_why, o.wish, o.competitor,
      o.severity, o.words::text[], o.xid, o.version
    FROM (SELECT id, xid, language, length, strength, label, confidence, topics::text[] AS topics,
        topic_strengths::float8[] AS topic_strengths, tags, urgency, urgent_why, wish, competitor, severity, words, version
      FROM ${incoming}) o
    CROSS JOIN LATERAL (
      SELECT at, customer, site, product FROM feedback WHERE id = o.id AND xid = o.xid LIMIT 1 FOR KEY SHARE) f
    LEFT JOIN LATERAL (SELECT id, label, topics FROM voice_label WHERE id = o.id LIMIT 1) l ON true
    CROSS JOIN LATERAL (SELECT ${CORRECTED}) c
    ON CONFLICT (id) DO UPDATE SET ${set.join(', ')}`
}

/** What a voice is found by. Its number is taken once. */
const WORDS: readonly Column<ReadVoice>[] = [
  { name: 'id', type: 'uuid', of: ({ voice }) => voice.id },
  { name: 'xid', type: 'bigint', of: ({ voice }) => voice.xid },
  { name: 'severity', type: 'int', of: ({ reading }) => reading.severity },
  { name: 'terms', type: 'text', of: ({ terms }) => terms },
]

const upsertWords = (incoming: string): string => `
  INSERT INTO voice_text (id, no, at, channel, severity, terms)
  SELECT o.id, coalesce((SELECT no FROM voice_text WHERE id = o.id), nextval('voice_text_no_seq')), f.at, f.channel,
    o.severity, o.terms::tsvector
  FROM ${incoming} o
  CROSS JOIN LATERAL (SELECT at, channel FROM feedback WHERE id = o.id AND xid = o.xid LIMIT 1 FOR KEY SHARE) f
  ON CONFLICT (id) DO UPDATE SET at = excluded.at, channel = excluded.channel, severity = excluded.severity,
    terms = excluded.terms`

const UNHEEDED = `(NOT o.corrected OR (l.label IS NOT NULL AND o.label <> l.label)
  OR (l.topics IS NOT NULL AND o.topics <> l.topics))`

const LABELS_UNHEEDED = `
  SELECT l.id::text AS id FROM voice_label l
  CROSS JOIN LATERAL (SELECT label, topics, corrected FROM voice_reading WHERE id = l.id LIMIT 1) o WHERE ${UNHEEDED}`

const APPLY_LABELS = `
  UPDATE voice_reading o SET label = c.label, strength = c.strength, confidence = c.confidence, topics = c.topics,
    topic_strengths = c.topic_strengths, corrected = true
  FROM (
    SELECT o.id, v.* FROM voice_reading o JOIN voice_label l ON l.id = o.id CROSS JOIN LATERAL (SELECT ${CORRECTED}) v
    WHERE o.id = ANY($1::uuid[]) AND l.id = ANY($1::uuid[]) AND ${UNHEEDED}) c
  WHERE o.id = c.id AND o.id = ANY($1::uuid[])`
