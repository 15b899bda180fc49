import type { Action } from '../src/alerts/alert.ts'
import type { Decision } from '../src/alerts/decide.ts'
import type { RelapseReason } from '../src/alerts/follow-up.ts'
import type { Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedVoice, personName } from './names.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { moment } from './times.ts'
import { alertNo, STATE, VERB } from './words.ts'

/** Lines a page can hold and still be a card. */
export const AUDIT_PAGE = 15

/** What the check of the sealed record found. */
export interface AuditVerdict {
  readonly entries: number
  readonly head: string | null
  readonly fault: {
    readonly seq: number
    readonly at: Date
    readonly why: 'missing' | 'altered' | 'row-altered' | 'row-gone'
  } | null
}

export interface AuditCardData extends Paging {
  readonly verdict: AuditVerdict
  /** A case or a person; null: everything. */
  readonly about: string | null
  /** Of the person it is about. */
  readonly name: Text | null
  readonly lines: readonly AuditLine[]
  readonly total: number
}

/** A move of a case, or a change of anything else. */
export type AuditLine =
  | (Pick<Action, 'at' | 'verb' | 'from' | 'to' | 'note'> & {
      readonly kind: 'case'
      readonly by: Text
      readonly no: number
      /** The program did it; its note is a reason of its own. */
      readonly ofItself: boolean
    })
  | {
      readonly kind: 'change'
      readonly at: Date
      readonly by: Text
      readonly name: string
      /** "2 小时 → 4 小时" / "2 hours → 4 hours". */
      readonly move: Text
    }

/** Who did what when, and whether the record still is what was sealed. */
export const auditCard: Template<AuditCardData> = (data, view) => {
  const t = speaker(view.locale)
  const { verdict, total } = data
  const whose = data.name === null ? data.about : personName(data.name, view.locale)
  const title = whose === null ? t('操作记录', 'Record') : t(zh`${whose}的操作记录`, `Record of ${whose}`)
  const count = t(`共 ${total} 条`, `${total} in all`) + pageOf(data, view)
  return withinLimits({
    accent: verdict.fault === null ? 'good' : 'P0',
    title: shown(title, LIMITS.title),
    subtitle: count,
    blocks: [
      { kind: 'text', text: found(verdict, view) },
      {
        kind: 'table',
        columns: t('时间|谁|做了什么|单号|备注', 'When|Who|What|Case|Note').split('|'),
        rows: data.lines.map((line) => ({
          cells: [moment(line.at, view), personName(line.by, view.locale), ...cells(line, view)],
        })),
      },
    ],
    buttons: pageButtons(data, 'audit', data.about ?? '', view),
    fallback: `${title} · ${found(verdict, view)}`,
  })
}

const DONE: Readonly<Record<'open' | 'undo' | 'step', Text>> = {
  open: text('建单', 'opened'),
  undo: text('撤销', 'took it back'),
  step: text('记录计划步骤', 'noted a step of its plan'),
}

function cells(line: AuditLine, view: View): [what: string, no: string, note: string] {
  const { locale } = view
  if (line.kind === 'change') {
    const what = speaker(locale)(zh`改动 ${shown(line.name, 40)}`, `changed ${shown(line.name, 40)}`)
    return [what, '—', shown(maskedVoice(line.move[locale], null), 60)]
  }
  const reason = line.ofItself ? REASONS[line.note as Reason] : undefined
  const note = reason === undefined ? shown(maskedVoice(line.note, null), 60) : reason[locale]
  return [done(line, view), alertNo(line.no), note]
}

type Reason =
  | Exclude<Decision['reason'], 'no-alert-tier' | 'already-open' | 'being-watched' | 'already-answered'>
  | RelapseReason
  | 'watch-ended'

/** Why the program did something of itself. */
const REASONS: Readonly<Record<Reason, Text>> = {
  'new-risk': text('新出现的风险', 'a new risk'),
  'new-evidence': text('新的流失迹象', 'new signs'),
  'worse-tier': text('等级升高', 'a worse tier'),
  'new-signal': text('另一类信号', 'a new kind of signal'),
  'graver-words': text('话说得更重', 'graver words'),
  'no-recovery': text('一直没有回来', 'did not come back'),
  left: text('客户已离开', 'the customer left'),
  back: text('客户又有往来', 'the customer is active again'),
  'watch-ended': text('观察期满', 'the watch ended well'),
}

function done({ verb, from, to }: Extract<AuditLine, { kind: 'case' }>, { locale }: View): string {
  const own = verb === 'open' || verb === 'undo' || verb === 'step'
  const what = own ? DONE[verb][locale] : VERB[verb][locale]
  if (from === null || from === to) return what
  const move = `${STATE[from][locale]} → ${STATE[to][locale]}`
  return speaker(locale)(`${what}（${move}）`, `${what} (${move})`)
}

const WHY: Readonly<Record<NonNullable<AuditVerdict['fault']>['why'], Text>> = {
  missing: text('有记录被删除或调换', 'an entry was removed or moved'),
  altered: text('封存的记录被改过', 'the sealed entry was altered'),
  'row-altered': text('操作被改过', 'what was done was altered'),
  'row-gone': text('操作被删除', 'what was done was deleted'),
}

/** The last hash can be written down elsewhere: with it, cutting off the end of the record shows too. */
function found({ entries, head, fault }: AuditVerdict, view: View): string {
  const t = speaker(view.locale)
  if (fault !== null) {
    const why = WHY[fault.why]
    return t(
      zh`记录被动过：第 ${fault.seq} 条（${moment(fault.at, view)}封存）${why.zh}。请保留数据库备份，联系负责安全的同事。`,
      `The record was tampered with: entry ${fault.seq} (sealed ${moment(fault.at, view)}): ${why.en}. Keep a backup of the database and tell whoever is in charge of security.`,
    )
  }
  if (entries === 0 || head === null) return t('还没有记录。', 'Nothing has been recorded yet.')
  const tail = head.slice(0, 16)
  return t(
    zh`${entries} 条记录完好，最新校验值 ${tail}。`,
    `All ${entries} entries are intact; the latest hash is ${tail}.`,
  )
}
