import { ForeshockError } from '../../src/errors.ts'
import { ownValue } from '../../src/own-value.ts'
import { EVENT_KINDS, type EventKind } from '../../src/reports/outside-event.ts'
import { type PeriodWords, USUAL_DAYS } from '../../src/reports/period.ts'
import { clip, text } from '../../src/text.ts'
import { periodIn } from '../case/period.ts'
import { eventKindNamed } from '../outside/words.ts'

export type VocGrouping = 'site' | 'product' | 'region' | 'segment' | 'stage'

export type VocWords = {
  readonly period: PeriodWords
} & (
  | {
      readonly about: 'all'
      /** The time, as typed. */
      readonly asked: string
    }
  | { readonly about: 'topic'; readonly topic: string }
  | {
      readonly about: 'groups'
      readonly by: VocGrouping
      /** Days of such outside events are left out. */
      readonly without: readonly EventKind[]
      readonly page: number
      /** Everything but the page, as typed. */
      readonly asked: string
    }
)

export const VOC_USAGE =
  'voc [TOPIC | site | product | region | segment | stage] [last month] [without promotions]'

const GROUPINGS: Readonly<Record<string, VocGrouping>> = {
  site: 'site',
  store: 'site',
  门店: 'site',
  product: 'product',
  products: 'product',
  region: 'region',
  区域: 'region',
  segment: 'segment',
  客群: 'segment',
  stage: 'stage',
  journey: 'stage',
  旅程: 'stage',
  阶段: 'stage',
}

/** @throws ForeshockError BAD_INPUT for a time that is none */
export function parseVoc(words: string): VocWords {
  const [, before = '', page = '1'] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const { kept, without } = withoutIn(before)
  const { rest, period: said } = periodIn(kept)
  const period: PeriodWords = said ?? { kind: 'days', days: USUAL_DAYS }
  const named = rest.toLowerCase()
  const by = ownValue(GROUPINGS, named)
  if (by !== undefined)
    return { about: 'groups', by, without, page: Math.max(1, Number(page)), asked: before.trim(), period }
  if (without.length > 0) throw onlyCompared()
  if (named === '') return { about: 'all', period, asked: kept.trim() }
  // "product" is a grouping and a topic: `voc topic product` means the topic.
  return { about: 'topic', topic: rest.replace(/^(?:topic|话题)\s+/i, ''), period }
}

const WITHOUT =
  /(?:^|\s)(?:without|excluding|except|不含|不计|排除)\s*([^\s,、]{1,20}(?:\s*(?:,|、|\sand\s)\s*[^\s,、]{1,20})*)(?=\s|$)/iu

/** Takes "without promotions" or "不含促销、节假日" out of some words, wherever it stands. */
function withoutIn(words: string): { readonly kept: string; readonly without: readonly EventKind[] } {
  const found = WITHOUT.exec(words.slice(0, MOST_LETTERS))
  if (found === null) return { kept: words, without: [] }
  const kept = `${words.slice(0, found.index)} ${words.slice(found.index + found[0].length)}`.trim()
  const kinds = found[1]!.split(/\s*(?:,|、|\sand\s)\s*/i).flatMap((word) => kindsNamed(word))
  return { kept, without: [...new Set(kinds)] }
}

/** Nobody names a topic or a time at such length. */
const MOST_LETTERS = 300
const EVERY_KIND = ['events', 'everything', '外部事件', '事件']

/** @throws ForeshockError BAD_INPUT */
function kindsNamed(word: string): readonly EventKind[] {
  if (EVERY_KIND.includes(word.toLowerCase())) return EVENT_KINDS
  const kind = eventKindNamed(word)
  if (kind !== null) return [kind]
  throw new ForeshockError(
    'BAD_INPUT',
    text(`不知道要排除的“${clip(word, 40)}”是什么。`, `"${clip(word, 40)}" cannot be left out.`),
    text(
      '可以排除促销、节假日、故障，或全部外部事件：voc site 不含促销',
      'Leave out promotions, holidays, outages or events: voc site without promotions',
    ),
  )
}

function onlyCompared(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text('只有对比时能排除外部事件的日子。', 'Days of outside events can be left out of comparisons only.'),
    text('这样写：voc site 不含促销', 'Write it like this: voc site without promotions'),
  )
}
