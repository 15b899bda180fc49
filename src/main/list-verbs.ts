import type { Context } from '../context.ts'
import { csvOf } from './csv.ts'
import { localeOf } from './program.ts'
import { type Sheet, searchSheet, surveySheet } from './sheets.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'

const SHEETS = { search: searchSheet, survey: surveySheet }

/** `foreshock search` and `survey`: everything that is found, in columns, as JSON, or as a table for a spreadsheet. */
export async function listVerb(
  ctx: Context,
  terminal: Terminal,
  name: keyof typeof SHEETS,
  words: readonly string[],
  csv: boolean,
): Promise<void> {
  const view = { locale: localeOf(ctx), timeZone: ctx.config.company.timeZone }
  const sheet = await SHEETS[name](ctx, words.join(' '), view)
  if (sheet.more) terminal.say(`There may be more than these ${sheet.rows.length}; narrow it.`)
  if (csv) terminal.table(csvOf(sheet.head, sheet.rows))
  else terminal.result(named(sheet), columns([sheet.head, ...sheet.rows.map((row) => row.map(oneLine))]))
}

function oneLine(cell: string | number | null): string {
  return String(cell ?? '').replace(/\s+/g, ' ')
}

function named({ head, rows, more }: Sheet): object {
  return { rows: rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]]))), more }
}
