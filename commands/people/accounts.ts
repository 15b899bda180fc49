import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import type { Person } from '../../src/records/person.ts'
import { clip, type Text, text } from '../../src/text.ts'
import { usageIn } from '../../templates/usage.ts'

/** Linking accounts of chat platforms to people. */

interface LinkedAccount {
  readonly chat: string
  readonly account: string
  readonly personName: Text
  readonly waiting: number
}

/** @throws ForeshockError BAD_INPUT */
export function parseCode(words: string, usage: string): string {
  const code = words.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  if (/^[0-9A-Z]{8}$/.test(code)) return code
  throw new ForeshockError(
    'BAD_INPUT',
    code === ''
      ? text('没写验证码。', 'Which code?')
      : text(`“${clip(words.trim(), 40)}”不是验证码。`, `"${clip(words.trim(), 40)}" is not a code.`),
    text(
      `验证码是那个聊天账号收到的 8 位字母和数字。这样写：${usageIn(usage, 'zh')}`,
      `It is the 8 letters and digits that the chat account was shown. Write it like this: ${usage}`,
    ),
  )
}

/**
 * The account that was shown this code belongs to this person; what it asked for meanwhile is done now.
 *
 * @throws ForeshockError NOT_FOUND
 */
export async function linkByCode(
  ctx: Context,
  code: string,
  person: Person,
  how: 'code' | 'admin',
  by: string,
): Promise<LinkedAccount> {
  const now = ctx.clock.now()
  return ctx.store.transaction(async ({ chatUsers, settings, inbox }) => {
    const account = await chatUsers.byCode(code, now)
    if (account === null) throw noSuchCode(code)
    const { chat, workspace, user } = account
    await chatUsers.link(account, person.id, how, now)
    await settings.note(`account ${chat}/${workspace}/${user}`, null, person.id, by, now)
    const waiting = await inbox.release(account)
    return { chat, account: account.name ?? user, personName: person.name, waiting }
  })
}

/** Takes a person's accounts away, of one platform or (null) of all. How many. */
export async function unlinkAll(
  ctx: Context,
  person: Person,
  chat: string | null,
  by: string,
): Promise<number> {
  const now = ctx.clock.now()
  return ctx.store.transaction(async ({ chatUsers, settings }) => {
    const accounts = (await chatUsers.of(person.id, now)).filter(
      (each) => chat === null || each.chat === chat,
    )
    for (const account of accounts) {
      await chatUsers.unlink(account)
      const name = `account ${account.chat}/${account.workspace}/${account.user}`
      await settings.note(name, person.id, null, by, now)
    }
    return accounts.length
  })
}

/** A person by id or name. @throws ForeshockError NOT_FOUND, or BAD_INPUT where several fit */
export function personNamed(ctx: Context, said: string): Person {
  const fits = (word: string): boolean => word.toLowerCase() === said.toLowerCase()
  const found = ctx.people.all.filter(({ id, name }) => [id, name.zh, name.en].some(fits))
  if (found.length === 1) return found[0]!
  const shown = clip(said, 40)
  const ids = ctx.people.all.map(({ id }) => id).join(', ')
  if (found.length > 1) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`有几位同事都叫“${shown}”。`, `Several people fit "${shown}".`),
      text(`请写其中一个：${found.map(({ id }) => id).join('、')}。`, `Write one of ${ids}.`),
    )
  }
  const near = nearest(
    said,
    ctx.people.all.flatMap(({ id, name }) => [id, name.zh, name.en]),
  )
  throw new ForeshockError(
    'NOT_FOUND',
    said === ''
      ? text('没写是谁。', 'Whose?')
      : text(`团队里没有“${shown}”。`, `There is nobody called "${shown}".`),
    near === null
      ? text(`可以写：${ids.replaceAll(', ', '、')}。`, `Write one of ${ids}.`)
      : suggestion(near),
  )
}

function noSuchCode(code: string): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有等待关联、验证码是 ${code} 的账号。`, `No account waits with the code ${code}.`),
    text(
      '验证码只用一次，24 小时内有效。在那个账号里再操作一次，会收到新的。',
      'A code serves once, within 24 hours. Do anything from that account again to get a new one.',
    ),
  )
}
