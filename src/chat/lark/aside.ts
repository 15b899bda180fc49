import type { Clock } from '../../clock.ts'
import { ChatFault, isRetryable } from '../fault.ts'
import type { Inbound } from '../inbound.ts'
import type { LarkApi } from './api.ts'
import { send } from './client.ts'
import type { LarkCard } from './encode.ts'

/** Cards for one person alone are shown only to who is online, so only right after that person did something. */
const ONLINE_MS = 60_000

export type Encode = (how: { direct: boolean }) => LarkCard

/**
 * Shows a card to the doer of an event alone: in the same group where Lark can show it to them only, else in their own
 * chat with the bot. A card shown in the group has no `uuid`: after a lost answer it may be seen twice, by one person.
 */
export async function showAside(
  api: LarkApi,
  clock: Clock,
  to: Inbound,
  { encode, key }: { encode: Encode; key: string },
): Promise<void> {
  if (!to.isDirect && to.channel !== null && isFresh(to, clock) && !isInThread(to)) {
    try {
      return await showInGroup(api, to.channel, to.by.user, encode({ direct: false }))
    } catch (error) {
      if (!(error instanceof ChatFault) || isRetryable(error)) throw error
    }
  }
  await send(api, to.by.user, JSON.stringify(encode({ direct: true })), key)
}

/** Such cards stand in the group itself: whoever writes in a thread would not see them. */
function isInThread({ did, message }: Inbound): boolean {
  return did.kind === 'say' && message !== null
}

function isFresh({ way }: Inbound, clock: Clock): boolean {
  const age = clock.now().getTime() - Number(way.at ?? Number.NaN)
  return age < ONLINE_MS
}

async function showInGroup(api: LarkApi, chat: string, user: string, card: LarkCard): Promise<void> {
  const data = { chat_id: chat, open_id: user, msg_type: 'interactive', card }
  await api.ask((client) => client.request({ method: 'POST', url: '/open-apis/ephemeral/v1/send', data }))
}
