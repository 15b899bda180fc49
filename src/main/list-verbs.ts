import { unheard } from '../../commands/survey.ts'
import { voiceByNo } from '../../commands/voices/one.ts'
import { parseSearch } from '../../commands/voices/search-words.ts'
import { searching } from '../../commands/voices/searching.ts'
import { topicTexts } from '../../commands/voices/topic-names.ts'
import { channelWords } from '../../templates/kinds.ts'
import { MOOD_OF } from '../../templates/voices.ts'
import type { Context } from '../context.ts'
import { dayOf } from '../records/moment.ts'
import { moneyDecimal } from '../records/money.ts'
import { type FoundVoice, MOST_FOUND } from '../voice/found.ts'
import { csvOf } from './csv.ts'
import { localeOf } from './program.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'

type Cell = string | number | null

/** `foreshock search WORDS`: every voice that is found, as words, JSON or a table for a spreadsheet. */
export async function searchVerb(
  ctx: Context,
  terminal: Terminal,
  words: readonly string[],
  csv: boolean,
): Promise<void> {
  const asked = parseSearch(words.join(' '))
  const { timeZone } = ctx.config.company
  const { voices, total } =
    asked.voice === null
      ? await (await searching(ctx, asked, timeZone)).look({ skip: 0, take: MOST_FOUND })
      : { voices: [await voiceByNo(ctx, asked.voice)], total: 1 }
  if (total >= MOST_FOUND) terminal.say(`There may be more than these ${MOST_FOUND}; narrow the search.`)
  const head = HEAD[localeOf(ctx)].split('|')
  const rows = await voiceRows(ctx, voices)
  if (csv) return terminal.table(csvOf(head, rows))
  const shown = rows.map((row) => row.map((cell) => String(cell ?? '').replace(/\s+/g, ' ')))
  terminal.result({ total, voices }, columns([head, ...shown]))
}

const HEAD = {
  zh: '编号|日期|渠道|客户|姓名|门店|产品|情绪|强度|主题|原话',
  en: 'No|Day|Channel|Customer|Name|Store|Product|Mood|Strength|Topics|Words',
}

async function voiceRows(ctx: Context, voices: readonly FoundVoice[]): Promise<Cell[][]> {
  const [locale, { timeZone }] = [localeOf(ctx), ctx.config.company]
  const named = await topicTexts(ctx)
  const people = await ctx.store.customers.many(voices.flatMap(({ customer }) => customer ?? []))
  return voices.map((voice) => {
    const whose = people.get(voice.customer ?? '')
    return [
      ...[`V-${voice.no}`, dayOf(voice.at, timeZone), channelWords(voice.channel)[locale]],
      ...[whose === undefined ? null : `C-${whose.no}`, whose?.name ?? null, voice.site, voice.product],
      ...[MOOD_OF[voice.label][locale], Math.round(voice.strength * 100) / 100],
      ...[voice.topics.map((topic) => named(topic)[locale]).join('; '), voice.text],
    ]
  })
}

/** More customers than a survey goes to at once. */
const MOST_ASKED = 100_000

/** `foreshock survey`: the customers without voices, for the tool that asks them. */
export async function surveyVerb(
  ctx: Context,
  terminal: Terminal,
  words: readonly string[],
  csv: boolean,
): Promise<void> {
  const only = words.join(' ').trim()
  const list = await unheard(ctx, only === '' ? null : only, { skip: 0, take: MOST_ASKED })
  const { timeZone, currency } = ctx.config.company
  const head = SURVEY_HEAD[localeOf(ctx)].split('|')
  const rows = list.rows.map((row): Cell[] => [
    ...[`C-${row.no}`, row.name, row.site, row.owner],
    row.ltvMinor === null ? null : moneyDecimal({ minor: row.ltvMinor, currency }),
    row.heardAt === null ? null : dayOf(row.heardAt, timeZone),
    dayOf(row.activeAt, timeZone),
    row.contactConsent === null ? null : 'yes',
  ])
  if (csv) return terminal.table(csvOf(head, rows))
  terminal.result(list, columns([head, ...rows.map((row) => row.map((cell) => String(cell ?? '')))]))
}

const SURVEY_HEAD = {
  zh: '客户|姓名|门店|客户经理|终身价值|上次发声|最近往来|同意联系',
  en: 'Customer|Name|Store|CSM|Lifetime value|Last heard|Last active|May be contacted',
}
