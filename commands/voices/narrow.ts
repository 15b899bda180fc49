import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { instantOf } from '../../src/records/zone.ts'
import { clip, type Text, text } from '../../src/text.ts'
import type { KnownNames, VoiceFilter } from '../../src/voice/found.ts'
import { channelWords } from '../../templates/kinds.ts'
import { customerMeant } from '../case/customer.ts'
import { labelNamed, MOOD_WORDS } from './labels.ts'
import { classMeant, tagMeant } from './marks.ts'
import type { FilterName, SearchWords } from './search-words.ts'
import { stageMeant, stageRules } from './stage.ts'
import { topicMeant } from './topic-names.ts'

/**
 * What a search is narrowed to; days are those of the asker's zone.
 *
 * @throws ForeshockError NOT_FOUND or BAD_INPUT: a misspelt store must not look like one nobody speaks of
 */
export async function narrowed(
  ctx: Context,
  timeZone: string,
  filters: SearchWords['filters'],
): Promise<VoiceFilter> {
  const {
    site,
    product,
    channel,
    topic,
    tag,
    class: words,
    label,
    lang,
    customer,
    since,
    until,
    stage,
  } = filters
  const named = site ?? product ?? channel
  const known = named === undefined ? NO_NAMES : await ctx.store.voices.names()
  const now = ctx.clock.now()
  return {
    sites: namesLike('site', site, known),
    products: namesLike('product', product, known),
    channels: namesLike('channel', channel, known),
    topics: topic === undefined ? null : (await topicMeant(ctx, topic)).ids,
    tag: tag === undefined ? null : await tagMeant(ctx, tag),
    wordClass: words === undefined ? null : classMeant(words),
    label: label === undefined ? null : moodMeant(label),
    language: lang === undefined ? null : languageMeant(lang),
    customer: customer === undefined ? null : (await customerMeant(ctx, customer)).customer.id,
    stage: stage === undefined ? null : { rules: stageRules(ctx), id: stageMeant(ctx, stage).id },
    since: since === undefined ? null : instantMeant('since', since, timeZone, now),
    until: until === undefined ? null : instantMeant('until', until, timeZone, now),
  }
}

const NO_NAMES: KnownNames = { sites: [], products: [], channels: [] }

const NAMED: Readonly<Record<'site' | 'product' | 'channel', { list: keyof KnownNames; name: Text }>> = {
  site: { list: 'sites', name: text('门店', 'store') },
  product: { list: 'products', name: text('产品', 'product') },
  channel: { list: 'channels', name: text('渠道', 'channel') },
}

/** The names that are meant: the very one, else those that differ in case, width or blanks alone, else all that contain the words. */
function namesLike(
  filter: 'site' | 'product' | 'channel',
  said: string | undefined,
  names: KnownNames,
): readonly string[] | null {
  if (said === undefined) return null
  const { list, name } = NAMED[filter]
  const known = names[list]
  // What a storm counts is called by one writing: its button finds that one alone.
  if (known.includes(said)) return [said]
  const wanted = folded(said)
  const called = (each: string): string[] => {
    const words = filter === 'channel' ? channelWords(each) : { zh: each, en: each }
    return [each, words.zh, words.en].map(folded)
  }
  const exact = known.filter((each) => called(each).includes(wanted))
  const like =
    exact.length > 0 ? exact : known.filter((each) => called(each).some((word) => word.includes(wanted)))
  if (like.length > 0) return like
  throw noneCalled(name, said, nearest(said, known) ?? known.slice(0, 5))
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')

function noneCalled(what: Text, said: string, near: string | readonly string[]): ForeshockError {
  const short = clip(said, 40)
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有客户反馈来自${what.zh}“${short}”。`, `No voice names the ${what.en} "${short}".`),
    typeof near === 'string'
      ? suggestion(near)
      : near.length === 0
        ? text(`反馈里没有写${what.zh}。`, `Voices name no ${what.en} at all.`)
        : text(`有这些：${near.join('、')}。`, `There are: ${near.join(', ')}.`),
  )
}

function moodMeant(said: string) {
  const label = labelNamed(said)
  if (label !== null) return label
  throw badValue(
    'label',
    said,
    text('可以写 negative、neutral 或 positive。', `Write ${MOOD_WORDS.join(', ')}.`),
  )
}

const LANGUAGES: Readonly<Record<string, string>> = {
  zh: 'zh',
  cn: 'zh',
  chinese: 'zh',
  中文: 'zh',
  en: 'en',
  english: 'en',
  英文: 'en',
  other: 'other',
  其他: 'other',
}

function languageMeant(said: string): string {
  const language = ownValue(LANGUAGES, said.toLowerCase())
  if (language !== undefined) return language
  throw badValue('lang', said, text('可以写 zh、en 或 other。', 'Write zh, en or other.'))
}

const UNITS: Readonly<Record<string, number>> = {
  d: 1,
  天: 1,
  w: 7,
  周: 7,
  m: 30,
  个月: 30,
  月: 30,
  y: 365,
  年: 365,
}
const LONGEST_AGO = 36_500

/** `2026-01-01`, at the beginning of that day where the asker is, or `30d`, `2w`, `6m`, `1y` ago. */
function instantMeant(filter: FilterName, said: string, timeZone: string, now: Date): Date {
  const ago = /^(\d{1,5})\s*(d|w|m|y|天|周|个月|月|年)$/i.exec(said)
  if (ago !== null) {
    const days = Number(ago[1]) * UNITS[ago[2]!.toLowerCase()]!
    if (days <= LONGEST_AGO) return new Date(now.getTime() - days * DAY)
  }
  const date = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(said)
  if (date !== null) {
    const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3] ?? 1)]
    const wall = new Date(Date.UTC(year, month - 1, day))
    if (year >= 1970 && wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day)
      return new Date(instantOf(wall.getTime(), timeZone))
  }
  throw badValue(
    filter,
    said,
    text('写成 2026-01-01 或 30d（30 天内）。', 'Write 2026-01-01, or 30d for the last 30 days.'),
  )
}

function badValue(filter: string, said: string, hint: Text): ForeshockError {
  const short = clip(said, 40)
  return new ForeshockError(
    'BAD_INPUT',
    text(`看不懂“${filter}:${short}”。`, `"${filter}:${short}" means nothing here.`),
    hint,
  )
}
