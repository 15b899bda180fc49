import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { tableGiven, tableReady, tableWithheld } from '../templates/table.ts'
import { answer, viewFor } from './case/move.ts'

/** Its pages download by a link of their own. */
const CONSOLE = 'console'

export const table: Command<string> = {
  name: 'table',
  summary: text(
    '把 search、survey、top 找到的全部内容发成表格文件（CSV）',
    'Everything that search, survey or top finds, as a file for a spreadsheet (CSV)',
  ),
  usage: 'table search WORDS | survey [...] | top [...]',
  role: 'viewer',
  parse: (words) => {
    const line = words.trim()
    if (line !== '') return line
    throw new ForeshockError(
      'BAD_INPUT',
      text('没写要哪份表格。', 'A table of what?'),
      text('例如：table search 退款。', 'For example: table search refund.'),
    )
  },
  run: async (ctx, request) => {
    const { args: line, by, via } = request
    const make = ctx.tableOf(by, line)
    if (via.chat === CONSOLE) return answer(ctx, request, tableReady, { line })
    const { name, csv, rows, more } = await make()
    const view = viewFor(ctx, request)
    const data = { line, name, rows, more }
    return {
      ...answer(ctx, request, tableReady, { line }),
      file: {
        ...{ name, words: csv },
        given: inBothLanguages(tableGiven, data, view),
        withheld: inBothLanguages(tableWithheld, data, view),
      },
    }
  },
}
