import { ForeshockError } from '../../src/errors.ts'
import { type Period, type PeriodWords, periodOf, takePeriod, USUAL_DAYS } from '../../src/reports/period.ts'
import { clip, text } from '../../src/text.ts'

export type VocGrouping = 'site' | 'product' | 'region' | 'segment'

export type VocWords = {
  readonly period: PeriodWords
} & (
  | { readonly about: 'all' }
  | { readonly about: 'topic'; readonly topic: string }
  | { readonly about: 'groups'; readonly by: VocGrouping; readonly page: number }
)

export const VOC_USAGE = 'voc [TOPIC | site | product | region | segment] [last month]'

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
}

/** @throws ForeshockError BAD_INPUT for a time that is none */
export function parseVoc(words: string): VocWords {
  const [, before = '', page = '1'] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const { rest, period } = periodIn(before)
  const said = rest.toLowerCase()
  if (said === '') return { about: 'all', period }
  const by = Object.hasOwn(GROUPINGS, said) ? GROUPINGS[said] : undefined
  if (by !== undefined) return { about: 'groups', by, page: Math.max(1, Number(page)), period }
  // "product" is a grouping and a topic: `voc topic product` means the topic.
  return { about: 'topic', topic: rest.replace(/^(?:topic|话题)\s+/i, ''), period }
}

function periodIn(words: string): { readonly rest: string; readonly period: PeriodWords } {
  const { rest, said, unreadable } = takePeriod(words)
  if (unreadable !== null) throw noPeriod(unreadable)
  return { rest, period: said ?? { kind: 'days', days: USUAL_DAYS } }
}

/** @throws ForeshockError BAD_INPUT where it has not begun */
export function periodMeant(said: PeriodWords, now: Date, timeZone: string): Period {
  const period = periodOf(said, now, timeZone)
  if (period !== null) return period
  throw new ForeshockError(
    'BAD_INPUT',
    text('这段时间还没开始。', 'That time has not begun.'),
    text(`可以写：${PERIODS}。`, `Write one of: ${PERIODS}.`),
  )
}

const PERIODS = '30d, last month, last quarter, 2026-05, 2026-Q2, 2026, 2026-04-01..2026-05-15'

function noPeriod(said: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`没有“${clip(said, 40)}”这样的时间。`, `There is no such time as "${clip(said, 40)}".`),
    text(`可以写：近30天、上月、${PERIODS}。`, `Write one of: ${PERIODS}.`),
  )
}
