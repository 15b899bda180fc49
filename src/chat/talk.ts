import type { Clock } from '../clock.ts'
import { clip } from '../text.ts'
import type { Card, CardTexts } from './card.ts'
import type { ChannelRef, Chat, MessageRef, Sought } from './chat.ts'
import type { Delivery } from './delivery.ts'
import { ChatFault, isRetryable } from './fault.ts'
import type { OutboxEntry } from './outbox-rows.ts'

/** Talking to a platform so that what is said twice shows once. */

/** No platform takes longer to answer; what does is taken for unclear. */
const SEND_MS = 8_000

/** A fault of a platform; any other error while talking to it counts as a lost answer. */
export class Sending extends Error {
  readonly fault: ChatFault

  constructor(fault: ChatFault) {
    super(fault.message)
    this.fault = fault
  }
}

/** The lease may run out before an answer: whoever takes the item next would not know of this attempt. Nothing was sent. */
export class Late extends Error {
  /** Not before then; null: at once. */
  readonly until: Date | null

  constructor(until: Date | null = null) {
    super('not now')
    this.until = until
  }
}

export interface Placed {
  readonly ref: MessageRef
  /** It stood there before, perhaps showing an earlier state. */
  readonly found: boolean
  readonly repeated: boolean
}

/** Whether there is time left, and what time it is. */
type Sure = Pick<Delivery<OutboxEntry>, 'isLate' | 'clock'>

/**
 * Posts once: what an attempt without an answer may have left behind is looked for first. Throws Late when the process
 * stood still so long meanwhile that another may be posting.
 */
export async function place(
  chat: Chat,
  item: OutboxEntry,
  card: CardTexts,
  key: string,
  { isLate, clock }: Sure,
): Promise<Placed> {
  const to = channelOf(item)
  const found = await leftBehind(chat, item, to, key, clock)
  if (typeof found === 'object') return { ref: found, found: true, repeated: false }
  if (isLate()) throw new Late()
  const ref = await talk(card, (shown) => chat.post(to, shown, key))
  // A platform that takes keys gives the message of the first attempt, as it was posted then.
  const mayFind = chat.find !== undefined
  const repeated = found === 'unseen'
  return { ref, found: item.unclear && !mayFind && !repeated, repeated }
}

/** True when the line may stand there twice. Throws Late. */
export async function reply(
  chat: Chat,
  item: OutboxEntry,
  head: MessageRef,
  line: CardTexts,
  { isLate, clock }: Sure,
): Promise<boolean> {
  const found = await leftBehind(chat, item, head, item.id, clock)
  if (typeof found === 'object') return false
  if (isLate()) throw new Late()
  await talk(line, (shown) => chat.reply(head, shown, item.id))
  return found === 'unseen'
}

/** So often a look for a lost message may fail before it is sent again, as a possible repeat. */
const LOOKS = 3
/** The platform's clock and ours may differ. */
const SKEW_MS = 60_000

async function leftBehind(
  chat: Chat,
  item: OutboxEntry,
  where: ChannelRef | MessageRef,
  key: string,
  clock: Clock,
): Promise<Sought<MessageRef>> {
  if (!item.unclear) return 'none'
  if (chat.find === undefined) {
    // Such a platform shows one message a key, for as long as it knows the key.
    const { knowsKeysMs = Number.POSITIVE_INFINITY } = chat
    return +clock.now() - +item.triedAt > knowsKeysMs ? 'unseen' : 'none'
  }
  const since = new Date(item.triedAt.getTime() - SKEW_MS)
  try {
    return await within(chat.find(where, key, since))
  } catch (error) {
    const fault = faultOf(error)
    if (!isRetryable(fault) || item.attempts >= LOOKS) return 'unseen'
    // Nothing was written: looked for again after a pause.
    throw new Sending(new ChatFault('unclear', fault.message, fault.retryAfterMs))
  }
}

/** Sends a card; one that the platform refuses goes as plain text. Throws Sending. */
export async function talk<T>(card: CardTexts, write: (card: CardTexts) => Promise<T>): Promise<T> {
  try {
    return await within(write(card))
  } catch (error) {
    if (faultOf(error).code !== 'card-refused') throw new Sending(faultOf(error))
  }
  return sending(() => write(plain(card)))
}

/** What fails while something is sent is a fault of whoever it is sent to. Throws Sending. */
export async function sending<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await within(write())
  } catch (error) {
    throw new Sending(faultOf(error))
  }
}

/** Time-outs that adapters forgot. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatFault('unclear', 'no answer in time')), SEND_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function faultOf(error: unknown): ChatFault {
  if (error instanceof ChatFault) return error
  return new ChatFault('unclear', error instanceof Error ? error.message : String(error))
}

/** The card's whole message in its fallback words. */
function plain({ zh, en }: CardTexts): CardTexts {
  const bare = (card: Card): Card => ({ ...card, title: clip(card.fallback, 280), blocks: [], buttons: [] })
  return { zh: bare(zh), en: bare(en) }
}

/** The key is the card, not the attempt: posting again after a lost answer shows one card. */
export function keyOf({ id, issue }: { readonly id: string; readonly issue: number }): string {
  return issue === 0 ? id : `${id}:${issue}`
}

export function channelOf({ card }: OutboxEntry): ChannelRef {
  return { chat: card.chat, channel: card.channel }
}
