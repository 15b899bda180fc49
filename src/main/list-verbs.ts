import type { Context } from '../context.ts'
import { csvOf } from './csv.ts'
import { localeOf } from './program.ts'
import { type Sheet, searchSheet, surveySheet } from './sheets.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'

const SHEETS = { search: searchSheet, survey: surveySheet }

export interface ListWords {
  readonly words?: readonly string[]
  readonly csv?: boolean
  readonly json: boolean
}

/** `foreshock search` and `survey`: everything that is found, in columns, as JSON, or as a table for a spreadsheet. */
export async function listVerb(
  ctx: Context,
  terminal: Terminal,
  name: keyof typeof SHEETS,
  { words = [], csv = false, json }: ListWords,
): Promise<void> {
  // Programs that read JSON want the same names and words whatever the company speaks.
  const view = { locale: json ? 'en' : localeOf(ctx), timeZone: ctx.config.company.timeZone } as const
  const sheet = await SHEETS[name](ctx, words.join(' '), view)
  if (sheet.more) terminal.say(`There may be more than these ${sheet.rows.length}; narrow it.`)
  if (csv) terminal.table(csvOf(sheet.head, sheet.rows))
  else terminal.result(named(sheet), columns([sheet.head, ...sheet.rows.map((row) => row.map(oneLine))]))
}

function oneLine(cell: string | number | null): string {
  return String(cell ?? '').replace(/\s+/g, ' ')
}

function named({ head, rows, more }: Sheet): object {
  const keys = head.map((name) => name.toLowerCase().replace(/ (\w)/g, (_, letter) => letter.toUpperCase()))
  return { rows: rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at] ?? null]))), more }
}
