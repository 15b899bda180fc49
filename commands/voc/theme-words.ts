import { ForeshockError } from '../../src/errors.ts'
import { wallDay } from '../../src/reports/period.ts'
import { clip, text } from '../../src/text.ts'
import { firstOf, listPage, unknownAct } from '../case/act-words.ts'

/** A theme's number, or its topic as it was typed. */
export type ThemeMeant = number | string

export interface NewTheme {
  readonly topic: string
  /** A person or a department, as typed. */
  readonly whose: string
  /** `2026-12-01`; null: none was named. */
  readonly due: string | null
}

export type ThemeWords =
  | { readonly act: 'list'; readonly page: number }
  | { readonly act: 'show'; readonly no: number }
  | ({ readonly act: 'add' } & NewTheme)
  | { readonly act: 'done'; readonly meant: ThemeMeant; readonly fixed: string }

export const THEME_USAGE = 'theme [list | T-3 | add TOPIC DEPARTMENT OWNER 2026-12-01 | done T-3 WHAT]'

const ACTS = ['list', 'add', 'done']
const LONGEST_FIXED = 300
const LONGEST_WHOSE = 40

/** @throws ForeshockError BAD_INPUT */
export function parseTheme(words: string): ThemeWords {
  const page = listPage(words)
  if (page !== null) return { act: 'list', page }
  const [act, rest] = firstOf(words.trim())
  switch (act.toLowerCase()) {
    case 'add':
      return { act: 'add', ...newTheme(rest) }
    case 'done': {
      const [meant, fixed] = firstOf(rest)
      if (meant === '' || fixed === '') throw wrong('done')
      return { act: 'done', meant: numberIn(meant) ?? meant, fixed: clip(fixed, LONGEST_FIXED) }
    }
    default: {
      const no = numberIn(act)
      if (no !== null) return { act: 'show', no }
      throw unknownAct('theme', THEME_USAGE, ACTS, act)
    }
  }
}

function newTheme(rest: string): NewTheme {
  const [topic, more] = firstOf(rest)
  const [, whose = '', due] =
    /^(.*?)(?:\s+(?:by\s+|due\s+)?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}))?$/is.exec(more) ?? []
  if (topic === '' || whose.trim() === '') throw wrong('add')
  const day = DAY_LIKE.exec(whose)?.[1]
  if (due === undefined && day !== undefined) throw noDue(day)
  return { topic, whose: clip(whose.trim(), LONGEST_WHOSE), due: due === undefined ? null : dayIn(due) }
}

/** A day as people write it where we read none: it would be taken for a part of the department's name. */
const DAY_LIKE =
  /(?:^|\s)(\d{1,4}[-/.月年]\S*|[昨今明后]天|[本这下]\S?[周月]\S*|月底|年底|yesterday|today|tomorrow|next\s+\S+)$/i

/** What stands where the day belongs is none. */
export function noDue(said: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`看不懂期限“${clip(said, 40)}”。`, `"${clip(said, 40)}" is not a day.`),
    text('日期这样写：2026-12-01', 'Write the day like this: 2026-12-01'),
  )
}

function dayIn(words: string): string {
  const [year, month, day] = words.split(/[-/.]/).map(Number)
  const wall = wallDay(year!, month!, day!)
  if (wall !== null) return new Date(wall).toISOString().slice(0, 10)
  throw new ForeshockError(
    'BAD_INPUT',
    text(`没有“${words}”这一天。`, `There is no day ${words}.`),
    text('这样写：2026-12-01', 'Write it like 2026-12-01.'),
  )
}

function numberIn(word: string): number | null {
  const found = /^t-?(\d{1,9})$/i.exec(word)
  return found === null ? null : Number(found[1])
}

function wrong(act: 'add' | 'done'): ForeshockError {
  return act === 'add'
    ? new ForeshockError(
        'BAD_INPUT',
        text('要写明是哪个话题、交给谁。', 'Which topic, and whose is it?'),
        text(
          '这样写：theme add 等待 售后部 lin 2026-12-01',
          'Write it like this: theme add waiting workshop lin 2026-12-01',
        ),
      )
    : new ForeshockError(
        'BAD_INPUT',
        text('要写明是哪个主题、改好了什么。', 'Which theme, and what was mended?'),
        text(
          '这样写：theme done T-3 周末加开两个工位',
          'Write it like this: theme done T-3 two more bays at weekends',
        ),
      )
}
