import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { CalendarDay } from '../records/record.ts'
import { dayAt, dayNumber, dayOf, HISTORY_START } from './calendar.ts'
import type { Company } from './company.ts'
import { csvLine } from './csv.ts'
import { encodeGbk } from './gbk.ts'
import type { DayRows } from './rows.ts'
import { withSpoiled } from './spoiled.ts'
import type { Table } from './tables.ts'
import {
  CUSTOMER_COLUMNS,
  customerLine,
  EVENTS,
  FEEDBACK,
  LOGINS,
  OLD_VISITS,
  ORDERS,
  VISITS,
} from './tables.ts'

/** Share of the days written so far, 0..1. */
export type Progress = (share: number) => void

const TABLES: readonly Table<{ at: number }>[] = [VISITS, LOGINS, ORDERS, EVENTS, FEEDBACK]
const OLD_SYSTEM_UNTIL = '2024-01-01'

/**
 * Writes the company's exports from the first day to an instant: a file a month for each system, a file for the
 * begun day, and the CRM's customers. The same seed and instant give the same bytes.
 */
export async function writeHistory(
  company: Company,
  folder: string,
  until: Date,
  progress?: Progress,
): Promise<void> {
  const last = dayNumber(dayAt(until)) - 1
  const first = dayNumber(company.today === null ? HISTORY_START : dayOf(dayNumber(company.today) + 1))
  let month: DayRows[] = []
  for (let number = first; number <= last; number += 1) {
    month.push(company.step(dayOf(number)))
    if (number < last && sameMonth(number, number + 1)) continue
    await writeRows(folder, dayOf(number).slice(0, 7), month)
    month = []
    progress?.((number - first + 1) / (last - first + 1))
    await breathe()
  }
  await writeDay(company, folder, dayAt(until), until)
}

/**
 * Writes one day's exports and the CRM's customers as they now stand. With `until`, only what happened before
 * that instant: writing the same day again later lets the files grow, as a running export does.
 */
export async function writeDay(
  company: Company,
  folder: string,
  day: CalendarDay,
  until?: Date,
): Promise<void> {
  const rows = company.step(day)
  await writeRows(folder, day, [until === undefined ? rows : before(rows, until.getTime())])
  const customers = company.customers().map(customerLine)
  const text = `\ufeff${[csvLine(CUSTOMER_COLUMNS), ...customers].join('\r\n')}\r\n`
  await replaceFile(join(folder, 'customers.csv'), Buffer.from(text))
}

/** Brings the exports up to an instant: finishes the begun day, writes the days between, begins the last. */
export async function writeUntil(
  company: Company,
  folder: string,
  until: Date,
  progress?: Progress,
): Promise<void> {
  if (company.today === null) return writeHistory(company, folder, until, progress)
  const last = dayNumber(dayAt(until))
  for (let number = dayNumber(company.today); number < last; number += 1) {
    await writeDay(company, folder, dayOf(number))
  }
  await writeDay(company, folder, dayOf(last), until)
}

async function writeRows(folder: string, period: string, days: readonly DayRows[]): Promise<void> {
  for (const table of TABLES) {
    const used = table.name === 'visits' && period < OLD_SYSTEM_UNTIL ? OLD_VISITS : table
    const rows = days.flatMap((day) => day[table.name] as readonly { at: number }[])
    const path = `${used.folder}/${used.prefix}${period}${used.ending}`
    if (rows.length > 0) await replaceFile(join(folder, path), bytesOf(used, path, rows))
  }
}

function bytesOf(table: Table<{ at: number }>, path: string, rows: readonly { at: number }[]): Buffer {
  const ordered = rows.toSorted((a, b) => a.at - b.at)
  const lines = withSpoiled(path, ordered.map(table.line))
  const all = table.header === null ? lines : [csvLine(table.header), ...lines]
  const text = all.join(table.newline) + table.newline
  const bytes = table.encoding === 'gbk' ? encodeGbk(text) : Buffer.from(text)
  return table.ending.endsWith('.gz') ? sameEverywhere(gzipSync(bytes)) : bytes
}

// Byte 9 of a gzip file names the operating system it was made on.
function sameEverywhere(zipped: Buffer): Buffer {
  zipped[9] = 255
  return zipped
}

function before(rows: DayRows, instant: number): DayRows {
  const seen = <Row extends { at: number }>(list: readonly Row[]) => list.filter((row) => row.at < instant)
  return {
    day: rows.day,
    visits: seen(rows.visits),
    logins: seen(rows.logins),
    orders: seen(rows.orders),
    events: seen(rows.events),
    feedback: seen(rows.feedback),
  }
}

/** A reader sees the old file or the new one, never half of either. */
async function replaceFile(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.part`)
  await writeFile(draft, bytes)
  await rename(draft, path)
}

function sameMonth(one: number, other: number): boolean {
  return dayOf(one).slice(0, 7) === dayOf(other).slice(0, 7)
}
