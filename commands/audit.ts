import type { DoneEntry } from '../src/alerts/done-entry.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { COMMAND_LINE, FORESHOCK } from '../src/records/doer.ts'
import { text } from '../src/text.ts'
import { AUDIT_PAGE, type AuditLine, auditCard } from '../templates/audit.ts'
import { answer, caseByNo, nameOf } from './case/move.ts'
import { pageRead, parsePage } from './case/page.ts'
import { moveOf } from './settings/history.ts'

export interface AuditWords {
  /** A case's number or a person's id; null: everything. */
  readonly about: number | string | null
  readonly page: number
}

export const audit: Command<AuditWords> = {
  name: 'audit',
  summary: text(
    '谁在什么时候做了什么，记录是否被改过',
    'Who did what when, and whether the record was tampered with',
  ),
  usage: 'audit [A-1042 | PERSON]',
  role: 'admin',
  takes: 'alert',
  parse: parseAudit,
  run: async (ctx, request) => {
    const { about, page: wanted } = request.args
    const filter = await filterOf(ctx, about)
    const now = ctx.clock.now()
    await ctx.store.audit.seal(now)
    const verdict = await ctx.store.audit.verify()
    const { list, page, pages } = await pageRead(wanted, AUDIT_PAGE, (part) =>
      ctx.store.audit.done(filter, part),
    )
    return answer(ctx, request, auditCard, {
      verdict,
      about: typeof about === 'number' ? `A-${about}` : about,
      name: typeof about === 'string' ? nameOf(ctx, about) : null,
      lines: list.entries.map((entry) => lineOf(ctx, entry)),
      total: list.total,
      page,
      pages,
    })
  },
}

function lineOf(ctx: Context, entry: DoneEntry): AuditLine {
  const by = nameOf(ctx, entry.by)!
  if (entry.kind === 'case') return { ...entry, by, ofItself: entry.by === FORESHOCK }
  const { kind, at, name } = entry
  return { kind, at, by, name, move: moveOf(name, entry.before, entry.after) }
}

export function parseAudit(words: string): AuditWords {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(words) ?? []
  const no = /^(?:a-?|#)(\d{1,9})$/i.exec(first)?.[1]
  if (no !== undefined) return { about: Number(no), ...parsePage(rest, `audit A-${no}`) }
  if (first === '' || /^(page|第?\d+页?)$/i.test(first)) return { about: null, ...parsePage(words, 'audit') }
  return { about: first.toLowerCase(), ...parsePage(rest, `audit ${first}`) }
}

async function filterOf(ctx: Context, about: AuditWords['about']): Promise<{ alert?: string; by?: string }> {
  if (about === null) return {}
  if (typeof about === 'number') return { alert: (await caseByNo(ctx, about)).id }
  if (ctx.people.get(about) !== null || [FORESHOCK, COMMAND_LINE].includes(about)) return { by: about }
  throw new ForeshockError(
    'NOT_FOUND',
    text(`团队里没有“${about}”。`, `There is nobody called "${about}".`),
    text(
      `可以写单号（A-1042）或：${ctx.people.all.map(({ id }) => id).join('、')}。`,
      `Write a case (A-1042) or one of ${ctx.people.all.map(({ id }) => id).join(', ')}.`,
    ),
  )
}
