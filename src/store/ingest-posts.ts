import type { Pool, PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { Answer, IngestRows, IsPressing, Kept, Post, Waiting } from '../ingest/ports.ts'
import type { CustomerKey } from '../records/record.ts'
import { inTransaction } from './in-transaction.ts'
import { ingest } from './ingest.ts'
import { jsonText, type Sourced } from './rows.ts'
import { quarantine } from './sources.ts'
import type { Ask, Statement } from './statement.ts'
import { knownAmong, nameOf, queue, type Run, runner } from './to-judge.ts'

type Now = Parameters<IngestRows['keep']>[1]

/**
 * Whoever is taken is held: should this process die, another takes them when the hold ends. Who presses waits without an
 * instant and comes first; for all others that is the instant they came, or may be tried again: minutes ahead at most, unless
 * the clock was set back since.
 */
const TAKE: Statement = {
  name: 'to-judge-take',
  sql: `
  WITH due AS (
    SELECT id FROM to_judge
    WHERE held_until IS NULL OR held_until <= $1::timestamptz OR held_until > $1::timestamptz + interval '1 hour'
    ORDER BY held_until IS NOT NULL, id LIMIT $3::int FOR UPDATE SKIP LOCKED),
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
  FROM (
    SELECT no, id AS customer, NULL::uuid AS part FROM customer
    UNION ALL SELECT no, customer, id FROM customer_part WHERE id <> customer) c
  CROSS JOIN LATERAL (
    SELECT kind, value FROM customer_key WHERE customer = c.customer AND part IS NOT DISTINCT FROM c.part
    ORDER BY kind, value LIMIT 1) k
  WHERE c.no IN (SELECT jsonb_array_elements_text($1::jsonb)::int)`,
}

/** What comes in over HTTP, and who is to be judged for it. */
export function ingestRows(pool: Pool, ask: Ask, embedded: boolean): IngestRows {
  return {
    keep: (posts, now, isPressing = nobodys) =>
      inTransaction(pool, (client) => keep(client, embedded, posts, now, isPressing)),
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
  isPressing: IsPressing,
): Promise<Kept[]> {
  const run = runner(client, embedded)
  const known = await knownAmong(run, rowsOf(posts))
  const planned = answersTo(posts, known)
  const earlier = await claimKeys(run, planned, now.real)
  const fresh = posts.filter((post) => !earlier.has(post))
  const rows = rowsOf(fresh)
  if (rows.length > 0) await ingest(client, embedded, rows, now.data)
  for (const { source, rejected } of fresh) await quarantine(client, embedded, source, rejected, now.data)
  if (rows.length > 0) await queue(run, rows, now.real, isPressing)
  // What only a request brought that is not kept was not known to the others.
  const answers = earlier.size === 0 ? planned : answersTo(fresh, known)
  await mendAnswers(run, planned, answers)
  return posts.map((post) => earlier.get(post) ?? { answer: answers.get(post)!, isReplay: false })
}

const rowsOf = (posts: readonly Post[]): Sourced[] =>
  posts.flatMap(({ source, records }) => records.map((record) => ({ source, record })))

/** What each request is answered; a record that an earlier one of them brought is known to the later ones. */
function answersTo(posts: readonly Post[], before: ReadonlySet<string>): Map<Post, Answer> {
  const known = new Set(before)
  const answers = new Map<Post, Answer>()
  for (const post of posts) {
    const { source, records } = post
    answers.set(
      post,
      post.answer((type, id) => known.has(nameOf(type, uuidOf(source, id)))),
    )
    for (const { type, sourceId } of records) known.add(nameOf(type, uuidOf(source, sourceId)))
  }
  return answers
}

/** Claims the keys of these posts, with their answers; gives what is known already of those that were claimed before. */
async function claimKeys(run: Run, answers: ReadonlyMap<Post, Answer>, at: Date): Promise<Map<Post, Kept>> {
  const keyed = [...answers].flatMap(([post, answer]) =>
    post.key === null ? [] : [{ post, answer, ...post.key }],
  )
  const earlier = new Map<Post, Kept>()
  if (keyed.length === 0) return earlier
  // In one order everywhere, so that two processes never wait for each other.
  const asked = jsonText(keyed.map(({ sender, key, digest, answer }) => ({ sender, key, digest, answer })))
  const claimed = await run<{ name: string }>(
    `INSERT INTO ingest_answer (sender, key, digest, answer, at)
     SELECT sender, key, digest, answer, $2::timestamptz
     FROM jsonb_to_recordset($1::jsonb) AS asked (sender text, key text, digest text, answer jsonb)
     ORDER BY sender, key ON CONFLICT DO NOTHING RETURNING sender || ' ' || key AS name`,
    [asked, at],
    true,
  )
  const mine = new Set(claimed.map(({ name }) => name))
  const others = keyed.filter(({ sender, key }) => !mine.has(`${sender} ${key}`))
  if (others.length === 0) return earlier
  const rows = await run<{ name: string; digest: string; answer: Answer }>(
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

const nobodys: IsPressing = () => false

/** Writes the answers that turned out otherwise than when their keys were claimed. */
async function mendAnswers(
  run: Run,
  planned: ReadonlyMap<Post, Answer>,
  answers: ReadonlyMap<Post, Answer>,
): Promise<void> {
  const others = [...answers].flatMap(([post, answer]) =>
    post.key === null || planned.get(post)!.json === answer.json ? [] : [{ ...post.key, answer }],
  )
  if (others.length === 0) return
  await run(
    `UPDATE ingest_answer a SET answer = given.answer
     FROM jsonb_to_recordset($1::jsonb) AS given (sender text, key text, answer jsonb)
     WHERE a.sender = given.sender AND a.key = given.key`,
    [jsonText(others.map(({ sender, key, answer }) => ({ sender, key, answer })))],
  )
}
