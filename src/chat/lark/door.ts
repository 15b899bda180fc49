import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Counter, FormAsked, Inbound } from '../inbound.ts'
import type { LarkApi } from './api.ts'
import { showAside } from './aside.ts'
import { encodeDone, encodeForm } from './form.ts'
import { type Home, read } from './normalise.ts'
import { sealOf } from './seal.ts'
import type { Receive } from './socket.ts'
import { type Answer, SAYS, said } from './toast.ts'

/** Lark waits three seconds for an answer to a press and shows an error of its own after that. */
const PATIENCE_MS = 2_400
/** Events remembered so that one that is sent again at once opens no second form. */
const REMEMBERED = 500

export interface DoorParts {
  readonly api: LarkApi
  readonly counter: Counter
  readonly clock: Clock
  readonly log: Log
  /** What is known of our own company and bot; the tenant is learned from the first event. */
  home(): Home
  learn(tenant: string): void
  /** Milliseconds a press may take until it is answered that it takes longer. */
  readonly patienceMs?: number
}

/**
 * Where everything from Lark comes in, by either way: told apart, kept by the counter, then acknowledged. Presses are
 * never sent again, so where keeping one fails its toast says so; for the rest Lark is left to try again.
 */
export function openDoor(parts: DoorParts): Receive {
  const answers = new Map<string, Promise<Answer | undefined>>()
  return async (envelope) => {
    const seen = read(envelope, parts.home())
    switch (seen.kind) {
      case 'ignored':
        parts.log.debug({ chat: 'lark', why: seen.why }, 'an event was ignored')
        return undefined
      case 'foreign':
        parts.log.warn({ chat: 'lark', type: seen.type }, 'an event of another company or app was refused')
        return seen.type === 'card.action.trigger' ? said('error', SAYS.foreign) : undefined
      case 'cancelled':
        return {
          ...said('info', SAYS.cancelled),
          ...card(encodeDone(SAYS.putAway[seen.locale], SAYS.cancelled[seen.locale])),
        }
      case 'event':
        parts.learn(seen.event.by.workspace)
        return once(answers, seen.event.id, () => serve(parts, seen.event))
    }
  }
}

/** The answer given before to the same event; a failed one is forgotten, so that the next try counts. */
function once(
  answers: Map<string, Promise<Answer | undefined>>,
  id: string,
  work: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const before = answers.get(id)
  if (before !== undefined) return before
  const answer = work()
  answers.set(id, answer)
  answer.catch(() => answers.delete(id))
  const oldest = answers.keys().next().value
  if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest)
  return answer
}

async function serve(parts: DoorParts, event: Inbound): Promise<Answer | undefined> {
  if (event.did.kind !== 'press') {
    await keep(parts, event)
    return undefined
  }
  const work = keep(parts, event).catch((error: unknown) => {
    parts.log.error({ error, chat: 'lark', event: event.id }, 'a press could not be kept')
    return said('error', SAYS.failed)
  })
  return within(work, said('warning', SAYS.slow), parts.patienceMs ?? PATIENCE_MS)
}

/** Opens the form an event asks for, or keeps the event, and says which. */
async function keep(parts: DoorParts, event: Inbound): Promise<Answer> {
  const asked = mayAsk(event) ? await parts.counter.formFor(event) : null
  if (asked !== null) {
    await openForm(parts, event, asked)
    return said('info', event.isDirect ? SAYS.formBelow : SAYS.form)
  }
  await parts.counter.take(event)
  const { form: locale } = event.way
  if (locale !== 'zh' && locale !== 'en') return said('info', SAYS.kept)
  // Its form is closed, so that nobody sends it twice.
  return { ...said('info', SAYS.sent), ...card(encodeDone(SAYS.sent[locale], SAYS.kept[locale])) }
}

/** A form that was filled in opens no other. */
function mayAsk({ did }: Inbound): boolean {
  return did.kind === 'say' || (did.kind === 'press' && did.form === null)
}

async function openForm(parts: DoorParts, event: Inbound, asked: FormAsked): Promise<void> {
  const { command, args, locale } = asked
  const { did } = event
  const version = did.kind === 'press' ? did.version : null
  const channel = event.channel ?? ''
  // What was typed names its case itself, also in the thread of another one.
  const message = did.kind === 'press' ? (event.message ?? '') : ''
  const { user } = event.by
  const about = { user, channel, message, command, args, version: String(version ?? '') }
  const value = {
    command,
    args,
    channel,
    message,
    ...(version === null ? {} : { version }),
    seal: sealOf(about, parts.home().appSecret),
    locale,
  }
  await showAside(parts.api, parts.clock, event, {
    encode: () => encodeForm(asked.form[locale], locale, value),
    key: createHash('sha256').update(`form ${event.id}`).digest('hex').slice(0, 40),
  })
}

function card(data: object): { card: { type: 'raw'; data: object } } {
  return { card: { type: 'raw', data } }
}

async function within<T>(work: Promise<T>, late: T, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), patienceMs)
  })
  try {
    return await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}
