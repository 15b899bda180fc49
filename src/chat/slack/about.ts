import { z } from 'zod'
import { isTimeZone } from '../../records/zone.ts'
import { localeNamed } from '../../text.ts'
import { ChatFault } from '../fault.ts'
import type { ChatUser, Front } from '../inbound.ts'
import type { SlackWeb } from './web.ts'

const userSchema = z.object({
  user: z.object({
    real_name: z.string().nullish(),
    name: z.string().nullish(),
    deleted: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    tz: z.string().nullish(),
    locale: z.string().nullish(),
    profile: z.object({ email: z.string().nullish(), real_name: z.string().nullish() }).default({}),
  }),
})

/** What Slack knows of a user. Throws ChatFault. */
export async function about(web: SlackWeb, { user }: ChatUser): Promise<Awaited<ReturnType<Front['about']>>> {
  try {
    const { user: found } = await web.call('users.info', { user, include_locale: true }, userSchema)
    const { profile, tz, locale } = found
    return {
      email: profile.email ?? null,
      name: profile.real_name ?? found.real_name ?? found.name ?? null,
      isGuest: Boolean(found.is_restricted || found.is_ultra_restricted || found.is_stranger),
      isGone: found.deleted === true,
      timeZone: tz && isTimeZone(tz) ? tz : null,
      locale: localeNamed(locale ?? ''),
    }
  } catch (error) {
    // Whom Slack does not know is nobody of ours.
    if (error instanceof ChatFault && error.code === 'channel-closed') {
      return { email: null, name: null, isGuest: true, isGone: true }
    }
    throw error
  }
}
