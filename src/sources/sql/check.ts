import type { Gathering } from '../gather.ts'
import { joined, unsoundness } from '../sound.ts'
import { ofQuery } from './columns.ts'
import { isBlankKey, liesAhead } from './cursor.ts'
import type { Asked, Row, Session } from './dialect.ts'

/** Rows that are looked at. */
const SAMPLE = 200

/** Looks at the first rows: what has to be mended; what is worth knowing goes to `note`. */
export async function sample(
  session: Session,
  asked: Asked,
  rows: Gathering,
  now: Date,
  note: (says: string) => void,
): Promise<string[]> {
  const { key, after } = asked
  const page = await firstPage(session.rows(asked, SAMPLE))
  const undated = after === null ? [] : await firstPage(session.undated(asked, SAMPLE))
  const all = [...page, ...undated]
  for (const row of all) rows.add(row, String(row[key.name]))
  const { bad, reasons } = rows.found
  const unsound = unsoundness(rows.found)
  const looked = all.length < SAMPLE ? 'all' : `the first ${SAMPLE}`

  if (all.length === 0) note('the query gives no row yet')
  if (bad > 0 && unsound === null) note(`of ${looked} rows ${bad} cannot be used: ${joined(reasons).en}`)
  if (undated.length > 0) {
    const many = undated.length < SAMPLE ? rowsOf(undated.length) : `${SAMPLE} rows or more`
    note(
      `"${after!.name}" is empty in ${many}, read at every pull; let the query fill it, such as coalesce(updated_at, created_at)`,
    )
  }
  const ahead = after === null ? 0 : page.filter((row) => liesAhead(String(row[after.name]), now)).length
  if (ahead > 0)
    note(`"${after!.name}" lies in the future in ${rowsOf(ahead)}, read at every pull until then`)
  for (const says of await session.advice(asked)) note(says)
  if (after === null)
    note('all rows are read at every pull; name a column that grows with each change as `after`')

  return [
    ...(unsound === null ? [] : [ofQuery(unsound).en]),
    ...keyFaults(all, key.name),
    ...rows.unseen().map((column) => `the query gives no row with "${column}"`),
  ]
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

async function firstPage(pages: AsyncGenerator<Row[]>): Promise<Row[]> {
  for await (const page of pages) return page
  return []
}

function keyFaults(rows: readonly Row[], key: string): string[] {
  const keys = rows.map((row) => row[key])
  const empty = keys.filter(isBlankKey).length
  const twice = keys.find((each, at) => !isBlankKey(each) && keys.indexOf(each) !== at)
  return [
    ...(empty > 0
      ? [`the key "${key}" is empty in ${rowsOf(empty)}; name a column that is always filled`]
      : []),
    ...(twice === undefined
      ? []
      : [`the key "${key}" is not unique: several rows have ${JSON.stringify(twice)}; name one that is`]),
  ]
}
