import { ForeshockError, type Hint } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { clip, text } from '../../src/text.ts'
import type { SaidWords } from '../../src/voice/sought.ts'

/** What a search can be narrowed by. */
export const FILTERS = [
  'site',
  'product',
  'topic',
  'tag',
  'class',
  'label',
  'since',
  'until',
  'lang',
  'channel',
  'customer',
  'stage',
] as const
export type FilterName = (typeof FILTERS)[number]

export interface SearchWords {
  /** Everything but the page, as typed. */
  readonly asked: string
  /** One voice is meant: V-12. */
  readonly voice: number | null
  readonly said: readonly SaidWords[]
  readonly filters: Readonly<Partial<Record<FilterName, string>>>
  readonly page: number
}

const SPELLINGS: Readonly<Record<string, FilterName>> = {
  ...Object.fromEntries(FILTERS.map((name) => [name, name])),
  store: 'site',
  门店: 'site',
  model: 'product',
  产品: 'product',
  车型: 'product',
  主题: 'topic',
  话题: 'topic',
  标签: 'tag',
  词类: 'class',
  mood: 'label',
  情绪: 'label',
  from: 'since',
  自: 'since',
  to: 'until',
  至: 'until',
  language: 'lang',
  语言: 'lang',
  渠道: 'channel',
  客户: 'customer',
  阶段: 'stage',
  旅程: 'stage',
}

/** Graphemes of a search: more is a text pasted by mistake. */
const LONGEST = 300
const QUOTED = `"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』`
/** A filter with its value, words in quotes, or words up to a blank; a minus before them keeps voices with them out. */
const PART = new RegExp(
  `([a-z\\p{Script=Han}]{1,12})[:：](?:${QUOTED}|(\\S*))|([-－]?)(?:${QUOTED}|(\\S+))`,
  'giu',
)

/**
 * Reads words, "phrases", -words and filters such as `site:虹桥店 since:30d`, in any order.
 *
 * @throws ForeshockError BAD_INPUT
 */
export function parseSearch(words: string): SearchWords {
  const page = /(?:^|\s)(?:page\s+(\d{1,4})|第\s*(\d{1,4})\s*页)\s*$/i.exec(words)
  const asked = (page === null ? words : words.slice(0, page.index)).trim()
  if (!/[^\s"“”「」『』]/.test(asked)) throw nothingSaid()
  if (clip(asked, LONGEST) !== asked) throw tooLong()
  const said: SaidWords[] = []
  const filters: Partial<Record<FilterName, string>> = {}
  for (const found of asked.matchAll(PART)) {
    const filter = filterOf(found)
    if (filter !== null) filters[filter.name] = filter.value
    else said.push(wordsOf(found))
  }
  return {
    asked,
    voice: voiceNo(asked),
    said: said.filter((each) => each.words !== ''),
    filters,
    page: Math.max(1, Number(page?.[1] ?? page?.[2] ?? 1)),
  }
}

/** The number of a voice as people write it; null: something else. */
export function voiceNo(words: string): number | null {
  const no = /^[vｖ][-－]?(\d{1,9})$/iu.exec(words.trim())?.[1]
  return no === undefined ? null : Number(no)
}

function filterOf(found: RegExpExecArray): { name: FilterName; value: string } | null {
  const [whole, key] = found
  if (key === undefined) return null
  const name = ownValue(SPELLINGS, key.toLowerCase())
  const value = (found.slice(2, 7).find((each) => each !== undefined) ?? '').trim()
  if (name !== undefined) {
    if (value === '') throw noValue(key)
    return { name, value }
  }
  // "http://" and "问题：漏油" are words; "lable:negative" is a slip.
  const near = /^[a-z]+$/i.test(key) && !whole.includes('//') ? nearest(key, FILTERS) : null
  if (near !== null) throw unknownFilter(key, near)
  return null
}

function wordsOf(found: RegExpExecArray): SaidWords {
  if (found[1] !== undefined) return { words: found[0], phrase: false, without: false }
  const quoted = found.slice(8, 12).find((each) => each !== undefined)
  const minus = found[7] !== ''
  const words = (quoted ?? found[12] ?? '').trim()
  return { words, phrase: quoted !== undefined, without: minus }
}

const HOW: Hint = {
  ...text(
    '这样写：search 退款 太慢；加引号找原话，减号排除；还可以加 site: product: topic: tag: class: label: stage: since: lang: channel: customer:。',
    'Write it like this: search refund slow. Quotes find the very words, a minus leaves words out; narrow it with site: product: topic: tag: class: label: stage: since: lang: channel: customer:.',
  ),
  // A shell keeps quotes to itself, and takes what begins with a minus for an option.
  shell:
    'Write it like this: foreshock search refund slow. Narrow it with site: product: topic: tag: class: label: stage: since: lang: channel: customer:.',
}

function nothingSaid(): ForeshockError {
  return new ForeshockError('BAD_INPUT', text('没写要找什么。', 'Search for what?'), HOW)
}

function tooLong(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `要找的话太长，最多 ${LONGEST} 字。`,
      `That is too long; a search has at most ${LONGEST} characters.`,
    ),
    text('写几个关键词就够了。', 'A few words are enough.'),
  )
}

function noValue(key: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`“${key}:”后面没写内容。`, `Nothing follows "${key}:".`),
    text(
      '例如 label:negative 或 since:30d，冒号后不空格。',
      'Such as label:negative or since:30d, without a blank.',
    ),
  )
}

function unknownFilter(key: string, near: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`没有“${key}:”这个筛选条件。`, `There is no filter "${key}:".`),
    suggestion(`${near}:`),
  )
}
