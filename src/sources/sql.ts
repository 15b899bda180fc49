import { isExpected } from '../errors.ts'
import { bad } from '../records/parsed.ts'
import { rulesOf } from './environment.ts'
import { fingerprintOf } from './fingerprint.ts'
import { BATCH, type Gathering, gather } from './gather.ts'
import { meaningProblems } from './meaning.ts'
import { misfit, unprefixed } from './misfit.ts'
import { unsoundness } from './sound.ts'
import type { Batch, Cursor, Source } from './source.ts'
import { sample } from './sql/check.ts'
import { ofQuery, queryProblems } from './sql/columns.ts'
import { advanced, againOf, isBlankKey, readMark, writeMark } from './sql/cursor.ts'
import type { Asked, Column, Row, Session } from './sql/dialect.ts'
import type { SqlMapping } from './sql/mapping.ts'
import { openSession, type SqlEnvironment } from './sql/open.ts'

/**
 * Rows of a database, by a query. A pull reads what lies behind the last one in the order of (`after`, `key`), through a
 * cursor on the server, in a transaction that cannot write; memory holds a page. Rows that leave the table stay.
 */
export function sqlSource(mapping: SqlMapping, environment: SqlEnvironment): Source {
  return {
    name: mapping.name,
    pull: (cursor, signal) => pull(mapping, environment, cursor, signal),
    check: (note = () => {}) => check(mapping, environment, (says) => note(`${mapping.name}: ${says}`)),
  }
}

async function* pull(
  mapping: SqlMapping,
  environment: SqlEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const senseless = meaningProblems(mapping, environment.kinds)
  if (senseless.length > 0) throw misfit(mapping.name, senseless)
  try {
    const session = await openSession(mapping, environment, signal)
    try {
      yield* read(session, mapping, environment, cursor, signal)
    } finally {
      await session.close()
    }
  } catch (error) {
    // Stopping is no failure: what was yielded is stored, and the rest comes with the next pull.
    if (!signal.aborted) throw error
  }
}

async function* read(
  session: Session,
  mapping: SqlMapping,
  environment: SqlEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  // How far a pull goes back, and how long it waits, changes neither which rows there are nor what they mean.
  const { overlap, timeoutSeconds: _, ...meaning } = mapping
  const { name, query } = mapping
  const columns = await session.columns(query)
  const problems = queryProblems(columns, mapping)
  if (problems.length > 0) throw misfit(name, problems)

  const fingerprint = fingerprintOf(meaning, environment)
  const mark = readMark(cursor, fingerprint)
  const { key, after } = orderOf(columns, mapping)
  const readAt = environment.now()
  const rows = gather('row', mapping, rulesOf(mapping, environment))
  const asked: Asked = { query, key, after, since: mark.position, again: againOf(after, mark, overlap) }
  let position = mark.position
  const batch = (ended: boolean): Batch => {
    // Without a column that grows, the next pull reads all rows again.
    const reached = ended && after === null ? null : position
    return rows.batch(writeMark({ position: reached, readAt }, fingerprint))
  }

  for await (const page of pagesOf(session, asked)) {
    signal.throwIfAborted()
    for (const row of page) {
      addRow(rows, row, key)
      position = advanced(position, row, asked, readAt)
    }
    const unsound = mark.position === null ? unsoundness(rows.found) : null
    if (unsound !== null) throw misfit(name, [ofQuery(unsound)])
    yield batch(false)
  }
  yield batch(true)
}

async function* pagesOf(session: Session, asked: Asked): AsyncGenerator<Row[]> {
  yield* session.rows(asked, BATCH)
  if (asked.after !== null) yield* session.undated(asked, BATCH)
}

function addRow(rows: Gathering, row: Row, { name }: Column): void {
  const id = row[name]
  if (isBlankKey(id))
    rows.refuse(
      JSON.stringify(row),
      bad(
        `主键“${name}”为空；请指定一个总有值的列`,
        `the key "${name}" is empty; name a column that is always filled`,
      ),
    )
  else rows.add(row, String(id))
}

function orderOf(columns: readonly Column[], mapping: SqlMapping): { key: Column; after: Column | null } {
  const named = (name: string): Column => columns.find((column) => column.name === name)!
  return { key: named(mapping.key), after: mapping.after === undefined ? null : named(mapping.after) }
}

async function check(
  mapping: SqlMapping,
  environment: SqlEnvironment,
  note: (says: string) => void,
): Promise<string[]> {
  const findings = meaningProblems(mapping, environment.kinds).map(({ en }) => en)
  try {
    const session = await openSession(mapping, environment, new AbortController().signal)
    try {
      const columns = await session.columns(mapping.query)
      const problems = queryProblems(columns, mapping)
      findings.push(...problems.map(({ en }) => en))
      if (problems.length === 0 && findings.length === 0) {
        const { key, after } = orderOf(columns, mapping)
        const rows = gather('row', mapping, rulesOf(mapping, environment))
        const asked: Asked = { query: mapping.query, key, after, since: null, again: null }
        findings.push(...(await sample(session, asked, rows, environment.now(), note)))
      }
    } finally {
      await session.close()
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    findings.push(unprefixed(mapping.name, error).en)
  }
  return findings.map((finding) => `${mapping.name}: ${finding}`)
}
