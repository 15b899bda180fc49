import { createHash } from 'node:crypto'
import type { Parsed } from '../records/parsed.ts'
import type { SourceRecord } from '../records/record.ts'
import { clean } from '../text.ts'
import type { Sent } from './body.ts'
import type { Answer, Post, RequestKey } from './ports.ts'

/** What became of one record of a request. */
export interface RecordAnswer {
  /** `duplicate`: its id was known; the row is as this record says now. */
  readonly result: 'accepted' | 'duplicate' | 'quarantined'
  /** Why it waits in quarantine. */
  readonly reason?: string
}

/** The answer to a request whose rows were kept, one entry a record in the order they came. */
export interface PostAnswer {
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
  readonly records: readonly RecordAnswer[]
}

/** Makes one request's rows ready to be kept: good ones as records, the others for quarantine. */
export function postOf(
  sent: readonly Sent[],
  read: readonly Parsed<SourceRecord>[],
  at: { readonly path: string; readonly source: string; readonly key: RequestKey | null },
): Post {
  const rejected = read.flatMap((each, index) => {
    if (!('reason' in each)) return []
    const raw = rawOf(sent[index]!)
    // The content names the row: the same one sent again is there already.
    const file = `${at.path} ${createHash('sha256').update(raw).digest('hex').slice(0, 16)}`
    return [{ file, line: index + 1, ...each, raw }]
  })
  return {
    source: at.source,
    key: at.key,
    records: read.flatMap((each) => ('reason' in each ? [] : [each.value])),
    rejected,
    answer: (isKnown) => answerOf(read, isKnown),
  }
}

function answerOf(read: readonly Parsed<SourceRecord>[], isKnown: Parameters<Post['answer']>[0]): Answer {
  const seen = new Set<string>()
  const records = read.map((each): RecordAnswer => {
    if ('reason' in each) return { result: 'quarantined', reason: each.reason }
    const { type, sourceId } = each.value
    const isDuplicate = seen.has(sourceId) || isKnown(type, sourceId)
    seen.add(sourceId)
    return { result: isDuplicate ? 'duplicate' : 'accepted' }
  })
  const count = (result: RecordAnswer['result']): number =>
    records.filter((record) => record.result === result).length
  const quarantined = count('quarantined')
  const body: PostAnswer = {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    quarantined,
    records,
  }
  // Who sends only what cannot be used should notice.
  return { status: quarantined === records.length ? 422 : 200, json: JSON.stringify(body) }
}

/** The record as it was sent, whole: there is no file to read it from again. */
function rawOf({ value, line }: Sent): string {
  if (line !== undefined) return clean(line)
  try {
    return clean(JSON.stringify(value) ?? '')
  } catch {
    // So deeply nested that it cannot be written out.
    return ''
  }
}
