import type { ChatUser } from '../chat/inbound.ts'
import type { Db } from './rows.ts'

/** How an account came to be someone's. */
export type Linked = 'config' | 'email' | 'code' | 'admin'

/** An account on a chat platform, and whose it is. */
export interface Account extends ChatUser {
  /** As the platform shows it. */
  readonly name: string | null
  /** Null: nobody's yet. */
  readonly person: string | null
  readonly how: string | null
  readonly linkedAt: Date | null
  /** Shown to the account alone until `codeUntil`. */
  readonly code: string | null
  readonly codeUntil: Date | null
  /** When the platform was last asked about it. */
  readonly askedAt: Date | null
  /** IANA name, as the platform tells it; null: it does not. */
  readonly timeZone: string | null
  /** 'zh' or 'en', as the platform tells it; null: it does not. */
  readonly locale: string | null
}

export interface ChatUserTable {
  get(user: ChatUser): Promise<Account | null>
  /** Accounts of a person, or (null) those that are nobody's yet and have a code; newest first. */
  of(person: string | null, now: Date): Promise<Account[]>
  linked(): Promise<Account[]>
  byCode(code: string, now: Date): Promise<Account | null>
  /** Remembers an account that is nobody's yet; a code it has and that still holds is kept. */
  meet(user: ChatUser, name: string | null, code: string, codeUntil: Date, now: Date): Promise<Account>
  link(user: ChatUser, person: string, how: Linked, now: Date): Promise<void>
  unlink(user: ChatUser): Promise<void>
  /** The platform was asked about it, and told where they live and what they read, if it does. */
  asked(user: ChatUser, now: Date, told: Pick<Account, 'timeZone' | 'locale'>): Promise<void>
}

export function chatUserTable(db: Db): ChatUserTable {
  const keyOf = ({ chat, workspace, user }: ChatUser) => ({ chat_workspace_user: { chat, workspace, user } })
  const get = (user: ChatUser): Promise<Account | null> => db.chatUser.findUnique({ where: keyOf(user) })
  return {
    get,
    of: (person, now) =>
      db.chatUser.findMany({
        where: person === null ? { person, codeUntil: { gt: now } } : { person },
        orderBy: [{ linkedAt: 'desc' }, { codeUntil: 'desc' }, { user: 'asc' }],
      }),
    linked: () => db.chatUser.findMany({ where: { person: { not: null } }, orderBy: { linkedAt: 'desc' } }),
    byCode: (code, now) => db.chatUser.findFirst({ where: { code, person: null, codeUntil: { gt: now } } }),
    meet: async ({ chat, workspace, user }, name, code, codeUntil, now) => {
      const known = await get({ chat, workspace, user })
      if (known?.code && known.codeUntil !== null && known.codeUntil > now) return known
      return db.chatUser.upsert({
        where: keyOf({ chat, workspace, user }),
        create: { chat, workspace, user, name, code, codeUntil, askedAt: now },
        update: { name, code, codeUntil, askedAt: now },
      })
    },
    link: async ({ chat, workspace, user }, person, how, now) => {
      const linked = { person, how, linkedAt: now, askedAt: now, code: null, codeUntil: null }
      await db.chatUser.upsert({
        where: keyOf({ chat, workspace, user }),
        create: { chat, workspace, user, ...linked },
        update: linked,
      })
    },
    unlink: async (user) => {
      const { chat, workspace, user: account } = user
      await db.chatUser.updateMany({
        where: { chat, workspace, user: account },
        data: { person: null, how: null, linkedAt: null },
      })
    },
    asked: async ({ chat, workspace, user }, now, { timeZone, locale }) => {
      const data = {
        askedAt: now,
        ...(timeZone === null ? {} : { timeZone }),
        ...(locale === null ? {} : { locale }),
      }
      await db.chatUser.updateMany({ where: { chat, workspace, user }, data })
    },
  }
}
