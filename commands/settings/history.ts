import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { readTries, TRIES_SETTING } from '../../src/judging/rule-try.ts'
import { MODEL_SETTING } from '../../src/learning/model-record.ts'
import { MORNING_OFF_SETTING, offIn, ROLES_SETTING, ROUTES_SETTING } from '../../src/records/route.ts'
import type { RuleTry } from '../../src/reports/advice.ts'
import type { OutsideEvent } from '../../src/reports/outside-event.ts'
import { writtenSetting } from '../../src/settings/setting.ts'
import { SETTINGS } from '../../src/settings/settings.ts'
import { isOwnRule, RULES_SETTING, type RuleChange, readRuleChanges } from '../../src/signals/rule-changes.ts'
import { inBoth, same, type Text, text } from '../../src/text.ts'
import { LEXICON_SETTING, type LexiconChange, readChanges } from '../../src/voice/lexicon-changes.ts'
import { EVENT_KIND } from '../../templates/calendar.ts'
import { HISTORY_PAGE, historyCard } from '../../templates/config-history.ts'
import { answer, nameOf } from '../case/move.ts'
import { pageOf } from '../case/page.ts'
import { unknownSetting } from './unknown.ts'

/** `config history [NAME] [page N]`. */
export interface HistoryWords {
  readonly act: 'history'
  /** Null: every setting. */
  readonly name: string | null
  readonly page: number
}

/** Changes looked back at; older ones are in the database still. */
const MOST = 500

/** @throws ForeshockError NOT_FOUND for a setting there is not */
export function parseHistory(words: string): HistoryWords {
  const [, said = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const name = said.trim().toLowerCase()
  const known = [...SETTINGS.map((setting) => setting.name), LEXICON_SETTING, RULES_SETTING, TRIES_SETTING]
  if (name !== '' && !known.includes(name)) throw unknownSetting(said.trim(), known)
  return { act: 'history', name: name === '' ? null : name, page: Math.max(1, Number(page ?? 1)) }
}

/** Who changed what when, the newest first. */
export async function history(
  ctx: Context,
  request: Request<unknown>,
  { name, page: wanted }: HistoryWords,
): Promise<Reply> {
  const changes = await ctx.store.settings.changes(name, MOST)
  const { rows, page, pages, total } = pageOf(changes, wanted, HISTORY_PAGE)
  return answer(ctx, request, historyCard, {
    name,
    rows: rows.map((change) => ({
      name: change.name,
      at: change.at,
      by: nameOf(ctx, change.by)!,
      move: moveOf(change.name, change.before, change.after),
    })),
    page,
    pages,
    total,
  })
}

/** Under these names, followed by the customer's number, it is noted that somebody passed on their words, or called them. */
export const HEARD = 'heard '
export const CALLED = 'called '

/** What a change of a setting, or of whatever else was noted, changed. */
export function moveOf(name: string, before: unknown, after: unknown): Text {
  if (name.startsWith('erased ')) return text('一位客户的资料已抹除', 'a customer was erased')
  if (name.startsWith(HEARD)) return text('转述了客户的话', 'passed on what they said')
  if (name.startsWith(CALLED))
    return after === 'left'
      ? text('电话确认已流失', 'called: they have left')
      : text('电话确认还在', 'called: they are still a customer')
  if (name.startsWith('held-out ')) return text('留作对照，不联系', 'held out, not to be contacted')
  if (/^(merged|split) C-/.test(name)) return mergeMove(after as MergeNote)
  if (name === MORNING_OFF_SETTING) return morningMove(offIn(before), offIn(after))
  if (/^theme T-\d+$/.test(name)) return themeMove(after as ThemeNote)
  if (/^calendar E-\d+$/.test(name) && after !== null) return outsideMove(after as Omit<OutsideEvent, 'no'>)
  if (name === LEXICON_SETTING) return lexiconMove(readChanges(before), readChanges(after))
  if (name === TRIES_SETTING) return triesMove(readTries(before), readTries(after))
  if (name === RULES_SETTING) return rulesMove(readRuleChanges(before), readRuleChanges(after))
  if (!KEPT.has(name))
    return after === null
      ? text('移除', 'removed')
      : same(typeof after === 'object' ? listed(after) : String(after))
  const [from, to] = [shownValue(name, before), shownValue(name, after)]
  return inBoth((locale) => `${from[locale]} → ${to[locale]}`)
}

/** Everyone says it of themselves: the column beside it names them. */
function morningMove(before: readonly string[], after: readonly string[]): Text {
  return after.length > before.length
    ? text('不再每天收清单', 'their list of the day no longer comes')
    : text('每天收清单', 'their list of the day comes')
}

function outsideMove({ kind, title, first, last }: Omit<OutsideEvent, 'no'>): Text {
  const days = first === last ? first : `${first}..${last}`
  return inBoth((locale) => `+${EVENT_KIND[kind][locale]} ${title} ${days}`)
}

/** As theme-acts.ts notes it. */
type ThemeNote =
  | { readonly done: string }
  | {
      readonly topic: string
      readonly department: string | null
      readonly owner: string | null
      readonly due: string | null
    }

function themeMove(note: ThemeNote): Text {
  if ('done' in note) return text(`改好：${note.done}`, `mended: ${note.done}`)
  const { topic, department, owner, due } = note
  const whose = [department, owner].filter((each) => each !== null).join(' ')
  return text(
    `${topic} 交给 ${whose}${due === null ? '' : `，期限 ${due}`}`,
    `${topic} goes to ${whose}${due === null ? '' : `, due ${due}`}`,
  )
}

/** As src/store/merge-join.ts notes it. */
type MergeNote = { readonly key: string; readonly source: string } & (
  | { readonly into: string }
  | { readonly from: string }
)

function mergeMove({ key, source, ...told }: MergeNote): Text {
  const by = text(`（${key}，${source}）`, ` (${key}, ${source})`)
  return 'into' in told
    ? text(`并入 ${told.into}${by.zh}`, `into ${told.into}${by.en}`)
    : text(`从 ${told.from} 拆出${by.zh}`, `from ${told.from}${by.en}`)
}

/** Everything else that is noted was not changed from one value to another: it happened. */
const KEPT = new Set<string>([
  ...SETTINGS.map((setting) => setting.name),
  ROUTES_SETTING,
  ROLES_SETTING,
  MODEL_SETTING,
])

function shownValue(name: string, value: unknown): Text {
  const setting = SETTINGS.find((each) => each.name === name)
  // What has no default was not there before, or is no more.
  if (value === null || value === undefined)
    return setting === undefined ? same('—') : text('默认值', 'default')
  if (setting !== undefined && (typeof value === 'number' || typeof value === 'string'))
    return writtenSetting(setting, value)
  if (typeof value === 'string') return same(value)
  return same(typeof value === 'object' && !Array.isArray(value) ? listed(value) : JSON.stringify(value))
}

/** "alerts: P0 P1", "topic: service.waiting, due: 2026-12-01": what is known of it; who wrote it stands in a column of its own. */
function listed(value: object): string {
  const parts = Object.entries(value)
    .filter(([key, part]) => key !== 'by' && part !== null)
    .map(([key, part]) => (part === true ? key : `${key}: ${said(part)}`))
  return parts.join(', ') || '—'
}

function said(part: unknown): string {
  if (typeof part === 'string') return part
  return Array.isArray(part) ? part.join(' ') || '—' : JSON.stringify(part)
}

/** "+换一家 −黑店": which words began to count, and which ceased to. */
function lexiconMove(before: readonly LexiconChange[], after: readonly LexiconChange[]): Text {
  const sign = (change: LexiconChange, isNew: boolean): string =>
    `${'off' in change !== isNew ? '+' : '−'}${'own' in change ? `[${change.own.id}]` : change.term}`
  const moves = [
    ...without(after, before).map((change) => sign(change, true)),
    ...without(before, after).map((change) => sign(change, false)),
  ]
  return same(moves.join(' '))
}

/** "+fans-stay-away: visits_90 = 0", "−visits-stopped: off": what was said of which rule from then on, and what no longer. */
function rulesMove(before: readonly RuleChange[], after: readonly RuleChange[]): Text {
  const said = (change: RuleChange): string => {
    if (isOwnRule(change)) return `${change.name}: ${change.when}`
    const { when, enabled } = change.changed
    const parts = [when, enabled === undefined ? undefined : enabled ? 'on' : 'off']
    return `${change.name}: ${parts.filter((part) => part !== undefined).join(', ')}`
  }
  const moves = [
    ...without(after, before).map((change) => `+${said(change)}`),
    ...without(before, after).map((change) => `−${said(change)}`),
  ]
  return same(moves.join(' '))
}

/** "+visits-stopped: visits_90 = 0": which condition began to be tried, and which ceased to be. */
function triesMove(before: readonly RuleTry[], after: readonly RuleTry[]): Text {
  const said = ({ name, when }: RuleTry): string => `${name}: ${when}`
  const moves = [
    ...without(after, before).map((each) => `+${said(each)}`),
    ...without(before, after).map((each) => `−${said(each)}`),
  ]
  return same(moves.join(' '))
}

/** Those of a list that are not in another. */
function without<T>(all: readonly T[], others: readonly T[]): T[] {
  const known = new Set(others.map((each) => JSON.stringify(each)))
  return all.filter((each) => !known.has(JSON.stringify(each)))
}
