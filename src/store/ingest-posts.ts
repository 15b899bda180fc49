import type { Pool, PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { Answer, IngestRows, Kept, Post, Waiting } from '../ingest/ports.ts'
import type { CustomerKey, SourceRecord } from '../records/record.ts'
import { inTransaction } from './in-transaction.ts'
import { ingest } from './ingest.ts'
import { jsonText } from './rows.ts'
import { quarantine } from './sources.ts'
import type { Ask, Statement } from './statement.ts'

type Now = Parameters<IngestRows['keep']>[1]

/** Whoever is taken is held: should this process die, another takes them when the hold ends. */
const TAKE: Statement = {
  name: 'to-judge-take',
  sql: `
  WITH due AS (
    SELECT id FROM to_judge WHERE held_until IS NULL OR held_until <= $1::timestamptz
    ORDER BY id LIMIT $3::int FOR UPDATE SKIP LOCKED),
  held AS (
    UPDATE to_judge t SET held_until = $2::timestamptz, attempts = t.attempts + 1 FROM due WHERE t.id = due.id
    RETURNING t.id, t.customer, t.at, t.attempts)
  SELECT jsonb_agg(jsonb_build_object('id', id::text, 'customer', customer, 'at', at, 'attempts', attempts) ORDER BY id)
    AS body FROM held`,
}
const JUDGED: Statement = {
  name: 'to-judge-judged',
  sql: `
  WITH gone AS (
    DELETE FROM to_judge WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::bigint) RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM gone`,
}
const PUT_OFF: Statement = {
  name: 'to-judge-put-off',
  sql: `
  WITH held AS (
    UPDATE to_judge SET held_until = $2::timestamptz
    WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::bigint) RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM held`,
}
const WAITING: Statement = { name: 'to-judge', sql: 'SELECT to_jsonb(count(*)) AS body FROM to_judge' }
const FORGET: Statement = {
  name: 'ingest-answer-forget',
  sql: `
  WITH gone AS (DELETE FROM ingest_answer WHERE at < $1::timestamptz RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM gone`,
}
const KEYS_OF: Statement = {
  name: 'keys-by-number',
  sql: `
  SELECT jsonb_agg(jsonb_build_object('no', c.no, 'kind', k.kind, 'value', k.value)) AS body
  FROM customer c CROSS JOIN LATERAL (
    SELECT kind, value FROM customer_key WHERE customer = c.id ORDER BY kind, value LIMIT 1) k
  WHERE c.no IN (SELECT jsonb_array_elements_text($1::jsonb)::int)`,
}

/** What comes in over HTTP, and who is to be judged for it. */
export function ingestRows(pool: Pool, ask: Ask, embedded: boolean): IngestRows {
  return {
    keep: (posts, now) => inTransaction(pool, (client) => keep(client, embedded, posts, now)),
    keysOf: async (numbers) => {
      const rows = await ask<({ no: number } & CustomerKey)[]>(KEYS_OF, [JSON.stringify(numbers)])
      return new Map((rows ?? []).map(({ no, kind, value }) => [no, { kind, value }]))
    },
    take: async (most, now, until) => {
      const rows = await ask<(Omit<Waiting, 'at'> & { at: string })[]>(TAKE, [
        now.toISOString(),
        until.toISOString(),
        most,
      ])
      return (rows ?? []).map((row) => ({ ...row, at: new Date(row.at) }))
    },
    judged: async (ids) => void (await ask(JUDGED, [JSON.stringify(ids)])),
    putOff: async (ids, until) => void (await ask(PUT_OFF, [JSON.stringify(ids), until.toISOString()])),
    waiting: async () => (await ask<number>(WAITING, []))!,
    forgetKeys: async (before) => (await ask<number>(FORGET, [before.toISOString()]))!,
  }
}

async function keep(
  client: PoolClient,
  embedded: boolean,
  posts: readonly Post[],
  now: Now,
): Promise<Kept[]> {
  const earlier = await claimKeys(client, posts, now.real)
  const fresh = posts.filter((post) => !earlier.has(post))
  const answers = new Map<Post, Answer>()
  for (const source of new Set(fresh.map((post) => post.source))) {
    const own = fresh.filter((post) => post.source === source)
    const records = own.flatMap((post) => post.records)
    const known = await knownAmong(client, source, records)
    for (const post of own) {
      answers.set(
        post,
        post.answer((type, id) => known.has(nameOf(type, id))),
      )
      for (const { type, sourceId } of post.records) known.add(nameOf(type, sourceId))
    }
    if (records.length > 0) {
      await ingest(client, embedded, source, records, now.data)
      await queue(client, source, records)
    }
    const rejected = own.flatMap((post) => post.rejected)
    await quarantine(client, embedded, source, rejected, now.data)
  }
  await keepAnswers(client, answers)
  return posts.map((post) => earlier.get(post) ?? { answer: answers.get(post)!, isReplay: false })
}

/** Claims the keys of these posts; gives what is known already of those that were claimed before. */
async function claimKeys(client: PoolClient, posts: readonly Post[], at: Date): Promise<Map<Post, Kept>> {
  const keyed = posts.flatMap((post) => (post.key === null ? [] : [{ post, ...post.key }]))
  const earlier = new Map<Post, Kept>()
  if (keyed.length === 0) return earlier
  // In one order everywhere, so that two processes never wait for each other.
  const asked = JSON.stringify(keyed.map(({ sender, key, digest }) => ({ sender, key, digest })))
  const claimed = await client.query<{ name: string }>(
    `INSERT INTO ingest_answer (sender, key, digest, at)
     SELECT sender, key, digest, $2::timestamptz
     FROM jsonb_to_recordset($1::jsonb) AS asked (sender text, key text, digest text) ORDER BY sender, key
     ON CONFLICT DO NOTHING RETURNING sender || ' ' || key AS name`,
    [asked, at],
  )
  const mine = new Set(claimed.rows.map(({ name }) => name))
  const others = keyed.filter(({ sender, key }) => !mine.has(`${sender} ${key}`))
  if (others.length === 0) return earlier
  const { rows } = await client.query<{ name: string; digest: string; answer: Answer }>(
    `SELECT sender || ' ' || key AS name, digest, answer FROM ingest_answer
     WHERE (sender, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [others.map(({ sender }) => sender), others.map(({ key }) => key)],
  )
  const stored = new Map(rows.map((row) => [row.name, row]))
  for (const { post, sender, key, digest } of others) {
    const row = stored.get(`${sender} ${key}`)!
    earlier.set(post, row.digest === digest ? { answer: row.answer, isReplay: true } : { misused: true })
  }
  return earlier
}

async function keepAnswers(client: PoolClient, answers: ReadonlyMap<Post, Answer>): Promise<void> {
  const keyed = [...answers].flatMap(([{ key }, answer]) =>
    key === null ? [] : [{ sender: key.sender, key: key.key, answer }],
  )
  if (keyed.length === 0) return
  await client.query(
    `UPDATE ingest_answer a SET answer = given.answer
     FROM jsonb_to_recordset($1::jsonb) AS given (sender text, key text, answer jsonb)
     WHERE a.sender = given.sender AND a.key = given.key`,
    [jsonText(keyed)],
  )
}

const nameOf = (type: SourceRecord['type'], sourceId: string): string => `${type} ${sourceId}`

/** Which of these records are there already, by `nameOf`. Of customers no row of a source is kept. */
async function knownAmong(
  client: PoolClient,
  source: string,
  records: readonly SourceRecord[],
): Promise<Set<string>> {
  const ids = [idsOf(source, 'event', records), idsOf(source, 'feedback', records)]
  if (ids.every(({ length }) => length === 0)) return new Set()
  const { rows } = await client.query<{ type: SourceRecord['type']; source_id: string }>(
    `SELECT 'event' AS type, source_id FROM event WHERE id = ANY ($1::uuid[])
     UNION ALL SELECT 'feedback', source_id FROM feedback WHERE id = ANY ($2::uuid[])`,
    ids,
  )
  return new Set(rows.map(({ type, source_id }) => nameOf(type, source_id)))
}

function idsOf(source: string, type: SourceRecord['type'], records: readonly SourceRecord[]): string[] {
  return records.filter((record) => record.type === type).map(({ sourceId }) => uuidOf(source, sourceId))
}

/** Whose rows these are is to be judged; a voice of nobody known judges nobody. */
async function queue(client: PoolClient, source: string, records: readonly SourceRecord[]): Promise<void> {
  const events = idsOf(source, 'event', records)
  const voices = idsOf(source, 'feedback', records)
  if (events.length + voices.length === 0) return
  await client.query(
    `INSERT INTO to_judge (customer, at)
     SELECT customer, max(at) FROM (
       SELECT customer, at FROM event WHERE id = ANY ($1::uuid[])
       UNION ALL SELECT customer, at FROM feedback WHERE id = ANY ($2::uuid[])) came
     WHERE customer IS NOT NULL GROUP BY customer`,
    [events, voices],
  )
}
