import type { Command, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest } from '../src/nearest.ts'
import { mayActAs, ROLE_HELD, ROLES, type Role } from '../src/records/person.ts'
import { ROLES_SETTING } from '../src/records/route.ts'
import { clip, text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { linkedNote, unlinkedNote } from '../templates/link.ts'
import { ROLE_PAGE, roleCard, roleGrantedNote } from '../templates/role.ts'
import { writeLike } from '../templates/usage.ts'
import { answer, viewFor } from './case/move.ts'
import { pageOf, parsePage } from './case/page.ts'
import { linkByCode, parseCode, personNamed, unlinkAll } from './people/accounts.ts'

export type RoleWords =
  | { readonly act: 'list'; readonly page: number }
  | { readonly act: 'link'; readonly person: string; readonly code: string }
  | { readonly act: 'unlink'; readonly person: string; readonly chat: string | null }
  | { readonly act: 'grant'; readonly person: string; readonly role: Role }

export const role: Command<RoleWords> = {
  name: 'role',
  summary: text(
    '谁是谁、各有什么权限：关联聊天账号、调整角色',
    'Who is who and may do what: link chat accounts, grant roles',
  ),
  usage: 'role [list | link PERSON CODE | unlink PERSON [slack | lark] | grant PERSON ROLE]',
  role: 'admin',
  parse: parseRole,
  run: async (ctx, request) => {
    const { args, by } = request
    if (args.act === 'list') return list(ctx, request, args.page)
    const person = personNamed(ctx, args.person)
    if (args.act === 'link') {
      const linked = await linkByCode(ctx, args.code, person, 'admin', by.id)
      return { card: inBothLanguages(linkedNote, linked, viewFor(ctx, request)), private: true }
    }
    if (args.act === 'unlink') {
      const count = await unlinkAll(ctx, person, args.chat, by.id)
      return answer(ctx, request, unlinkedNote, { personName: person.name, count })
    }
    await grant(ctx, person.id, args.role, by.id)
    return answer(ctx, request, roleGrantedNote, { personName: person.name, role: args.role })
  },
}

const ACTS = ['list', 'link', 'unlink', 'grant']

/** @throws ForeshockError BAD_INPUT */
export function parseRole(words: string): RoleWords {
  const [act = 'list', person = '', last = ''] = words.trim().split(/\s+/).filter(Boolean)
  switch (act.toLowerCase()) {
    case 'link':
      return { act: 'link', person, code: parseCode(last, 'role link PERSON CODE') }
    case 'unlink':
      if (last !== '' && !/^(slack|lark)$/i.test(last)) throw unknown('role unlink', last, ['slack', 'lark'])
      return { act: 'unlink', person, chat: last === '' ? null : last.toLowerCase() }
    case 'grant': {
      const found = ROLES.find((each) => each === last.toLowerCase())
      if (found === undefined) throw unknown('role grant', last, ROLES)
      return { act: 'grant', person, role: found }
    }
    default:
      if (/^(list|page|第?\d+页?)$/i.test(act))
        return { act: 'list', ...parsePage(words.replace(/^\s*list\s*/i, ''), 'role') }
      throw unknown('role', act, ACTS)
  }
}

async function list(ctx: Context, request: Request<unknown>, wanted: number) {
  const now = ctx.clock.now()
  const linked = await ctx.store.chatUsers.linked()
  const waiting = await ctx.store.chatUsers.of(null, now)
  const { rows, page, pages, total } = pageOf(ctx.people.all, wanted, ROLE_PAGE)
  return answer(ctx, request, roleCard, {
    people: rows.map((person) => ({
      ...person,
      chats: [...new Set(linked.filter((each) => each.person === person.id).map(({ chat }) => chat))],
    })),
    waiting: waiting.map(({ chat, name, user, code }) => ({ chat, name: name ?? user, code: code! })),
    total,
    page,
    pages,
  })
}

/** What chat can give: admins are in the configuration alone. */
const GIVEN = ROLES.filter((each) => each !== 'admin')

/** Between the configuration's role and manager: admins are made and unmade in the configuration alone. */
async function grant(ctx: Context, person: string, wanted: Role, by: string): Promise<void> {
  const given = ctx.config.people.find(({ id }) => id === person)!.role
  if (wanted === 'admin' || given === 'admin') {
    throw new ForeshockError(
      'FORBIDDEN',
      text('管理员只能在配置文件里任免。', 'Admins are made and unmade in the configuration file alone.'),
      text(`请修改 foreshock.yaml 里 ${person} 的 role。`, `Change the role of ${person} in foreshock.yaml.`),
    )
  }
  if (!mayActAs(wanted, given)) {
    throw new ForeshockError(
      'FORBIDDEN',
      text(
        `配置文件给 ${person} 的角色是 ${given}，在聊天里不能降到它以下。`,
        `The configuration makes ${person} a ${given}, and chat cannot give less than that.`,
      ),
      text('请修改 foreshock.yaml。', 'Change foreshock.yaml.'),
    )
  }
  await ctx.store.transaction(async ({ settings }) => {
    const present = (await settings.forUpdate(ROLES_SETTING)) as Record<string, Role> | undefined
    const { [person]: _, ...others } = present ?? {}
    const after = wanted === given ? others : { ...others, [person]: wanted }
    await settings.set(ROLES_SETTING, after, by, ctx.clock.now())
  })
  // Read at once here; other processes read it with the next move they make.
  await ctx.settings()
}

function unknown(usage: string, said: string, known: readonly string[]): ForeshockError {
  const shown = clip(said, 40)
  const near = nearest(said, known)
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text(`${usage} 后面还缺东西。`, `${usage} needs more.`)
      : text(`${usage} 没有“${shown}”这个用法。`, `${usage} does not know "${shown}".`),
    near !== null && said !== ''
      ? text(`是不是想输入 ${usage} … ${near}？`, `Did you mean ${near}?`)
      : known === ROLES
        ? text(
            `可以给：${GIVEN.map((each) => `${ROLE_HELD[each].zh}（${each}）`).join('、')}。`,
            `Write one of ${GIVEN.join(', ')}.`,
          )
        : writeLike(role.usage),
  )
}
