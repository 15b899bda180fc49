import type { Clock } from '../../clock.ts'
import type { Card, CardTexts } from '../card.ts'
import { ChatFault } from '../fault.ts'
import type { ChatUser, Front, Inbound } from '../inbound.ts'
import type { LarkApi } from './api.ts'
import { showAside } from './aside.ts'
import { LARK, type LarkChat, sendFile } from './client.ts'
import { encodeCard } from './encode.ts'

/** How answers get back to people on Lark, and what Lark tells about them. */
export function openFront(api: LarkApi, chat: LarkChat, clock: Clock): Front {
  return {
    chat: LARK,
    isPaced: true,
    answer: async (to, card, { private: aside, locale, key }) => {
      const inTheirs = (shown: Card): Promise<void> => {
        if (!aside && !to.isDirect && to.channel !== null)
          return openly(chat, to, { zh: shown, en: shown }, key)
        const encode = ({ direct }: { direct: boolean }) => encodeCard(shown, { locale, direct })
        return showAside(api, clock, to, { encode, key })
      }
      try {
        await inTheirs(card[locale])
      } catch (error) {
        if (!(error instanceof ChatFault) || error.code !== 'card-refused') throw error
        // Refused before anything was shown: an answer in plain words is better than none.
        await inTheirs(inWords(card[locale]))
      }
    },
    give: (to, file, key) => sendFile(api, to.by.user, file, key),
    about: (user) => aboutOf(api, user),
  }
}

function inWords(card: Card): Card {
  return { ...card, blocks: [{ kind: 'text', text: card.fallback }] }
}

/** In the thread of what was written or pressed, so that a busy group stays readable. */
async function openly(chat: LarkChat, to: Inbound, card: CardTexts, key: string): Promise<void> {
  const channel = { chat: LARK, channel: to.channel ?? '' }
  const { message } = to.way
  if (message === undefined) await chat.post(channel, card, key)
  else await chat.reply({ ...channel, message }, card, key)
}

/** Codes for a user whom the app may not see, or who is not there at all. */
const UNSEEN = /code (41050|41012|40003|40004|41051|99992351)\b/

async function aboutOf(api: LarkApi, { user }: ChatUser): ReturnType<Front['about']> {
  try {
    const { data } = await api.ask(({ contact }) =>
      contact.v3.user.get({ path: { user_id: user }, params: { user_id_type: 'open_id' } }),
    )
    const { name, email, enterprise_email, status } = data?.user ?? {}
    return {
      email: email || enterprise_email || null,
      name: name || null,
      isGuest: false,
      isGone: status?.is_resigned === true || status?.is_frozen === true || status?.is_exited === true,
    }
  } catch (error) {
    // People of other companies in a shared group are out of the app's sight: guests, as far as we can tell.
    if (error instanceof ChatFault && error.code === 'refused' && UNSEEN.test(error.message))
      return { email: null, name: null, isGuest: true, isGone: false }
    throw error
  }
}
