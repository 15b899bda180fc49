import type { Context } from '../context.ts'
import type { Person } from '../records/person.ts'
import type { Account } from '../store/chat-users.ts'
import { LOCALES, type Locale } from '../text.ts'

/** What a platform tells of whose account it is. */
export type Told = Pick<Account, 'timeZone' | 'locale'>

/** A person as their platform knows them: where they live and what they read, unless the configuration says so. */
export function asTold({ config }: Pick<Context, 'config'>, person: Person, told: Told | null): Person {
  const set = config.people.find(({ id }) => id === person.id)
  const locale = LOCALES.find((each) => each === told?.locale)
  return {
    ...person,
    ...(told?.timeZone == null || set?.timeZone !== undefined ? {} : { timeZone: told.timeZone }),
    ...(locale === undefined || set?.locale !== undefined ? {} : { locale }),
  }
}

/** In which language channels that are one person's are written to; told at once, from what was looked up last. */
export interface Readers {
  /** Null: it is nobody's own. */
  localeOf(chat: string, channel: string): Locale | null
  /** A channel of this account and the bot. */
  share(chat: string, channel: string, user: string): void
  look(): Promise<void>
}

export function openReaders(ctx: Context): Readers {
  const shared = new Map<string, string>()
  const keyOf = (chat: string, channel: string): string => `${chat} ${channel}`
  let known = new Map<string, Locale>()
  const configured = (): [string, Locale][] =>
    ctx.config.people.flatMap(({ id, slack, lark }) => {
      const locale = ctx.people.get(id)?.locale
      if (locale === undefined) return []
      return Object.entries({ slack, lark }).flatMap(([chat, user]) =>
        user === undefined ? [] : [[keyOf(chat, user), locale] as [string, Locale]],
      )
    })
  return {
    localeOf: (chat, channel) => {
      const place = keyOf(chat, channel)
      return known.get(shared.get(place) ?? place) ?? null
    },
    share: (chat, channel, user) => {
      shared.set(keyOf(chat, channel), keyOf(chat, user))
    },
    look: async () => {
      const linked = (await ctx.store.chatUsers.linked()).flatMap((account) => {
        const person = ctx.people.get(account.person!)
        if (person === null) return []
        return [[keyOf(account.chat, account.user), asTold(ctx, person, account).locale] as const]
      })
      known = new Map([...configured(), ...linked])
    },
  }
}
