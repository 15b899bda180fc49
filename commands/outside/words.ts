import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { EVENT_KINDS, type EventKind, type OutsideEvent } from '../../src/reports/outside-event.ts'
import { takeDays } from '../../src/reports/period.ts'
import { clean, clip, text } from '../../src/text.ts'
import { firstOf, listPage, unknownAct } from '../case/act-words.ts'

export type CalendarWords =
  | { readonly act: 'list'; readonly page: number }
  | { readonly act: 'add'; readonly event: Omit<OutsideEvent, 'no'> }
  | { readonly act: 'remove'; readonly no: number }

export const CALENDAR_USAGE = 'calendar [list | add promotion TITLE 2026-06-01..2026-06-20 | remove E-3]'

const ACTS = ['list', 'add', 'remove']
const LONGEST_TITLE = 40

/** What people call the kinds. */
const KINDS: Readonly<Record<string, EventKind>> = {
  ...Object.fromEntries(EVENT_KINDS.map((kind) => [kind, kind])),
  holidays: 'holiday',
  节假日: 'holiday',
  假期: 'holiday',
  promotions: 'promotion',
  promo: 'promotion',
  促销: 'promotion',
  大促: 'promotion',
  outages: 'outage',
  故障: 'outage',
  停机: 'outage',
  others: 'other',
  其他: 'other',
}

/** The kind a word names; null: none. */
export function eventKindNamed(word: string): EventKind | null {
  const folded = word.trim().toLowerCase()
  return ownValue(KINDS, folded) ?? null
}

/** @throws ForeshockError BAD_INPUT */
export function parseCalendar(words: string): CalendarWords {
  const page = listPage(words)
  if (page !== null) return { act: 'list', page }
  const [act, rest] = firstOf(words.trim())
  switch (act.toLowerCase()) {
    case 'add':
      return { act: 'add', event: newEvent(rest) }
    case 'remove': {
      const no = /^(?:e-?)?(\d{1,9})$/i.exec(rest)?.[1]
      if (no === undefined) throw whichEvent()
      return { act: 'remove', no: Number(no) }
    }
    default:
      throw unknownAct('calendar', CALENDAR_USAGE, ACTS, act)
  }
}

function newEvent(rest: string): Omit<OutsideEvent, 'no'> {
  const [said, more] = firstOf(rest)
  const kind = eventKindNamed(said)
  if (kind === null) throw unknownKind(said)
  const { rest: named, days } = takeDays(more)
  const title = clean(named).replace(/\s+/g, ' ').trim()
  if (days === null) throw noDays(more)
  if (title === '') throw noTitle()
  return { kind, title: clip(title, LONGEST_TITLE), first: written(days.from), last: written(days.to) }
}

function written(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10)
}

const EXAMPLE = text(
  '这样写：calendar add 促销 618大促 2026-06-01..2026-06-20',
  'Write it like this: calendar add promotion Summer sale 2026-06-01..2026-06-20',
)

function unknownKind(said: string): ForeshockError {
  const near = nearest(said, EVENT_KINDS)
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写是哪一类。', 'What kind of event?')
      : text(`没有“${clip(said, 40)}”这一类。`, `There is no kind "${clip(said, 40)}".`),
    near === null
      ? text(
          '类别有：节假日（holiday）、促销（promotion）、故障（outage）、其他（other）。',
          `The kinds are ${EVENT_KINDS.join(', ')}.`,
        )
      : suggestion(near),
  )
}

/** "2026-06-20..2026-06-01", whatever stands between the two days. */
const TURNED_ROUND = /(\d{4}-\d{2}-\d{2})\D{1,5}(\d{4}-\d{2}-\d{2})\s*$/

function noDays(said: string): ForeshockError {
  const [, first = '', last = ''] = TURNED_ROUND.exec(said) ?? []
  if (first > last)
    return new ForeshockError(
      'BAD_INPUT',
      text(`${first} 到 ${last}：结束早于开始。`, `${first} to ${last} ends before it begins.`),
      EXAMPLE,
    )
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写名称和日期。', 'What is it called, and when is it?')
      : text(
          `“${clip(said, 40)}”的末尾没有能用的日期。`,
          `No usable day or days stand at the end of "${clip(said, 40)}".`,
        ),
    EXAMPLE,
  )
}

function noTitle(): ForeshockError {
  return new ForeshockError('BAD_INPUT', text('没写名称。', 'What is it called?'), EXAMPLE)
}

function whichEvent(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text('没写要删哪一条。', 'Remove which one?'),
    text('这样写：calendar remove E-3', 'Write it like this: calendar remove E-3'),
  )
}
