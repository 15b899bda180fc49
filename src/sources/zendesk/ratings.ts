import { DAY } from '../../clock.ts'
import type { Ask, Request } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import { PathRefused } from '../vendor/refusal.ts'
import type { Mark, Page, Row, Stream } from '../vendor/stream.ts'
import { ratingRow, surveyRow } from './rows.ts'
import { nextIn } from './staff.ts'

/** A list that is asked for from an instant on, whose younger entries may still change and are read again. */
interface Dated {
  readonly path: string
  /** Where the entries stand in an answer. */
  readonly list: string
  /** Days after which an entry no longer changes. */
  readonly settledAfter: number
  query(from: number): Request['query']
  row(entry: Record<string, unknown>): Row
}

/** Thumbs up and down with their comments. One may be given until its ticket closes, and is dated by when it was asked for. */
const RATINGS: Dated = {
  path: '/api/v2/satisfaction_ratings.json',
  list: 'satisfaction_ratings',
  settledAfter: 14,
  query: (from) => ({ score: 'received', start_time: from, 'page[size]': 100 }),
  row: (rating) => {
    const value = ratingRow(rating)
    return { kind: 'ratings', id: `${value['ticket_id']}/rating/${value['id']}`, value }
  },
}

/** Answers to the newer surveys. One may be given and changed for weeks after it was asked for. */
const SURVEYS: Dated = {
  path: '/api/v2/guide/survey_responses',
  list: 'survey_responses',
  settledAfter: 28,
  query: (from) => ({ 'filter[created_at_start]': from * 1000, sort: 'id', 'page[size]': 100 }),
  row: (response) => {
    const value = surveyRow(response)
    return { kind: 'surveys', id: `${value['ticket_id'] ?? 'none'}/survey/${value['id']}`, value }
  },
}

/** `since`: the first pull begins with what was asked for then, in seconds. */
export function ratings(since: number, now: () => Date): Stream {
  return {
    name: 'ratings',
    kinds: ['ratings'],
    pages: (mark, ask) => listed(RATINGS, mark, since, now(), ask),
  }
}

/** The same; nothing where the account's plan has no such surveys. */
export function surveys(since: number, now: () => Date): Stream {
  const pages = async function* (mark: Mark | null, ask: Ask): AsyncGenerator<Page> {
    try {
      yield* listed(SURVEYS, mark, since, now(), ask)
    } catch (error) {
      if (!(error instanceof PathRefused) || error.status === 400) throw error
    }
  }
  return { name: 'surveys', kinds: ['surveys'], pages }
}

async function* listed(
  { path, list, settledAfter, query, row }: Dated,
  mark: Mark | null,
  since: number,
  now: Date,
  ask: Ask,
): AsyncGenerator<Page> {
  const settled = Math.floor((now.getTime() - settledAfter * DAY) / 1000)
  const from = Number(mark?.['from'] ?? since)
  for (let after = (mark?.['after'] as string | undefined) ?? null; ; ) {
    const answer = await ask({
      path,
      query: { ...query(from), ...(after === null ? {} : { 'page[after]': after }) },
    })
    after = nextIn(answer)
    const next = after === null ? { from: Math.max(from, settled) } : { from, after }
    yield { rows: listIn(answer, list).map(row), mark: next }
    if (after === null) return
  }
}
