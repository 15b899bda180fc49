import { ChatFault, isRetryable } from '../chat/fault.ts'
import type { ChatUser, Front } from '../chat/inbound.ts'
import { DAY, HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { Person } from '../records/person.ts'
import type { Account, Linked } from '../store/chat-users.ts'
import { asTold, type Told } from './readers.ts'

/** Hours a code for linking holds. */
export const CODE_HOURS = 24
/** How long what a platform says of an account is taken for true. */
const TRUSTED_MS = HOUR

/** Whose an account is. */
export type Whose =
  | { readonly is: 'person'; readonly person: Person }
  /** A guest of the company's chat, or an account that was closed. */
  | { readonly is: 'denied'; readonly why: 'guest' | 'gone' }
  /** Nobody's yet: whoever says the code elsewhere is taken for its owner. */
  | { readonly is: 'nobody'; readonly code: string }

export interface Who {
  /** From what is known here, in a moment; null: not known here. */
  atOnce(user: ChatUser): Promise<Person | null>
  /** Asks the platform where that is needed, and links whom it can. Throws ChatFault. */
  of(user: ChatUser): Promise<Whose>
}

/**
 * Tells whose an account is: linked before, named in the configuration by its id, or by its e-mail address. Guests and
 * closed accounts are nobody, even when they were linked.
 */
export function openWho(ctx: Context, fronts: ReadonlyMap<string, Front>): Who {
  const { chatUsers } = ctx.store
  const configured = (user: ChatUser): Person | null => {
    const { chat } = user
    if (chat !== 'slack' && chat !== 'lark') return null
    const found = ctx.config.people.find((person) => person[chat] === user.user)
    return found === undefined ? null : ctx.people.get(found.id)
  }
  const linkedTo = (account: Account | null): Person | null => {
    const person = account?.person ? ctx.people.get(account.person) : null
    return person && asTold(ctx, person, account)
  }
  const link = async (user: ChatUser, person: Person, how: Linked, told: Told): Promise<Whose> => {
    const now = ctx.clock.now()
    await chatUsers.link(user, person.id, how, now)
    await chatUsers.asked(user, now, told)
    await ctx.store.settings.note(accountName(user), null, person.id, FORESHOCK, now)
    return { is: 'person', person: asTold(ctx, person, told) }
  }
  return {
    atOnce: async (user) => linkedTo(await chatUsers.get(user)) ?? configured(user),
    of: async (user) => {
      const now = ctx.clock.now()
      const account = await chatUsers.get(user)
      const linked = linkedTo(account)
      const asked = account?.askedAt ?? null
      if (linked !== null && asked !== null && now.getTime() - asked.getTime() < TRUSTED_MS)
        return { is: 'person', person: linked }
      const about = await askAbout(ctx, fronts.get(user.chat), user, linked ?? configured(user))
      if (about?.isGuest || about?.isGone) {
        const why = about.isGone ? 'gone' : 'guest'
        ctx.log.warn({ chat: user.chat, user: user.user, why }, 'an account was turned away')
        await ctx.store.settings.note(accountName(user), null, `denied: ${why}`, FORESHOCK, now)
        return { is: 'denied', why }
      }
      const told = { timeZone: about?.timeZone ?? null, locale: about?.locale ?? null }
      if (linked !== null) {
        await chatUsers.asked(user, now, told)
        return { is: 'person', person: asTold(ctx, linked, told) }
      }
      const named = configured(user)
      if (named !== null) return link(user, named, 'config', told)
      const mailed = byEmail(ctx, about?.email ?? null)
      if (mailed !== null) return link(user, mailed, 'email', told)
      const until = new Date(now.getTime() + (CODE_HOURS / 24) * DAY)
      const met = await chatUsers.meet(user, about?.name ?? null, codeFrom(ctx.newId()), until, now)
      return { is: 'nobody', code: met.code! }
    },
  }
}

type About = Awaited<ReturnType<Front['about']>>

/** Null: the platform does not say; then only those who are known already, or prove themselves, get in. */
async function askAbout(
  ctx: Context,
  front: Front | undefined,
  user: ChatUser,
  known: Person | null,
): Promise<About | null> {
  try {
    return (await front?.about(user)) ?? null
  } catch (error) {
    ctx.log.warn({ error, chat: user.chat, user: user.user }, 'the platform did not say who this is')
    // A platform that is slow to tell keeps nobody from working who is known.
    if (known !== null || !(error instanceof ChatFault) || !isRetryable(error)) return null
    throw error
  }
}

function byEmail(ctx: Context, email: string | null): Person | null {
  if (email === null) return null
  const said = email.trim().toLowerCase()
  const found = ctx.config.people.find((person) => person.email?.toLowerCase() === said)
  return found === undefined ? null : ctx.people.get(found.id)
}

/** In the record of changes: `account slack/T1/U1`. */
export function accountName({ chat, workspace, user }: ChatUser): string {
  return `account ${chat}/${workspace}/${user}`
}

/** Without letters and digits that are taken for each other. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8

/** Eight signs from an id's chance: some 10^11 codes, each good for a day and one account. */
function codeFrom(id: string): string {
  let rest = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  let code = ''
  for (let place = 0; place < CODE_LENGTH; place += 1) {
    code += SIGNS[rest % SIGNS.length]
    rest = Math.floor(rest / SIGNS.length)
  }
  return code
}
