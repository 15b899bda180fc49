import { meantBy } from '../../nearest.ts'
import type { Refused } from '../../records/parsed.ts'
import { type Text, text } from '../../text.ts'
import { isObject } from '../cells.ts'
import { columnProblems } from '../columns.ts'
import { BATCH, type Gathering, gather, shownRaw } from '../gather.ts'
import { mappedColumns } from '../row.ts'
import { joined, REASONS, unsoundness } from '../sound.ts'
import type { Batch, Cursor, Rejection } from '../source.ts'
import type { Rules } from '../to-record.ts'
import type { SingerMapping } from './mapping.ts'
import { messageIn } from './message.ts'

/** With a state, so many rows are worth storing at once. */
const ENOUGH = BATCH / 10

/** Place of lines that belong to no stream. */
const OUTPUT = 'output'

/** Everything a tap has printed so far, as records that wait to be stored. */
export interface Streams {
  /** Takes a line in; gives what keeps the mapping from fitting it. */
  take(line: string): Text[]
  /** The newest state that was printed: everything before it has been taken in. */
  readonly state: unknown
  readonly isFull: boolean
  /** Rows of the mapped streams so far. */
  readonly rows: number
  batch(cursor: Cursor): Batch
  /** Mapped streams that were not printed. */
  missing(): Text[]
  /** Why nothing may be taken from the tap: most of what it prints is unusable. */
  unsound(): Text[]
  /** What is worth knowing of each stream. */
  notes(): string[]
}

export function openStreams(mapping: SingerMapping, rules: Rules, before: unknown): Streams {
  const mapped = mapping.streams.map((each) => {
    const rows = gather(each.stream, each, rules, `${each.stream}/`)
    return { each, rows, key: [] as readonly string[] }
  })
  const byName = new Map(mapped.map((stream) => [stream.each.stream, stream]))
  // Lines that are no messages belong to no stream. All that was said of them falls when everything is printed anew.
  const strays = { rejected: [] as Rejection[], bad: 0, reasons: [] as Text[] }
  let begins = before === null ? [OUTPUT] : []
  const printed = new Set<string>()
  let state = before
  let isNew = false
  let lines = 0

  const waiting = () => mapped.reduce((sum, { rows }) => sum + rows.waiting, strays.rejected.length)
  const stray = (raw: string, { reason, zh }: Refused): void => {
    strays.bad += 1
    if (strays.reasons.length < REASONS)
      strays.reasons.push(text(`第 ${lines} 行：${zh}`, `line ${lines}: ${reason}`))
    strays.rejected.push({ file: OUTPUT, line: lines, reason, zh, raw: shownRaw(raw) })
  }
  const schema = (name: string, key: readonly string[], fields: readonly string[] | null): Text[] => {
    printed.add(name)
    const stream = byName.get(name)
    if (stream === undefined) return []
    stream.key = key
    if (fields === null) return []
    // A dotted path looks into an object.
    const wanted = mappedColumns(stream.each).map((path) =>
      fields.includes(path) ? path : path.split('.', 1)[0]!,
    )
    return columnProblems(fields, [...new Set(wanted)]).map(({ zh, en }) =>
      text(`数据流 ${name} ${zh}`, `the stream ${name} ${en}`),
    )
  }

  return {
    take: (line) => {
      if (line.trim() === '') return []
      lines += 1
      const message = messageIn(line)
      if ('reason' in message) {
        stray(line, message)
        return []
      }
      const said = message.value
      if (said.type === 'STATE') [state, isNew] = [said.state, true]
      if (said.type === 'SCHEMA') return schema(said.stream, said.key, said.fields)
      if (said.type === 'RECORD') {
        printed.add(said.stream)
        const stream = byName.get(said.stream)
        stream?.rows.add(said.record, idOf(said.record, stream.key))
      }
      return []
    },
    get state() {
      return state
    },
    get isFull() {
      return waiting() >= (isNew ? ENOUGH : BATCH)
    },
    get rows() {
      return mapped.reduce((sum, { rows }) => sum + rows.found.rows, 0)
    },
    batch: (cursor) => {
      isNew = false
      const made = merged(
        mapped.map(({ rows }) => rows.batch(cursor)),
        cursor,
      )
      const { rejected } = strays
      const all = { rejected: [...made.rejected, ...rejected], begins: [...begins, ...(made.begins ?? [])] }
      strays.rejected = []
      begins = []
      return { ...made, ...all }
    },
    missing: () =>
      [...byName.keys()]
        .filter((name) => !printed.has(name))
        .map((name) => {
          const [none, all] = [printed.size === 0, [...printed]]
          const meant = meantBy(name, printed)
          return text(
            `采集程序没有打印数据流“${name}”；${none ? '一个也没有打印' : `打印的有：${all.join('、')}`}。${meant.zh}`,
            `the tap printed no stream "${name}"; ${none ? 'it printed none' : `it printed: ${all.join(', ')}`}.${meant.en}`,
          )
        }),
    unsound: () =>
      [
        ...mapped.map(({ each, rows }) => ({
          what: text(`数据流 ${each.stream} `, `the stream ${each.stream}`),
          found: rows.found,
        })),
        { what: text('采集程序的输出 ', "the tap's output"), found: { ...strays, rows: lines } },
      ].flatMap(({ what, found }) => {
        const reason = unsoundness(found)
        return reason === null ? [] : [text(`${what.zh}${reason.zh}`, `${what.en} ${reason.en}`)]
      }),
    notes: () => [
      ...mapped.flatMap(({ each, rows }) => notesOf(each.stream, rows)),
      ...(strays.bad === 0 ? [] : [`${strays.bad} lines are no messages: ${joined(strays.reasons).en}`]),
    ],
  }
}

/** What names a record by the fields its schema says; null: nothing does. */
function idOf(record: unknown, key: readonly string[]): string | null {
  if (key.length === 0 || !isObject(record)) return null
  const values = key.map((name) => record[name])
  return values.some((value) => value === undefined || value === null) ? null : values.join('/')
}

function merged(parts: readonly Batch[], cursor: Cursor): Batch {
  const [busiest] = [...parts].sort((a, b) => b.records.length - a.records.length)
  return {
    records: parts.flatMap(({ records }) => records),
    rejected: parts.flatMap(({ rejected }) => rejected),
    begins: parts.flatMap(({ begins }) => begins ?? []),
    cursor,
    progress: {
      ...busiest!.progress,
      rows: parts.reduce((sum, { progress }) => sum + progress.rows, 0),
    },
  }
}

function notesOf(name: string, rows: Gathering): string[] {
  const { rows: all, bad, reasons } = rows.found
  const unseen = rows.unseen().map((field) => `no record of ${name} has "${field}" so far`)
  if (all === 0) return [`${name}: no record yet`]
  return [
    ...(bad === 0 ? [] : [`of ${all} records of ${name} ${bad} cannot be used: ${joined(reasons).en}`]),
    ...unseen,
  ]
}
