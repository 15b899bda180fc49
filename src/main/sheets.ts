import { nameOf } from '../../commands/case/move.ts'
import { ranking } from '../../commands/ranking/ranking.ts'
import { parseTop } from '../../commands/ranking/words.ts'
import { unheard } from '../../commands/survey.ts'
import { voiceByNo } from '../../commands/voices/one.ts'
import { parseSearch } from '../../commands/voices/search-words.ts'
import { searching } from '../../commands/voices/searching.ts'
import { topicTexts } from '../../commands/voices/topic-names.ts'
import { channelWords } from '../../templates/kinds.ts'
import { MOOD_OF } from '../../templates/voices.ts'
import { TIER_REASON } from '../../templates/words.ts'
import type { Context, TableFile } from '../context.ts'
import { seenBy, splitLine } from '../dispatch.ts'
import { ForeshockError } from '../errors.ts'
import { dayOf } from '../records/moment.ts'
import { moneyDecimal } from '../records/money.ts'
import { mayActAs, type Person } from '../records/person.ts'
import { knownLtv } from '../risk/assessment.ts'
import { clip, type Locale, text } from '../text.ts'
import { type FoundVoice, MOST_FOUND } from '../voice/found.ts'
import { csvOf } from './csv.ts'

/** Everything a command finds, page after page, as a table. */
export interface Sheet {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** There may be more than these. */
  readonly more: boolean
}

/** Who reads it, and where. */
export interface SheetView {
  readonly locale: Locale
  readonly timeZone: string
}

type Cell = string | number | null
type MakeSheet = (ctx: Context, view: SheetView) => Promise<Sheet>

/** Commands whose list can be had as a table; they throw for words that they do not understand. */
const SHEETS: Readonly<Record<string, (words: string, there: readonly string[]) => MakeSheet>> = {
  search: (words) => {
    parseSearch(words)
    return (ctx, view) => searchSheet(ctx, words, view)
  },
  survey: (words) => (ctx, view) => surveySheet(ctx, words, view),
  top: (words, there) => {
    const { only, by } = parseTop(words)
    if (by !== null) throw noSheet(`top by ${by}`, there)
    return (ctx, view) => topSheet(ctx, only, view)
  },
}

/**
 * What makes a file for a spreadsheet of what a line finds, for somebody who may see it; that they took it stands in the sealed
 * record. Throws at once for a line that has no table.
 *
 * @throws ForeshockError BAD_INPUT; when it is made, what the command throws
 */
export function sheetFile(ctx: Context, by: Person, line: string): () => Promise<TableFile> {
  const { command, words } = splitLine(line)
  const there = Object.keys(SHEETS).filter((name) => mayHave(ctx, by, name))
  if (!there.includes(command)) throw noSheet(command, there)
  const { locale, timeZone } = by
  const make = SHEETS[command]!(words, there)
  return async () => {
    const { head, rows, more } = await make(seenBy(ctx, by), { locale, timeZone })
    const now = ctx.clock.now()
    await ctx.store.settings.note('table', null, { line, rows: rows.length }, by.id, now)
    const name = `${command}-${dayOf(now, timeZone)}.csv`
    return { name, csv: csvOf(head, rows), rows: rows.length, more }
  }
}

export async function searchSheet(ctx: Context, words: string, view: SheetView): Promise<Sheet> {
  const asked = parseSearch(words)
  const { voices, total, back } =
    asked.voice === null
      ? await (await searching(ctx, asked, view.timeZone)).look({ skip: 0, take: MOST_FOUND })
      : { voices: [await voiceByNo(ctx, asked.voice)], total: 1, back: null }
  const head = VOICES_HEAD[view.locale].split('|')
  return { head, rows: await voiceRows(ctx, voices, view), more: total >= MOST_FOUND || back !== null }
}

const VOICES_HEAD = {
  zh: '编号|日期|渠道|客户|姓名|门店|产品|情绪|强度|主题|原话',
  en: 'No|Day|Channel|Customer|Name|Store|Product|Mood|Strength|Topics|Words',
}

async function voiceRows(
  ctx: Context,
  voices: readonly FoundVoice[],
  { locale, timeZone }: SheetView,
): Promise<Cell[][]> {
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

export async function surveySheet(ctx: Context, words: string, view: SheetView): Promise<Sheet> {
  const only = words.trim()
  const list = await unheard(ctx, only === '' ? null : only, { skip: 0, take: MOST_ASKED })
  const { currency } = ctx.config.company
  const rows = list.rows.map((row): Cell[] => [
    ...[`C-${row.no}`, row.name, row.site, nameOf(ctx, row.owner)?.[view.locale] ?? null],
    row.ltvMinor === null ? null : moneyDecimal({ minor: row.ltvMinor, currency }),
    row.heardAt === null ? null : dayOf(row.heardAt, view.timeZone),
    dayOf(row.activeAt, view.timeZone),
    row.contactConsent === null ? null : 'yes',
  ])
  return { head: SURVEY_HEAD[view.locale].split('|'), rows, more: list.total > MOST_ASKED }
}

const SURVEY_HEAD = {
  zh: '客户|姓名|门店|客户经理|终身价值|上次发声|最近往来|同意联系',
  en: 'Customer|Name|Store|CSM|Lifetime value|Last heard|Last active|May be contacted',
}

/** Everyone at risk, not only as many as the line asks to see. */
async function topSheet(
  ctx: Context,
  only: ReturnType<typeof parseTop>['only'],
  { locale }: SheetView,
): Promise<Sheet> {
  const ranked = await ranking(ctx, only)
  const newest = await ctx.store.assessments.latestOf(ranked.map(({ judged }) => judged))
  const { currency } = ctx.config.company
  const rows = ranked.map(({ customer, judged: whom, tier, deferred }, index): Cell[] => {
    const { no, name, site, region, owner } = customer
    const judged = newest.get(whom)
    const ltv = knownLtv(customer, judged)
    const reason = judged?.reason
    return [
      ...[index + 1, tier, `C-${no}`, name, site, region, nameOf(ctx, owner)?.[locale] ?? null],
      ltv === null ? null : moneyDecimal({ minor: ltv.minor, currency }),
      reason === undefined ? null : TIER_REASON[reason][locale],
      deferred ? YES[locale] : null,
      ltv?.estimated === true ? YES[locale] : null,
      judged?.forecast === undefined ? null : Number(judged.forecast.probability.toFixed(3)),
    ]
  })
  return { head: TOP_HEAD[locale].split('|'), rows, more: false }
}

const TOP_HEAD = {
  zh: '名次|等级|客户|姓名|门店|区域|客户经理|终身价值|原因|延后|价值为估算|流失概率',
  en: 'Rank|Tier|Customer|Name|Store|Region|CSM|Lifetime value|Why|Put off|Value estimated|Chance of leaving',
}
const YES = text('是', 'yes')

/** Whose role a command is too high for has no table of it. */
function mayHave({ commands }: Pick<Context, 'commands'>, by: Person, command: string): boolean {
  const known = commands.find(({ name }) => name === command)
  return known !== undefined && mayActAs(by.role, known.role)
}

function noSheet(said: string, there: readonly string[]): ForeshockError {
  const short = clip(said, 40)
  return new ForeshockError(
    'BAD_INPUT',
    text(`没有你可以下载的“${short}”表格。`, `There is no table of "${short}" for you.`),
    text(`可以下载：${there.join('、')}。`, `There are: ${there.join(', ')}.`),
  )
}
