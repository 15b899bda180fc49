import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { MODEL_SETTING } from '../../src/learning/model-record.ts'
import { nearest } from '../../src/nearest.ts'
import { ROLES_SETTING, ROUTES_SETTING } from '../../src/records/route.ts'
import { writtenSetting } from '../../src/setting.ts'
import { SETTINGS } from '../../src/settings.ts'
import { clip, inBoth, same, type Text, text } from '../../src/text.ts'
import { LEXICON_SETTING, type LexiconChange, readChanges } from '../../src/voice/lexicon-changes.ts'
import { HISTORY_PAGE, historyCard } from '../../templates/config-history.ts'
import { answer, nameOf } from '../case/move.ts'
import { pageOf } from '../case/page.ts'

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
  const known = [...SETTINGS.map((setting) => setting.name), LEXICON_SETTING]
  if (name !== '' && !known.includes(name)) throw unknownName(said.trim(), known)
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

/** What a change of a setting, or of whatever else was noted, changed. */
export function moveOf(name: string, before: unknown, after: unknown): Text {
  if (name.startsWith('erased ')) return text('一位客户的资料已抹除', 'a customer was erased')
  if (name === LEXICON_SETTING) return lexiconMove(readChanges(before), readChanges(after))
  if (!KEPT.has(name)) return after === null ? text('移除', 'removed') : same(plainly(after))
  const [from, to] = [shownValue(name, before), shownValue(name, after)]
  return inBoth((locale) => `${from[locale]} → ${to[locale]}`)
}

/** Everything else that is noted was not changed from one value to another: it happened. */
const KEPT = new Set<string>([
  ...SETTINGS.map((setting) => setting.name),
  ROUTES_SETTING,
  ROLES_SETTING,
  MODEL_SETTING,
])

/** `{done: "两个工位"}` as "done: 两个工位". */
function plainly(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, each]) =>
      each === true ? name : `${name}: ${typeof each === 'object' ? JSON.stringify(each) : each}`,
    )
    .join(', ')
}

function shownValue(name: string, value: unknown): Text {
  if (value === null || value === undefined) return text('默认值', 'default')
  const setting = SETTINGS.find((each) => each.name === name)
  if (setting !== undefined && (typeof value === 'number' || typeof value === 'string'))
    return writtenSetting(setting, value)
  return same(typeof value === 'string' ? value : JSON.stringify(value))
}

/** "+换一家 −黑店": which words began to count, and which ceased to. */
function lexiconMove(before: readonly LexiconChange[], after: readonly LexiconChange[]): Text {
  const without = (all: readonly LexiconChange[], others: readonly LexiconChange[]): LexiconChange[] => {
    const known = new Set(others.map((change) => JSON.stringify(change)))
    return all.filter((change) => !known.has(JSON.stringify(change)))
  }
  const sign = (change: LexiconChange, isNew: boolean): string =>
    `${'off' in change !== isNew ? '+' : '−'}${'own' in change ? `[${change.own.id}]` : change.term}`
  const moves = [
    ...without(after, before).map((change) => sign(change, true)),
    ...without(before, after).map((change) => sign(change, false)),
  ]
  return same(moves.join(' '))
}

function unknownName(said: string, known: readonly string[]): ForeshockError {
  const near = nearest(said, known)
  const name = clip(said, 40)
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有“${name}”这个设置。`, `There is no setting "${name}".`),
    near === null
      ? text('输入 config 查看全部设置。', 'Type config to see every setting.')
      : text(`是不是想输入 ${near}？`, `Did you mean ${near}?`),
  )
}
